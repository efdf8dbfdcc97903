"""A block without the lines that it repeats from around those that it replaces, in any language.

What a language's definitions look like is not known here: the wording of the lines tells, and how far in
they stand. Where these leave a doubt, the edit is one for review.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.core.markup import PROSE
from understudy.reading import Repair
from understudy.reading.doubled import MAY_BE_ALIKE, says
from understudy.reading.overlaps import overlap
from understudy.reading.shape import common_indent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.neighbours import Around

_BRACKETS = re.compile(
    r"\W*(?:(?:begin|else|then|do|done|fi|esac|end\w*(?: \w+)?)\b\W*)?|</?[\w.:-]+>", re.IGNORECASE
)
"""Lines that only open or close something: one stands there for each of what they belong to."""
_SHOWN = 80


class _Border(NamedTuple):
    """The lines at one border of a block that stand right beside its place as well.

    Attributes:
        mine / theirs: the lines of the block and those of the document, without blank ones.
        shift: how much farther in they stand in the document; None where that differs.
    """

    mine: Sequence[str]
    theirs: Sequence[str]

    @property
    def shift(self) -> int | None:
        found = {
            len(indent_of(there)) - len(indent_of(here))
            for here, there in zip(self.mine, self.theirs, strict=True)
        }
        return found.pop() if len(found) == 1 else None

    @property
    def is_bracket(self) -> bool:
        return all(_BRACKETS.fullmatch(line.strip()) for line in self.mine)

    def tells(self, old: Sequence[str], language: str) -> bool:
        """Whether these lines stand there for nothing else but their being quoted."""
        return not self.is_bracket and says(self.theirs, old, language)


def without_repeated(lines: list[str], around: Around, repairs: list[Repair]) -> list[str]:
    """The lines of a block without those that it repeats from right above and below the old ones.

    Args:
        lines: without their ends.
        around: what they replace.
        repairs: gets an entry for what was left out, or for what may stand there twice.
    """
    real, old = _real(lines), _real(around.old)
    above, below = _borders(real, old, around)
    if not above.mine and not below.mine:
        return lines
    shown = (*above.mine, *below.mine)[0].strip()[:_SHOWN]
    core = real[len(above.mine) : len(real) - len(below.mine)]
    if not core or not _fits(core, old, above, below):
        if any(one.tells(old, around.language) for one in (above, below)):
            repairs.append(Repair("lines around it repeated", shown, "high"))
        return lines
    is_sure = _is_sure(core, old, above, below, around.language)
    if not is_sure and len(core) != len(old):
        repairs.append(Repair("lines around it repeated", shown, "high"))
        return lines
    repairs.append(Repair("lines around it left out", shown, "low" if is_sure else "high"))
    return _between(lines, around, len(above.mine), len(below.mine))


def _real(lines: Sequence[str]) -> list[str]:
    return [line.rstrip() for line in lines if line.strip()]


def _borders(real: Sequence[str], old: Sequence[str], around: Around) -> tuple[_Border, _Border]:
    """What the block repeats from above and below the old lines; what begins or ends them is theirs."""
    size = len(real)
    head, tail = _last(around.above, size), _first(around.below, size)
    bare, own = _bare(real), _bare(old)
    above, below = overlap(bare, _bare(head)), overlap(_bare(tail), bare)
    if own[:above] == bare[:above]:
        above = 0
    if own[-below:] == bare[-below:]:
        below = 0
    return (
        _Border(real[:above], head[len(head) - above :]),
        _Border(real[size - below :], tail[:below]),
    )


def _bare(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines]


def _first(lines: Sequence[str], count: int) -> list[str]:
    """The first lines that are not blank."""
    found: list[str] = []
    for line in lines:
        if len(found) == count:
            break
        if line.strip():
            found.append(line.rstrip())
    return found


def _last(lines: Sequence[str], count: int) -> list[str]:
    return _first(lines[::-1], count)[::-1]


def _fits(core: Sequence[str], old: Sequence[str], above: _Border, below: _Border) -> bool:
    """Whether what is left stands as far in as the old lines, by what the repeated ones have here and there."""
    shifts = {one.shift for one in (above, below) if one.mine}
    shift = shifts.pop()
    if shifts or shift is None or shift < 0:
        return False
    return not old or len(common_indent(core)) + shift == len(common_indent(old))


def _is_sure(
    core: Sequence[str], old: Sequence[str], above: _Border, below: _Border, language: str
) -> bool:
    """Whether each of the repeated lines is surely quoted, and none is new."""
    if language in MAY_BE_ALIKE - PROSE:
        return False
    if not set(_bare(old)).isdisjoint(_bare((*above.mine, *below.mine))):
        return False
    told = [one.tells(old, language) for one in (above, below)]
    is_one_for_one = bool(above.mine and below.mine) and len(core) == len(old)
    for border, is_told, is_other_told in zip((above, below), told, told[::-1], strict=True):
        if not border.mine or is_told:
            continue
        deeper = len(common_indent(core)) > max(len(indent_of(line)) for line in border.mine)
        is_same = border.shift == 0 and (deeper or (is_one_for_one and not border.is_bracket))
        if not is_same and not (is_other_told and (deeper or len(core) <= len(old))):
            return False
    return True


def _between(lines: Sequence[str], around: Around, above: int, below: int) -> list[str]:
    """The lines without so many at their borders, and without the blank ones that the document has there."""
    numbers = [at for at, line in enumerate(lines) if line.strip()]
    start, stop = numbers[above], numbers[len(numbers) - below - 1] + 1
    if above:
        blank = start - numbers[above - 1] - 1
        start -= max(blank - _blanks(around.above[::-1]), 0)
    if below:
        blank = numbers[len(numbers) - below] - stop
        stop += max(blank - _blanks(around.below), 0)
    return list(lines[start:stop])


def _blanks(lines: Sequence[str]) -> int:
    """How many blank lines the lines begin with."""
    return next((at for at, line in enumerate(lines) if line.strip()), len(lines))
