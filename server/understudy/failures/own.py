"""A user's own word on what a failure is.

A rule is a text with its category. The text is looked for in the words by which a failure was
recognised, in any case and however blanks are set, and `*` in it stands for anything within a line.
It is no regular expression: a rule may come with a workspace, and none can take long to look for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError, FailureCategory
from understudy.failures.build import Finding, build, with_sentence
from understudy.failures.fingerprint import template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Failure

_MOST_WORDS = 12
"""A rule begins as the evidence does, and ends where it is told from all others by then."""
_FEWEST_LETTERS = 6


def reclassified(failure: Failure, rules: Mapping[str, str]) -> Failure:
    """The failure as the user sees it; the same one where no rule fits.

    Args:
        failure: as it was recognised.
        rules: categories by the text that stands for them; of several that fit, the longest counts.
    """
    fitting = [text for text in rules if fits(text, failure.evidence.text)]
    if not fitting:
        return failure
    category = FailureCategory(rules[max(fitting, key=lambda text: (len(text), text))])
    finding = Finding(
        category, code=failure.code, secondary=(failure.category,), after_s=failure.after_s
    )
    changed = build(finding, failure.evidence.source, failure.evidence.text, failure.phase)
    return with_sentence(replace(changed, limit=failure.limit, parameter=failure.parameter))


def fits(rule: str, text: str) -> bool:
    """Whether one of the text's lines holds the pieces of a rule, one behind the other."""
    pieces = [" ".join(piece.split()) for piece in rule.casefold().split("*")]
    wanted = [piece for piece in pieces if piece]
    return bool(wanted) and any(_holds(line, wanted) for line in text.casefold().split("\n"))


def rule_for(failure: Failure) -> str:
    """The text by which this failure and all that are like it are known again.

    Raises:
        BadRequestError: its words are too few to tell it from others.
    """
    lines = (_generalised(line) for line in failure.evidence.text.split("\n"))
    found = next((line for line in lines if _letters(line) >= _FEWEST_LETTERS), "")
    if not found:
        raise BadRequestError(
            "This failure can't be classified: its words are too few to tell it from others."
        )
    return found


def _generalised(line: str) -> str:
    """A line with `*` for what varies, names and numbers as a rule, and for what was masked."""
    shown = template(line).split()
    words = ["*" if "<" in word and ">" in word else word for word in shown]
    kept = [word for at, word in enumerate(words) if word != "*" or words[at - 1 : at] != ["*"]]
    text = " ".join(kept[:_MOST_WORDS])
    return text.removeprefix("*").removesuffix("*").strip()


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def _holds(line: str, wanted: list[str]) -> bool:
    text, at = " ".join(line.split()), 0
    for piece in wanted:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True
