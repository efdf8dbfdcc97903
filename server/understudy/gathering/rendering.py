"""Parts of a text by whole lines, with a mark where lines are left out."""

from __future__ import annotations

from functools import cache
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
    pieces: list[str] = []
    before: int | None = None
    for start, stop in _runs(ranges, len(lines)):
        if before is not None and has_text(lines, before, start):
            content = lines.content(start)
            indent = content[: len(content) - len(content.lstrip())]
            pieces.append(f"{indent}{gap_mark(language)}\n")
        text = lines.text[lines.start(start) : lines.start(stop)]
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        pieces.append(text)
        if not lines.lines[stop - 1].endswith(("\n", "\r")):
            pieces.append("\n")
        before = stop
    return "".join(pieces)


def has_text(lines: LineIndex, start: int, stop: int) -> bool:
    """Whether any of these lines holds something."""
    return any(not line.isspace() for line in lines.lines[start:stop] if line)


def _runs(ranges: Iterable[range], end: int) -> list[tuple[int, int]]:
    """The lines of some ranges as ranges that neither touch nor overlap, in order."""
    runs: list[tuple[int, int]] = []
    for start, stop in sorted((one.start, min(one.stop, end)) for one in ranges):
        if start >= stop:
            continue
        if runs and start <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(stop, runs[-1][1])
        else:
            runs.append((start, stop))
    return runs


@cache
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
