"""Lines that stand too far in, too far out, or between two levels; tabs mixed with spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import line_end, scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.context.python_tokens import Scan, Statement
    from understudy.fixers import Problem

_ENDERS = frozenset({"return", "raise", "break", "continue"})
_FOLLOWERS = frozenset({"elif", "else", "except", "finally"})
_ONLY_IN_FUNCTIONS = frozenset({"return", "yield", "await", "nonlocal"})
_NO_BODY = frozenset({"class", "def", "async", "@"})


def propose(problem: Problem) -> Iterator[Proposal]:
    """By the parser's message."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    source = scan(text)
    line = source.index.line_of(found.offset)
    if found.message.startswith("unexpected indent"):
        yield from repairs(text, _too_deep(source, line))
    elif found.message.startswith("unindent does not match"):
        yield from repairs(text, _between(source, line))
    elif found.message.startswith("inconsistent use of tabs"):
        yield from repairs(text, _mixed(source))
    elif found.message.startswith("expected an indented block"):
        yield from _missing_block(source, found.offset)


def _too_deep(source: Scan, line: int) -> Iterator[Proposal]:
    """The run of lines at least this deep goes back to where the statement before it stands."""
    statement = _statement_on(source, line)
    before = _statement_before(source, line)
    if statement is None:
        return
    target = "" if before is None else source.indent(source.index.line_of(before.first.start))
    block = _run_of(source, line, len(source.indent(line)))
    yield Proposal(
        _reindent(source, block, source.indent(line), target),
        "The line stands further in than the statement before it.",
    )


def _between(source: Scan, line: int) -> Iterator[Proposal]:
    """The two nearest levels that are open here; equally near ones have the same rank."""
    own = source.indent(line)
    levels: list[str] = []
    for above in range(line - 1, -1, -1):
        indent = source.indent(above)
        if _statement_on(source, above) and len(indent) < len(
            levels[-1] if levels else indent + " "
        ):
            levels.append(indent)
    block = _run_of(source, line, len(own))
    gaps = sorted((abs(len(level) - len(own)), level) for level in levels)
    for gap, level in gaps[:2]:
        yield Proposal(
            _reindent(source, block, own, level),
            "The line stands between two levels of indentation.",
            1.0 + 0.1 * gap,
        )


