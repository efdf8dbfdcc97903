"""Lines that stand too far in, too far out, or between two levels; tabs mixed with spaces."""

from __future__ import annotations

import itertools
import keyword
import re
from typing import TYPE_CHECKING

from understudy.context.python_lines import (
    FOLLOWERS,
    NO_BODY,
    begins_block,
    enclosing,
    first_on_line,
    further_out,
    header_before,
    is_function,
    paragraph_from,
    reindent,
    replace_indent,
    run_of,
    statement_before,
    statement_on,
)
from understudy.context.python_parse import fault
from understudy.context.python_tokens import line_end, scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Scan, Statement, Token
    from understudy.fixers import Problem

_ENDERS = frozenset({"return", "raise", "break", "continue"})
_ONLY_IN_FUNCTIONS = frozenset({"return", "yield", "await", "nonlocal"})
_EXCEPTION = re.compile(r"(?:Error|Exception|Warning)$")
"""The last words of classes that are often empty."""


def propose(problem: Problem) -> Iterator[Proposal]:
    """By the parser's message."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    source = scan(text, found.offset)
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
    """The run of lines at least this deep goes out to the statement before it, or that goes in.

    Behind a block's header the lines are right, and what spoils the header is taken away.
    """
    before = statement_before(source, line)
    if statement_on(source, line) is None:
        return
    if before is not None and (header := first_on_line(source, before)).is_block:
        yield from _behind_colon(source, header)
        return
    own = source.indent(line)
    target = "" if before is None else source.indent(source.index.line_of(before.first.start))
    block = run_of(source, line, len(own))
    if _may_lack_header(source, block, own, target):
        return
    why = "The line stands further in than the statement before it."
    yield Proposal(reindent(source, block, own, target), why)
    if before is not None and not begins_block(source, before):
        yield _moved(source, before, own)


def _behind_colon(source: Scan, header: Statement) -> Iterator[Proposal]:
    """A letter or two that stick to the colon, or a backslash that joins the next line to it."""
    why = f"Nothing belongs behind the colon of `{header.first.text}`."
    for colon, after in itertools.pairwise(header.tokens):
        gap = source.text[colon.end : after.start]
        if colon.text == ":" and gap.startswith("\\"):
            yield Proposal((Edit(Span(colon.end, colon.end + 1), ""),), why)
        elif colon.text == ":" and not gap and _is_slip(after) and after == header.last:
            yield Proposal((Edit(Span(after.start, after.end), ""),), why)


def _is_slip(token: Token) -> bool:
    return token.kind == "name" and len(token.text) <= 2 and not keyword.iskeyword(token.text)


def _may_lack_header(source: Scan, block: range, own: str, target: str) -> bool:
    """Whether the lines may be the block of a header that is gone, so that they can't go out.

    Statements one step further in look like that. So does what would leave the statements
    behind it unreachable, or a `return` outside a function.
    """
    found = [statement_on(source, n) for n in block if len(source.indent(n)) == len(own)]
    tops = [one.first.text for one in found if one is not None]
    several = sum(statement_on(source, n) is not None for n in block) > 1
    # A single line may have slipped by one step, but in a function it rather lost its `if`.
    if own == target + source.indent_unit() and (several or target):
        return True
    around = enclosing(source, block.start, target)
    if not is_function(around) and any(word in _ONLY_IN_FUNCTIONS for word in tops):
        return True
    follows = block.stop < len(source.index) and statement_on(source, block.stop) is not None
    return tops[-1] in _ENDERS and follows and source.indent(block.stop) == target


def _moved(source: Scan, statement: Statement, indent: str) -> Proposal:
    """The statement, or the header of a block alone, at another depth."""
    first = source.index.line_of(statement.first.start)
    lines = range(first, source.index.line_of(statement.last.end - 1) + 1)
    edits = reindent(source, lines, source.indent(first), indent)
    return Proposal(edits, "The line stands at another depth than the lines around it.")


def _between(source: Scan, line: int) -> Iterator[Proposal]:
    """The two nearest levels that are open here; equally near ones have the same rank.

    At a depth that the text uses elsewhere, the last line that stands further out may be the one
    that is wrong.
    """
    own = source.indent(line)
    levels: list[str] = []
    for above in range(line - 1, -1, -1):
        indent = source.indent(above)
        further = not levels or len(indent) < len(levels[-1])
        if further and statement_on(source, above):
            levels.append(indent)
            if not indent:
                break
    block = run_of(source, line, len(own))
    usual = any(source.indent(n) == own and statement_on(source, n) for n in range(line))
    if usual and source.on_line(line)[0].text in FOLLOWERS - {"except", "finally"}:
        return  # What it follows may be gone.
    gaps = sorted((abs(len(level) - len(own)), level) for level in levels)
    for gap, level in gaps[:2]:
        yield Proposal(
            reindent(source, block, own, level),
            "The line stands between two levels of indentation.",
            1.0 if usual else 1.0 + 0.1 * gap,
        )
    outer = (found for n in range(line - 1, -1, -1) if (found := further_out(source, n, own)))
    if usual and (statement := next(outer, None)) is not None:
        yield _moved(source, statement, own)


def _mixed(source: Scan) -> Iterator[Proposal]:
    """All indentation in the style of the text's first indented line."""
    lines = [n for n in range(len(source.index)) if statement_on(source, n) and source.indent(n)]
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
                edits.append(replace_indent(source, number, wanted))
        if edits:
            why = "Tabs and spaces are mixed in the indentation."
            yield Proposal(tuple(edits), why, 1.0 if width == 4 else 1.2 + width / 100)


