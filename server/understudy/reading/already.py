"""Whether an edit is in a file already, so that making it again would damage the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading import Match
from understudy.reading.indent_map import IndentMap
from understudy.reading.occurrences import occurrences
from understudy.reading.places import LADDER, keyed, places_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMPARED = 1000
_AKIN = 60.0
"""From 0 to 100: how much two texts must resemble each other so that one may be the other's past."""


class _Step(NamedTuple):
    match: Match
    keeps_blanks: bool


_STEPS = (
    _Step(Match.EXACT, keeps_blanks=True),
    _Step(Match.WHITESPACE, keeps_blanks=True),
    _Step(Match.INDENTATION, keeps_blanks=True),
    _Step(Match.WHITESPACE, keeps_blanks=False),
    _Step(Match.INDENTATION, keeps_blanks=False),
)
_COMMON = re.compile(
    r"(?:import|from|use|using|require|include|#include|package|return|raise|throw|yield|await|goto)"
    r"\b[ (]*(?P<name>[\w\"'<>/.:]+)[ );]*"
)
_SHORT = 2
"""So many lines at most may stand in one place and mean another."""
_CLOSE = 10.0
"""So much less may a place resemble a text that is meant."""
_MISSPELT = 85.0
"""From 0 to 100: from where on a name may be another spelling of one."""
_LETTERS = 8
"""Letters and digits that a text must have before its being in a file says anything."""
_LEAST_LETTERS = 2
"""The same for several lines among which those are that they replace."""
_FEW_LETTERS = 4
"""The same for lines that stand in the file once, where what they replace is nowhere."""


def already_applied(file: Sequence[str], wanted: Sequence[str], new: Sequence[str]) -> range | None:
    """The lines where the edit's result stands; None when the edit is still to be made.

    The result must be there, and what it replaces must not, other than inside the result, as the
    lines around an insertion are. Where nothing of what it replaces is left, it must be in one place, and
    more than a keyword with another name. Both are looked for equally strictly, first as they stand, so
    that a change of indentation is not mistaken for its own result.

    Args:
        file: the document's lines, without their ends, like the others.
        wanted: the lines that the edit replaces.
        new: the lines that it writes.
    """
    if not _is_long(new) and (grown := _grown(file, wanted, new)) is not None:
        return grown
    if _is_short(new):
        once = _standing(file, new, Match.EXACT)
        gone = not _found(file, wanted, Match.INDENTATION)
        return once[0] if len(once) == 1 and gone and akin(wanted, new) else None
    return _result(file, wanted, new) if _tells(wanted, new) else None


def _grown(file: Sequence[str], wanted: Sequence[str], new: Sequence[str]) -> range | None:
    """Where lines that take in the wanted ones stand, and these stand nowhere else.

    However short they are, doing it again would put the same lines there twice.
    """
    known = {line.strip() for line in wanted} - {""}
    there = {line.strip() for line in new}
    if not known or not known <= there or sum(map(bool, map(str.strip, new))) <= len(known):
        return None
    if sum(map(str.isalnum, "".join(new))) < _LEAST_LETTERS:
        return None
    once = _standing(file, new, Match.EXACT)
    if len(once) != 1 or not all(
        _inside(old, once) for old in _found(file, wanted, Match.INDENTATION)
    ):
        return None
    return once[0]


def _result(file: Sequence[str], wanted: Sequence[str], new: Sequence[str]) -> range | None:
    """Where the new lines stand and the wanted ones do not, by the first step that finds either."""
    for step in _STEPS:
        if step.match is not Match.EXACT and _same(wanted, new, step):
            return None
        if step.keeps_blanks:
            results, olds = _standing(file, new, step.match), _standing(file, wanted, step.match)
        else:
            results, olds = _found(file, new, step.match), _found(file, wanted, step.match)
        if olds and len(new) > len(wanted):
            results = results or _standing(file, new, Match.INDENTATION)
        if results and not olds and (len(results) > 1 or _has_rival(file, wanted, results[0])):
            return None
        if results and all(_inside(old, results) for old in olds):
            return results[0]
        if olds:
            return None
    return None


