"""Python 2: `print x`, `exec x`, `raise E, x`, `except E, e`, and numbers such as `07`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import CLOSERS, scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.context.python_tokens import Scan, Statement, Token
    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """What the statement is in Python 3."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    source = scan(text, found.offset)
    statement = source.statement(found.offset)
    if statement is None:
        return
    yield from repairs(text, _call(statement, found.offset))
    yield from repairs(text, _exception(statement))
    if "leading zeros" in found.message:
        yield from repairs(text, _number(source, found.offset))


def _call(statement: Statement, offset: int) -> Iterator[Proposal]:
    """`print a, b` and `exec code`, alone or behind a block's colon."""
    for place, token in enumerate(statement.tokens[:-1]):
        if token.text in {"print", "exec"} and token.end >= offset:
            after = statement.tokens[place + 1]
            if after.text in {"(", "=", ".", ">>"}:
                return
            close, tail = statement.last.end, ")"
            if statement.last.text == ",":
                # A trailing comma kept the line open.
                close, tail = statement.tokens[-2].end, ', end=" ")'
            edits = (
                Edit(Span(token.end, after.start), "("),
                Edit(Span(close, statement.last.end), tail),
            )
            yield Proposal(edits, f"`{token.text}` is a function.", safe=True)
            return


def _exception(statement: Statement) -> Iterator[Proposal]:
    """`raise E, x` is `raise E(x)`; `except E, e:` is `except E as e:`."""
    tokens = statement.tokens
    comma = _first_comma(tokens)
    if comma is None or comma < 2:
        return
    sign, behind = tokens[comma], tokens[comma + 1 :]
    if statement.first.text == "raise" and behind and _first_comma(behind) is None:
        edits = (Edit(Span(sign.start, behind[0].start), "("), insertion(behind[-1].end, ")"))
        yield Proposal(edits, "The exception is called with its arguments.")
    elif statement.first.text == "except" and [t.text for t in behind[1:]] == [":"]:
        name = behind[0]
        if name.text[:1].isupper():
            both = (insertion(tokens[1].start, "("), insertion(name.end, ")"))
            yield Proposal(both, "Several exception types stand in brackets.")
        elif name.kind == "name":
            named = Edit(Span(sign.start, name.start), " as ")
            yield Proposal((named,), "`as` names the caught exception.")


def _first_comma(tokens: Sequence[Token]) -> int | None:
    """The place of the first comma outside brackets."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text in CLOSERS) - (token.text in CLOSERS.values())
        if depth == 0 and token.text == ",":
            return place
    return None


def _number(source: Scan, offset: int) -> Iterator[Proposal]:
    """Leading zeros of one digit, which is the same number in base eight and ten."""
    tokens = source.on_line(source.index.line_of(offset))
    odd = [token for token in tokens if re.fullmatch(r"0+[1-7]", token.text)]
    if odd:
        edits = tuple(Edit(Span(t.start, t.end), t.text.lstrip("0")) for t in odd)
        yield Proposal(edits, f"`{odd[0].text}` may not begin with a zero.")


FIXER = Fixer(id="python2_syntax", matches=is_syntax_error, propose=propose)
