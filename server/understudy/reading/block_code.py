"""The code of a block, without what models put around it inside of the fence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.reading import Refusal, Repair, unreadable
from understudy.reading.languages import CODE, names_language
from understudy.reading.numbered import copied_numbers, unnumbered
from understudy.reading.prose import without_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence


def code_of(
    lines: list[str], old: Sequence[str], language: str, first: int, repairs: list[Repair]
) -> list[str]:
    """The lines that are meant as code.

    Args:
        lines: of the block, without their ends, like the others.
        old: the lines that they replace.
        language: an LSP language id.
        first: the number of the first old line, from 1.
        repairs: gets an entry for what was left out.

    Raises:
        UnreadableError: there are none.
    """
    if names_language(lines, language, old):
        repairs.append(Repair("language named inside the block", lines.pop(0)))
    if not any(map(str.strip, lines)) and any(map(str.strip, old)):
        raise unreadable(Refusal.EMPTY, "The fenced block is empty.")
    if copied_numbers(lines, old, first):
        repairs.append(Repair("line numbers"))
        lines = unnumbered(lines)
    freed = without_sentences(lines, old) if language in CODE else None
    if freed is None:
        return lines
    said = next(line.strip() for line in (*freed.above, *freed.below) if line.strip())
    repairs.append(Repair("prose inside the block", said[:80]))
    return list(freed.lines)
