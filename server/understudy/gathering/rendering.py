"""Parts of a text by whole lines, with a mark where lines are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.languages import all_languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import LineIndex
    from understudy.index.facts import Definition

MOST_SIGNATURE = 24
"""So many lines of a signature are shown."""
_MOST_PLAIN = 6
"""So many lines of a constant or a field are shown."""
_GAP = "…"
_COMMENTS = ("//", "/*", "*", "#", "--", ";", "%")
_KEPT = ("#[", "#!", "#define", "#if", "#else", "#endif")
_QUOTES = ('"""', "'''", 'r"""', '"', "'")


def shown(lines: LineIndex, ranges: Iterable[range], language: str) -> str:
    """The lines of some ranges in their order, each once; a comment with `…` stands for a gap."""
    mark = gap_mark(language)
    pieces: list[str] = []
    before: int | None = None
    for line in sorted({line for one in ranges for line in one if line < len(lines)}):
        content = lines.content(line)
        if before is not None and any(lines.content(at).strip() for at in range(before, line)):
            indent = content[: len(content) - len(content.lstrip())]
            pieces.append(f"{indent}{mark}\n")
        pieces.append(f"{content}\n")
        before = line + 1
    return "".join(pieces)


def gap_mark(language: str) -> str:
    """What stands for lines that are left out: a comment where the language has some."""
    known = all_languages().get(language)
    if known is not None and known.line_comment:
        return f"{known.line_comment} {_GAP}"
    if known is not None and known.block_comment is not None:
        return f"{known.block_comment[0]} {_GAP} {known.block_comment[1]}"
    return _GAP


def with_gap_behind(text: str, lines: LineIndex, shown_lines: range, language: str) -> str:
    """The text with a mark at its end if it is only the beginning of what it shows."""
    if not shown_lines or not text:
        return text
    content = lines.content(shown_lines.start)
    indent = content[: len(content) - len(content.lstrip())]
    return f"{text}{indent}    {gap_mark(language)}\n"


def signature_of(lines: LineIndex, one: Definition, *, doc: bool) -> list[range]:
    """The lines of a definition's signature: decorators, head, and the first line that documents it."""
    if one.body >= one.stop:
        most = MOST_SIGNATURE if one.kind in {"function", "method", "class"} else _MOST_PLAIN
        head = range(one.head, min(max(one.stop, one.head + 1), one.head + most))
    else:
        head = range(one.head, min(max(one.body, one.head + 1), one.head + MOST_SIGNATURE))
    found = [*_above(lines, one, doc=doc), head]
    if doc and one.body < one.stop and lines.content(one.body).lstrip().startswith(_QUOTES):
        found.append(range(one.body, one.body + 1))
    return found


def _above(lines: LineIndex, one: Definition, *, doc: bool) -> list[range]:
    """Decorators and attributes above a head, and the first line of the comment there that says much."""
    found: list[range] = []
    has_doc = not doc
    for line in range(max(one.first, one.head - MOST_SIGNATURE), one.head):
        content = lines.content(line).strip()
        is_comment = content.startswith(_COMMENTS) and not content.startswith(_KEPT)
        if not is_comment or (not has_doc and any(char.isalpha() for char in content)):
            has_doc = has_doc or is_comment
            found.append(range(line, line + 1))
    return found
