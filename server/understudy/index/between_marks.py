"""Definitions of a block between marks such as `// ...` at the margin, each put in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.index.accounting import merged
from understudy.reading import Repair
from understudy.reading.cut_short import closes
from understudy.reading.import_lines import leading
from understudy.reading.lazy import gaps_of
from understudy.reading.lifting import Freed, with_imports
from understudy.reading.shape import BOM, contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.rewriting import Document


def between_marks(lines: Sequence[str], document: Document, repairs: list[Repair]) -> str | None:
    """A document with the definitions and imports of a block that marks divide; None if not certain.

    Each definition must name exactly one of the document. What the marks stand for stays.

    Args:
        lines: of the block, without their ends.
        document: as it is.
        repairs: gets an entry for what was done.
    """
    text, language, _ = document
    old = contents(text.removeprefix(BOM))
    gaps = [at for at in gaps_of(lines, old, language) if not indent_of(lines[at])]
    if not gaps or not all(_is_between(lines, at, gaps) for at in gaps):
        return None
    rest = [line for at, line in enumerate(lines) if at not in gaps]
    found, at = leading(rest, language)
    freed = Freed(rest[at:], tuple(found), tuple(rest[:at])) if found else Freed(rest)
    whole = merged(freed.lines, text, range(len(old)), language, is_part=True)
    if whole is None:
        return None
    repairs.append(Repair("left-out lines filled in", lines[gaps[0]].strip()[:100]))
    return with_imports(whole, freed, language, repairs)


def _is_between(lines: Sequence[str], at: int, gaps: Sequence[int]) -> bool:
    """Whether a mark stands between what is outermost, and not within it."""
    behind = (line for no, line in enumerate(lines[at:], at) if line.strip() and no not in gaps)
    after = next(behind, "")
    above = "\n".join(lines[:at])
    depth = sum(map(above.count, "([{")) - sum(map(above.count, ")]}"))
    return depth <= 0 and not indent_of(after) and (not after or not closes(after))
