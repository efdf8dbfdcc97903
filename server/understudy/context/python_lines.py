"""Lines, statements and blocks of Python text by their indentation, which may be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_parts import silent
from understudy.core.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.context.python_tokens import Scan, Statement

FOLLOWERS = frozenset({"elif", "else", "except", "finally"})

NO_BODY = frozenset({"class", "def", "async", "@"})


def begins_block(source: Scan, statement: Statement) -> bool:
    """Whether a statement is the first of its block, whose depth is therefore its own."""
    line = source.index.line_of(statement.first.start)
    before = statement_before(source, line)
    if before is None:
        return True
    above = source.indent(source.index.line_of(before.first.start))
    return before.last.text == ":" and len(above) < len(source.indent(line))


def further_out(source: Scan, line: int, indent: str) -> Statement | None:
    """The statement that begins on a line, if the line stands less deep than `indent`."""
    return statement_on(source, line) if len(source.indent(line)) < len(indent) else None


def paragraph_from(source: Scan, first: int, depth: int) -> range:
    """The lines from `first` that stand at `depth` or deeper, up to a blank or a new definition."""
    line = first
    while line < len(source.index) and source.index.content(line).strip():
        statement = statement_on(source, line)
        words = statement.first.text if statement else ""
        if words in NO_BODY | FOLLOWERS or (statement and len(source.indent(line)) != depth):
            break
        line += 1
    return range(first, line)


def header_before(source: Scan, offset: int) -> Statement | None:
    """The last block statement before the place that ends in a colon."""
    ends = [s for s in source.statements if s.is_block and s.last.text == ":"]
    before = [s for s in ends if s.last.start < offset]
    return before[-1] if before else None


def statement_on(source: Scan, line: int) -> Statement | None:
    """The statement whose first token is the first on this line."""
    tokens = source.on_line(line)
    if not tokens:
        return None
    found = source.statement(tokens[0].start)
    return found if found is not None and found.first == tokens[0] else None


def first_on_line(source: Scan, statement: Statement) -> Statement:
    """The statement that begins the line on which this one begins."""
    return statement_on(source, source.index.line_of(statement.first.start)) or statement


def is_function(header: Statement | None) -> bool:
    """Whether a header begins a function; False for None."""
    return header is not None and any(token.text == "def" for token in header.tokens[:2])


def enclosing(source: Scan, line: int, indent: str) -> Statement | None:
    """The header of the block that holds a line of this depth; None for the module's own."""
    for above in range(line - 1, -1, -1):
        found = further_out(source, above, indent)
        if found is not None and (is_function(found) or found.first.text == "class"):
            return found
        if found is not None:
            indent = source.indent(above)
    return None


def statement_before(source: Scan, line: int) -> Statement | None:
    """The last statement that begins before a line; behind a semicolon, the last of its line."""
    start = source.index.start(line)
    return source.statement(start - 1) if start else None


def run_of(source: Scan, line: int, depth: int) -> range:
    """The lines from `line` on that stand at least `depth` deep; blank ones between them too."""
    stop = line + 1
    for number in range(line + 1, len(source.index)):
        if not source.index.content(number).strip():
            continue
        if len(source.indent(number)) < depth and statement_on(source, number):
            break
        stop = number + 1
    return range(line, stop)


def reindent(source: Scan, lines: Sequence[int], old: str, new: str) -> tuple[Edit, ...]:
    """Exchange `old` for `new` at the start of the lines, but never inside a string."""
    edits = []
    for number in lines:
        indent = source.indent(number)
        inside = silent(source.text, source.index.start(number))
        if source.index.content(number).strip() and indent.startswith(old) and not inside:
            edits.append(replace_indent(source, number, new + indent[len(old) :]))
    return tuple(edits)


def replace_indent(source: Scan, line: int, indent: str) -> Edit:
    """Give a line other blanks at its start."""
    start = source.index.start(line)
    return Edit(Span(start, start + len(source.indent(line))), indent)
