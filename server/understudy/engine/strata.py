"""Kinds of edits, and which of them were right so often that they may be applied unseen.

No score can promise that: one threshold on it was certified for 95 % practically never. A kind of
edit can, once enough of its edits were judged: when the exact lower bound of the share that was
right is 95 % or more. Three kinds bring their counts along, measured elsewhere; the journal adds what
became of the user's own, and every other kind has to earn it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.binomial import lower_bound
from understudy.engine.evading import evades
from understudy.engine.traits import changed_lines, tools_own
from understudy.reading import Match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.evidence import Facts

CERTAIN = 0.95
WINDOW = 1_000
"""Only so many judged edits count, the latest ones: what was right long ago says little."""
_MOST_LINES = 5
"""Larger edits were counted apart, and were right less often."""
_COUNTED = "python"
"""The language of the edits that were counted; those in others are kinds of their own."""

TOOL_FIX = "tool_fix"
RULE_FIX = "rule_fix"
TWO_MODELS = "two_models"


@dataclass(frozen=True, slots=True)
class Counts:
    """Edits that were judged where Understudy was made: `good` of `total` problems."""

    good: int
    total: int


SHIPPED = {
    TOOL_FIX: Counts(72, 72),
    RULE_FIX: Counts(247, 247),
    TWO_MODELS: Counts(1_129, 1_167),
}
"""Tools and rules: functions of the standard library, broken in known ways, 20 of each, which
`tests/benchmarks/bench_repair.py` counts; right is what stood there before, or the same code. Tools
are counted by fixes that they call safe, rules by edits that promise an unchanged meaning.

Two models: single bugs in Python, Java and C++ of a public corpus with hidden tests, 96.7 % right
with a lower bound of 95.8 %, these being the smallest counts that this can stand for. Of those whose
bug a linter saw, 94.9 % of 468 were right, which certifies nothing; of those with one changed line,
97.9 %. So only edits of one line are of this kind.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a kind of edit has proved.

    Attributes:
        good / total: of the latest edits that count, with those that came along.
        bound: the exact lower bound of the share that is right, at 95 %.
        drifted: whether the kind was certain by what came along, and the user's edits say no.
    """

    stratum: str
    good: float
    total: float
    bound: float
    drifted: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether edits of the kind may be applied unseen."""
        return self.bound >= CERTAIN


def stratum_of(facts: Facts) -> str:
    """The kind of an edit, for records: a word of a fixed list, or made of ids.

    The kinds that brought counts along are as narrow as what was counted: one problem, gone,
    nothing new, a few lines.
    """
    model, task, language = facts.who
    if is_plain(facts):
        own = tools_own(facts)
        if own is not None and own.safe and (facts.safe or not facts.rule):
            return _in_language(TOOL_FIX, facts)
        if facts.rule and facts.safe and not facts.rivals:
            return _in_language(RULE_FIX, facts)
        if facts.agrees and changed_lines(facts) <= 1:
            return TWO_MODELS
    return f"{task}:{language}:{facts.match.value}:{model}"


def _in_language(kind: str, facts: Facts) -> str:
    language = facts.before.language
    return kind if language == _COUNTED else f"{kind}:{language}"


def standing(stratum: str, labels: Sequence[float]) -> Standing:
    """What the edits that came along and the user's own prove together.

    The window holds the latest of both: what came along is older than any edit of the user.

    Args:
        stratum: a kind, as `stratum_of` names it.
        labels: how right the user's edits of this kind were, 0 to 1, oldest first.
    """
    own = labels[-WINDOW:]
    shipped = SHIPPED.get(stratum, Counts(0, 0))
    share = min(WINDOW - len(own), shipped.total) / shipped.total if shipped.total else 0.0
    good, total = sum(own) + share * shipped.good, len(own) + share * shipped.total
    bound = lower_bound(good, total)
    was_certain = lower_bound(shipped.good, shipped.total) >= CERTAIN
    return Standing(stratum, good, total, bound, drifted=was_certain and bound < CERTAIN)


def is_plain(facts: Facts) -> bool:
    """Whether an edit is as those that were counted: small, surely placed, and clean."""
    comparison = facts.comparison
    return (
        facts.target is not None
        and comparison.target_gone is True
        and not comparison.new
        and facts.match in _SURE
        and changed_lines(facts) <= _MOST_LINES
        and not evades(facts)
    )


_SURE = frozenset({Match.GIVEN, Match.EXACT})
