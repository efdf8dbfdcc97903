"""Lines moved in or out with a block, and those inside of strings, whose blanks belong to the program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading import Repair
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_MARK = re.compile(r"\\.|\"\"\"|'''|`")
_DOCSTRING = ('"""', "'''", 'r"""', "r'''")


def moved_in(
    lines: Sequence[str], missing: str, old: Sequence[str], language: str, repairs: list[Repair]
) -> list[str]:
    """The lines further in, but for those of strings that were not moved out with the others.

    Such are the lines of a string of which the old text has one as it stands, and lines that are less
    far in than the one that opens the string: nothing can have been cut off of them. Where nothing
    tells, and the string documents nothing, the lines are moved with a repair of high risk.

    Args:
        lines: of a block, without their ends.
        missing: the blanks that come in front of them.
        old: the lines that they replace.
        language: an LSP language id.
        repairs: gets an entry for each string of which nothing is certain.
    """
    known = set(old)
    stays: set[int] = set()
    for string in _strings(lines, language):
        real = [at for at in string if lines[at].strip()]
        as_is = {at for at in real if lines[at] in known}
        moved = {at for at in real if missing + lines[at] in known}
        if as_is - moved or (not moved and _is_farther_out(lines, string)):
            stays.update(string)
        elif not moved and not lines[string.start - 1].lstrip().startswith(_DOCSTRING):
            repairs.append(Repair("text of a string moved in", lines[real[0]].strip()[:80], "high"))
    return [
        line if at in stays or not line.strip() else missing + line for at, line in enumerate(lines)
    ]


def kept_strings(lines: Sequence[str], moved: Collection[str]) -> set[int]:
    """The lines of strings that are less far in than the one that opens these, in any language.

    They were not moved with the others, so that nothing is to be put right about them.

    Args:
        lines: new ones, without their ends.
        moved: lines that are known to have been moved: what holds one of them is no such string.
    """
    return {
        at
        for string in _open_strings(lines)
        if _is_farther_out(lines, string) and not any(lines[at] in moved for at in string)
        for at in string
    }


def placed_lines(lines: Sequence[str], language: str) -> list[str]:
    """The lines whose depth says where they stand: no blank ones, and none of strings farther out."""
    real = [line for line in lines if line.strip()]
    if not real or all(line.startswith(indent_of(real[0])) for line in real):
        return real
    strings = (string for string in _strings(lines, language) if _is_farther_out(lines, string))
    out = {at for string in strings for at in string}
    return [line for at, line in enumerate(lines) if line.strip() and at not in out]


def _is_farther_out(lines: Sequence[str], string: range) -> bool:
    depth = len(indent_of(lines[string.start - 1]))
    return any(lines[at].strip() and len(indent_of(lines[at])) < depth for at in string)


def _strings(lines: Sequence[str], language: str) -> Iterator[range]:
    """The lines that begin inside a string, each string's together."""
    inside = inside_strings(lines, language)
    if inside is None:
        yield from _open_strings(lines)
        return
    start = -1
    for at in range(len(lines) + 1):
        if at in inside and start < 0:
            start = at
        elif at not in inside and start >= 0:
            yield range(start, at)
            start = -1


def _open_strings(lines: Sequence[str]) -> Iterator[range]:
    """The same by their marks alone, for those that are closed."""
    mark, start = "", 0
    for at, line in enumerate(lines):
        for found in _MARK.findall(line):
            if found.startswith("\\"):
                continue
            if not mark:
                mark, start = found, at + 1
            elif found == mark:
                mark = ""
                if at >= start:
                    yield range(start, at + 1)