def _has_rival(file: Sequence[str], wanted: Sequence[str], result: range) -> bool:
    """Whether other lines may as well be meant by a short text as those where its result stands."""
    from rapidfuzz import fuzz

    real = [line.strip() for line in wanted if line.strip()]
    if not 0 < len(real) <= _SHORT:
        return False
    sought, size = "\n".join(real), len(real)
    there = [line.strip() for line in file]
    own = fuzz.ratio(sought, "\n".join(filter(None, there[result.start : result.stop])))
    least = max(own - _CLOSE, _MISSPELT)
    for at in range(len(there) - size + 1):
        is_apart = at + size <= result.start or at >= result.stop
        if is_apart and fuzz.ratio(sought, "\n".join(there[at : at + size]), score_cutoff=least):
            return True
    return False


def stands_elsewhere(file: Sequence[str], new: Sequence[str], place: range) -> bool:
    """Whether an edit's result stands away from its place, but for indentation.

    Then the place may be a twin of lines that the edit was made to before. Only for a place that
    was found with another indentation is that worth a doubt.
    """
    if sum(map(str.isalnum, "".join(new))) < _LETTERS:
        return False
    found = _standing(file, new, Match.INDENTATION)
    return any(one.stop <= place.start or one.start >= place.stop for one in found)


def _same(wanted: Sequence[str], new: Sequence[str], step: _Step) -> bool:
    """Whether the step can't tell the two texts apart."""
    key = LADDER[step.match]
    here, there = list(map(key, wanted)), list(map(key, new))
    if step.keeps_blanks:
        return here == there
    return list(filter(None, here)) == list(filter(None, there))


def _standing(file: Sequence[str], lines: Sequence[str], match: Match) -> list[range]:
    """Where the lines stand, their blank ones as well."""
    key = LADDER[match]
    real = [line for line in lines if line.strip()]
    found = []
    keys = file if match is Match.EXACT else keyed(tuple(file), match).keys
    for at in occurrences(keys, list(map(key, lines))) if lines else ():
        there = [line for line in file[at : at + len(lines)] if line.strip()]
        if match is Match.INDENTATION and real:
            indent = IndentMap.between(real, there)
            if indent is None or not indent.keeps_order:
                continue
        found.append(range(at, at + len(lines)))
    return found


def _found(file: Sequence[str], lines: Sequence[str], match: Match) -> list[range]:
    """Where the lines are found, whatever blank lines are between them."""
    return (
        [place.lines for place in places_at(file, lines, match)]
        if any(map(str.strip, lines))
        else []
    )


def _inside(old: range, results: Sequence[range]) -> bool:
    return any(old.start >= result.start and old.stop <= result.stop for result in results)


def _is_long(new: Sequence[str]) -> bool:
    return sum(map(str.isalnum, "".join(new))) >= _LETTERS


def _is_short(new: Sequence[str]) -> bool:
    return _FEW_LETTERS <= sum(map(str.isalnum, "".join(new))) < _LETTERS


def _tells(wanted: Sequence[str], new: Sequence[str]) -> bool:
    """Whether finding the new lines in a file shows that the edit was made.

    Lines that were taken away leave a trace only between what stands above and below of them.
    """
    if sum(map(str.isalnum, "".join(new))) < _LETTERS:
        return False
    if _same(wanted, new, _STEPS[-1]):
        return True
    if not akin(wanted, new) or is_common(wanted, new):
        return False
    return next(occurrences(wanted, new), None) is None


def is_common(wanted: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the new text is one line such as many files have, and no other spelling of the old one.

    Args:
        wanted: the lines that an edit replaces.
        new: the lines that it writes, such as `import os` or `return total` alone.
    """
    from rapidfuzz import fuzz

    here, there = ([line.strip() for line in lines if line.strip()] for lines in (wanted, new))
    found = _COMMON.fullmatch(there[0]) if len(there) == 1 else None
    if found is None:
        return False
    gone = _COMMON.fullmatch(here[0]) if len(here) == 1 else None
    return gone is None or fuzz.ratio(gone["name"], found["name"]) < _MISSPELT


def akin(wanted: Sequence[str], new: Sequence[str]) -> bool:
    """Whether one text may have become the other: a line is in both, or they resemble each other.

    A text that a model only imagined says nothing about what was there.

    Args:
        wanted: the lines that an edit replaces.
        new: the lines that it writes.
    """
    here, there = ({line.strip() for line in lines} - {""} for lines in (wanted, new))
    if here & there:
        return True
    from rapidfuzz import fuzz

    one, other = ("\n".join(map(str.strip, lines))[:_COMPARED] for lines in (wanted, new))
    return fuzz.partial_ratio(one, other, score_cutoff=_AKIN) > 0
