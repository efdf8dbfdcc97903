"""How much each piece of evidence moves the gate's score: a logistic regression to be read.

The score is the chance that an edit is right. Its log-odds are those of an edit of which only is
known that its one diagnostic is gone, plus, for each piece of evidence, `log_odds * (value -
neutral)`. A value runs from 0 (all against) to 1 (all for). Most figures are the log-odds of two
shares right, one less the other, as counted on 8,810 model edits with hidden tests (A) and on
1,247 patches of agents (B). Some were fitted to the tuning half of the patches that were written for
this project (C, `tests/benchmarks/fit_patches.py`), which are made to be hard to tell apart; "assumed"
marks the few for which nobody has counted anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log


@dataclass(frozen=True, slots=True)
class Weight:
    """One coefficient.

    Attributes:
        log_odds: between the values 0 and 1.
        neutral: the value that leaves the score where it is.
        unknown: what is added where the value can't be known.
    """

    log_odds: float
    neutral: float = 1.0
    unknown: float = 0.0


def logit(share: float) -> float:
    """The log-odds of a share between 0 and 1, both excluded."""
    return log(share / (1 - share))


RIGHT = 0.86
"""A: the diagnostic gone, a single bug: 86.0 % of 955 right."""
LINES = 100
"""The number of changed lines at which size has the value 0."""
PRIOR_STRENGTH = 20
"""How many judged edits of a kind weigh as much as what was expected (beta-binomial)."""

WEIGHTS: dict[str, Weight] = {
    # A: target still there 11.2 % right (n = 152), gone 86.0 %. Not visible to any checker: 63.9 %
    # (97.3 % of 225 and 54.3 % of 785).
    "target_gone": Weight(3.89, unknown=-1.24),
    # A: does not parse 0.2 % (n = 407) against 86.0 %. What did not parse before hides as much as
    # what no checker sees.
    "parses": Weight(8.0),
    "still_broken": Weight(1.24),
    # A: new error-level finding (E9, F8xx) 6.4 % (n = 156).
    "new_error": Weight(4.50),
    # A: new unused variable 28 % (n = 109).
    "new_problem": Weight(2.76),
    # A: one line 94.1 % (n = 376), two to five 84.9 % (n = 334), more 75.1 % (n = 245): 0.725 less
    # for each e-fold of the lines. Its neutral value is that of 3.7 lines, where 86 % are right.
    "size": Weight(0.725 * log(LINES), neutral=0.714),
    # A: shrank below 60 % of its lines: 29 % (n = 311).
    "deletions": Weight(2.71),
    # C: touches lines that were not asked about, 6 of 20 right.
    "scope": Weight(0.72),
    # A: with a second model's agreement 94.9 % of 468, without 77.4 % of 487.
    "agreement": Weight(1.69, neutral=0.343),
    # Broken functions of the standard library (see `strata.SHIPPED`): 319 of 319 safe repairs by
    # built-in rules were right, tools' own fixes among them; at least 99.1 %, less one line's 94.1.
    "rule": Weight(1.9, neutral=0.0),
    "tool_fix": Weight(1.9, neutral=0.0),
    "match": Weight(3.0),
    # Assumed: something in the reply had to be put right.
    "repairs": Weight(1.0),
    # B: number of the retry, AUROC .62, which is 0.43 for each standard deviation (binormal).
    "attempt": Weight(0.86),
    # B: a hedge in an added comment, AUROC .56, in 14 % of patches: 0.21 / 0.35.
    "hedged_comment": Weight(0.62),
    # Assumed.
    "safe": Weight(0.6),
    # Two that are proved alike are each right half the time.
    "rivals": Weight(1.5),
    "fixed_others": Weight(0.3, neutral=0.0),
    # Assumed: tests that pass before and after only say that nothing they look at broke.
    "tests": Weight(1.0, neutral=0.0),
    # Assumed: a test that failed and passes now shows what the edit was for.
    "tests_mended": Weight(2.5, neutral=0.0),
    # Assumed: new tests that fail are wrong themselves, or show an error that was there.
    "tests_failing": Weight(2.0),
    # Assumed; few providers tell.
    "margin": Weight(1.0, neutral=0.5),
    # Hedging alone has an AUROC of .583 (A) and .73 (B), and is easily faked. The logistic curve
    # is nowhere steeper than 1/4, so words never move the score by more than 0.05.
    "words": Weight(0.2, neutral=0.5),
    # C: tells a tool to look away, 0 of 11 right, where of the others about one in three was.
    "silenced": Weight(2.68),
    # C: a cast, an `unwrap`, a thrown-away value: 0 of 21 right.
    "hatch": Weight(3.12),
    # C: marked code goes away, and nothing takes its place: 2 of 9 right.
    "only_deleted": Weight(0.75),
    # C: an undefined name becomes one that is spelt nearly so. Seen once only; `bench_repair.py` puts
    # nine misspelt names of ten right in that way.
    "near_name": Weight(0.89, neutral=0.0),
    # The expectation by which edits of a kind are measured; see `signals.kept`.
    "kept": Weight(1.0),
}
