"""`if x = 1:` assigns where it should compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import CLOSERS, scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Statement, Token
    from understudy.fixers import Problem

_CONDITIONS = frozenset({"if", "elif", "while", "assert"})


def propose(problem: Problem) -> Iterator[Proposal]:
    """Every `=` of the condition becomes `==`; those that name a call's arguments stay."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    statement = scan(text, found.offset).statement(found.offset)
    if statement is not None:
        yield from repairs(text, _candidates(statement))


def _candidates(statement: Statement) -> Iterator[Proposal]:
    if statement.first.text in _CONDITIONS:
        signs = _signs(statement.tokens[1:])
    else:
        signs = _signs(_ternary_condition(statement))
    if signs:
        edits = tuple(Edit(Span(sign.start, sign.end), "==") for sign in signs)
        yield Proposal(edits, "`=` assigns; a condition compares with `==`.")


def _signs(tokens: tuple[Token, ...]) -> list[Token]:
    """The `=` up to the statement's colon, without those in a call's brackets."""
    found: list[Token] = []
    calls: list[bool] = []
    before: Token | None = None
    for token in tokens:
        if token.text in CLOSERS:
            called = before is not None and (before.kind == "name" or before.text in {")", "]"})
            calls.append(called and not _is_operator_word(before))
        elif token.text in CLOSERS.values() and calls:
            calls.pop()
        elif token.text == ":" and not calls:
            break
        elif token.text == "=" and not any(calls):
            found.append(token)
        before = token
    return found


def _ternary_condition(statement: Statement) -> tuple[Token, ...]:
    """What stands between `if` and `else` in `a if b = c else d`; empty without the two words."""
    words = [token.text for token in statement.tokens]
    if "if" not in words or "else" not in words[words.index("if") :]:
        return ()
    start = words.index("if")
    return statement.tokens[start + 1 : words.index("else", start)]


def _is_operator_word(token: Token | None) -> bool:
    return token is not None and token.text in {"and", "or", "not", "in", "is", "if", "else"}


FIXER = Fixer(id="assignment_in_condition", matches=is_syntax_error, propose=propose)