def _mixed(source: Scan) -> Iterator[Proposal]:
    """All indentation in the style of the text's first indented line."""
    lines = [n for n in range(len(source.index)) if _statement_on(source, n) and source.indent(n)]
    tabbed = source.indent(lines[0]).startswith("\t") if lines else False
    for width in (4, 8, 2):
        edits = []
        for number in lines:
            indent = source.indent(number)
            columns = len(indent.expandtabs(width))
            wanted = (
                "\t" * (columns // width) + " " * (columns % width) if tabbed else " " * columns
            )
            if wanted != indent:
                edits.append(_replace_indent(source, number, wanted))
        if edits:
            why = "Tabs and spaces are mixed in the indentation."
            yield Proposal(tuple(edits), why, 1.0 if width == 4 else 1.2 + width / 100)


def _missing_block(source: Scan, offset: int) -> Iterator[Proposal]:
    """The lines that belong to the block go in; where there are none, `pass`."""
    header = _header_before(source, offset)
    if header is None:
        return
    sizes = list(_body_sizes(source, header))
    line = source.index.line_of(header.first.start)
    unit = source.indent(line) + source.indent_unit()
    first = source.index.line_of(header.last.end) + 1
    bodies = [
        Proposal(
            _reindent(source, range(first, first + size), source.indent(first), unit),
            f"The block of `{header.first.text}` is not indented.",
        )
        for size in sizes
    ]
    proved = list(repairs(source.text, bodies))
    yield from proved
    if not sizes:
        yield from repairs(source.text, _pass(source, header, unit))


def _body_sizes(source: Scan, header: Statement) -> Iterator[int]:
    """How many lines behind the header its block may have; one answer when that is certain."""
    head = source.index.line_of(header.first.start)
    depth = len(source.indent(head))
    first = source.index.line_of(header.last.end) + 1
    paragraph = _paragraph(source, first, depth)
    starts = [found for n in paragraph if (found := _statement_on(source, n))]
    if not starts:
        return
    ends = [source.index.line_of(found.last.end - 1) + 1 - first for found in starts]
    words = [found.first.text for found in starts]
    follower = _statement_on(source, first + len(paragraph))
    if follower is not None and follower.first.text in _FOLLOWERS:
        yield len(paragraph)
    elif header.first.text in {"def", "async"} and any(w in _ONLY_IN_FUNCTIONS for w in words):
        last = max(n for n, word in enumerate(words) if word in _ONLY_IN_FUNCTIONS)
        yield ends[last]
    elif words[0] in _ENDERS or len(starts) == 1:
        yield ends[0]
    else:
        yield ends[0]
        yield len(paragraph)


def _paragraph(source: Scan, first: int, depth: int) -> range:
    """The lines from `first` that stand at `depth` or deeper, up to a blank or a new definition."""
    line = first
    while line < len(source.index) and source.index.content(line).strip():
        statement = _statement_on(source, line)
        words = statement.first.text if statement else ""
        if words in _NO_BODY | _FOLLOWERS or (statement and len(source.indent(line)) != depth):
            break
        line += 1
    return range(first, line)


def _pass(source: Scan, header: Statement, indent: str) -> Iterator[Proposal]:
    """Behind the header, or behind the comments that stand in its place."""
    line = source.index.line_of(header.last.end)
    while source.index.content(line + 1).strip().startswith("#"):
        line += 1
    end = source.index.start(line) + len(source.index.content(line))
    edit = insertion(end, f"{line_end(source.text)}{indent}pass")
    why = f"The block of `{header.first.text}` is empty."
    yield Proposal((edit,), why, rank=3.0)


def _header_before(source: Scan, offset: int) -> Statement | None:
    """The last block statement before the place that ends in a colon."""
    ends = [s for s in source.statements if s.is_block and s.last.text == ":"]
    before = [s for s in ends if s.last.start < offset]
    return before[-1] if before else None


def _statement_on(source: Scan, line: int) -> Statement | None:
    """The statement whose first token is the first on this line."""
    tokens = source.on_line(line)
    if not tokens:
        return None
    found = source.statement(tokens[0].start)
    return found if found is not None and found.first == tokens[0] else None


def _statement_before(source: Scan, line: int) -> Statement | None:
    start = source.index.start(line)
    return source.statement(start - 1) if start else None


def _run_of(source: Scan, line: int, depth: int) -> range:
    """The lines from `line` on that stand at least `depth` deep; blank ones between them too."""
    stop = line + 1
    for number in range(line + 1, len(source.index)):
        if not source.index.content(number).strip():
            continue
        if len(source.indent(number)) < depth and _statement_on(source, number):
            break
        stop = number + 1
    return range(line, stop)


def _reindent(source: Scan, lines: Sequence[int], old: str, new: str) -> tuple[Edit, ...]:
    """Exchange `old` for `new` at the start of the lines, but never inside a string."""
    edits = []
    for number in lines:
        indent = source.indent(number)
        place = source.at(source.index.start(number))
        inside = place < len(source.code) and source.code[place].start < source.index.start(number)
        if source.index.content(number).strip() and indent.startswith(old) and not inside:
            edits.append(_replace_indent(source, number, new + indent[len(old) :]))
    return tuple(edits)


def _replace_indent(source: Scan, line: int, indent: str) -> Edit:
    start = source.index.start(line)
    return Edit(Span(start, start + len(source.indent(line))), indent)


FIXER = Fixer(id="indentation", matches=is_syntax_error, propose=propose)