def _missing_block(source: Scan, offset: int) -> Iterator[Proposal]:
    """The lines that are certain to belong to the block go in, or the header goes out.

    What a lost block did is unknown, so only classes that are often empty get `pass`.
    """
    header = header_before(source, offset)
    if header is None:
        return
    head = source.index.line_of(header.first.start)
    if is_function(header) and is_function(enclosing(source, head, source.indent(head))):
        yield from repairs(source.text, _header_out(source, header))
        return
    if header.first.text in {"class", *NO_BODY} and not _fits_class(source, header):
        return
    unit = source.indent(head) + source.indent_unit()
    first = source.index.line_of(header.last.end) + 1
    bodies = [
        Proposal(
            reindent(source, range(first, first + size), source.indent(first), unit),
            f"The block of `{header.first.text}` is not indented.",
        )
        for size in _body_sizes(source, header)
    ]
    yield from repairs(source.text, bodies)
    if not bodies and _may_be_empty(source, header):
        yield from repairs(source.text, _pass(source, header, unit))


def _fits_class(source: Scan, header: Statement) -> bool:
    """Whether a function may be a method where it stands: decorated, or with `self` or `cls`."""
    line = source.index.line_of(header.first.start)
    before = statement_before(source, line)
    if enclosing(source, line, source.indent(line)) is None:
        return True
    words = {token.text for token in header.tokens}
    return bool(words & {"self", "cls"}) or (before is not None and before.first.text == "@")


def _header_out(source: Scan, header: Statement) -> Iterator[Proposal]:
    """`def` that nothing can reach, or a method inside a method: its body already stands right."""
    line = source.index.line_of(header.first.start)
    before = statement_before(source, line)
    outer = enclosing(source, line, source.indent(line))
    if before is None or outer is None or before.first.text == "@":
        return
    depth = source.indent(source.index.line_of(before.first.start))
    unreachable = before.first.text in _ENDERS and depth == source.indent(line)
    words = [token.text for token in header.tokens]
    if unreachable or (words[:1] == ["def"] and words[3:4] == ["self"]):
        yield _moved(source, header, source.indent(source.index.line_of(outer.first.start)))


def _body_sizes(source: Scan, header: Statement) -> Iterator[int]:
    """How many lines behind the header are its block; nothing where that is not certain."""
    head = source.index.line_of(header.first.start)
    depth = len(source.indent(head))
    first = source.index.line_of(header.last.end) + 1
    paragraph = paragraph_from(source, first, depth)
    starts = [found for n in paragraph if (found := statement_on(source, n))]
    if not starts:
        return
    ends = [source.index.line_of(found.last.end - 1) + 1 - first for found in starts]
    words = [found.first.text for found in starts]
    if _continues(source, first + len(paragraph), depth):
        yield len(paragraph)
    elif _is_alone(header, words):
        yield ends[0]
    elif is_function(header) and any(word in _ONLY_IN_FUNCTIONS for word in words):
        last = max(n for n, word in enumerate(words) if word in _ONLY_IN_FUNCTIONS)
        yield ends[last]
    elif (is_function(header) or header.first.text == "class") and starts[0].first.quote:
        yield ends[0]


def _is_alone(header: Statement, words: list[str]) -> bool:
    """Whether a block is its first statement, which leaves the round of a loop or the function.

    Nothing could reach the statements behind it, did it not stand in the block alone. Where there
    are none, it may follow a block that is gone.
    """
    if header.first.text in {"for", "while"} and words[0] in {"break", "continue"}:
        return True
    is_condition = not is_function(header) and header.first.text != "class"
    return is_condition and len(words) > 1 and words[0] in _ENDERS


def _continues(source: Scan, line: int, depth: int) -> bool:
    """Whether `else`, `except` or the like stands there at the depth of the header."""
    follower = statement_on(source, line) if line < len(source.index) else None
    return (
        follower is not None
        and follower.first.text in FOLLOWERS
        and len(source.indent(line)) == depth
    )


def _may_be_empty(source: Scan, header: Statement) -> bool:
    """Whether a class or function with nothing in it is as it was meant.

    That is an exception's class in front of an empty line or the text's end, and a definition
    whose block is a comment.
    """
    line = source.index.line_of(header.last.end)
    below = source.index.content(line + 1) if line + 1 < len(source.index) else ""
    if below.strip().startswith("#"):
        return len(source.indent(line + 1)) > len(source.indent(line)) and (
            is_function(header) or header.first.text == "class"
        )
    base = source.before(header.last.start - 1)
    stub = base is not None and base.kind == "name" and _EXCEPTION.search(base.text) is not None
    return header.first.text == "class" and stub and not below.strip()


def _pass(source: Scan, header: Statement, indent: str) -> Iterator[Proposal]:
    """Behind the header, or behind the comments that stand in its place."""
    line = source.index.line_of(header.last.end)
    while source.index.content(line + 1).strip().startswith("#"):
        line += 1
    end = source.index.start(line) + len(source.index.content(line))
    edit = insertion(end, f"{line_end(source.text)}{indent}pass")
    why = f"The block of `{header.first.text}` is empty."
    yield Proposal((edit,), why, rank=3.0)


FIXER = Fixer(id="indentation", matches=is_syntax_error, propose=propose)
