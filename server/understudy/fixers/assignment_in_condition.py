"""`if x = 1:` assigns where it should compare, or should say that it assigns: `if m := find(x):`."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import CLOSERS, scan
from understudy.context.scopes import scopes_of
from understudy.core.text import Edit, Span, apply
from understudy.fixers import Fixer, Proposal, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.context.python_tokens import Scan, Statement, Token
    from understudy.fixers import Problem

_CONDITIONS = frozenset({"if", "elif", "while", "assert"})
_ENDS_VALUE = frozenset({":", "and", "or", "if", "else", "is", "in", "not"})
_ENDS_VALUE_SIGNS = frozenset({"==", "!=", "<", ">", "<=", ">=", ","})


def propose(problem: Problem) -> Iterator[Proposal]:
    """Every `=` of the condition becomes `==`; those that name a call's arguments stay.

    One that gives a call's result to a name which nothing else binds becomes `:=`. Where the name
    is bound and read again, both may be meant, and neither comes first.
    """
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    source = scan(text, found.offset)
    statement = source.statement(found.offset)
    if statement is not None:
        yield from repairs(text, _candidates(source, statement))


def _candidates(source: Scan, statement: Statement) -> Iterator[Proposal]:
    is_condition = statement.first.text in _CONDITIONS
    tokens = statement.tokens[1:] if is_condition else _ternary_condition(statement)
    signs = _signs(tokens)
    if not signs:
        return
    compared = tuple(Edit(Span(sign.start, sign.end), "==") for sign in signs)
    name = _given_name(tokens, signs)
    is_bound = name is None or _is_bound(source.text, compared, name)
    if is_bound:
        yield Proposal(compared, "`=` assigns; a condition compares with `==`.")
    if name is not None and (not is_bound or _is_read_again(source, statement, name)):
        walrus = Edit(compared[0].span, ":=")
        yield Proposal((walrus,), f"`:=` gives `{name.text}` its value inside the condition.")


def _signs(tokens: Sequence[Token]) -> list[Token]:
    """The `=` up to the statement's colon, without those in a call's brackets."""
    found: list[Token] = []
    calls: list[bool] = []
    called = 0
    before: Token | None = None
    for token in tokens:
        if token.text in CLOSERS:
            calls.append(_is_called(before))
            called += calls[-1]
        elif token.text in CLOSERS.values() and calls:
            called -= calls.pop()
        elif token.text == ":" and not calls:
            break
        elif token.text == "=" and not called:
            found.append(token)
        before = token
    return found


def _is_called(before: Token | None) -> bool:
    """Whether a bracket behind this token holds the arguments of a call."""
    if before is None or before.text in {"and", "or", "not", "in", "is", "if", "else"}:
        return False
    return before.kind == "name" or before.text in {")", "]"}


def _given_name(tokens: Sequence[Token], signs: list[Token]) -> Token | None:
    """The bare name in front of the only `=`, if what stands behind it is one call."""
    place = tokens.index(signs[0])
    if len(signs) > 1 or not place or tokens[place - 1].kind != "name":
        return None
    name = tokens[place - 1]
    begins = place == 1 or tokens[place - 2].text == "("
    value = _value(tokens[place + 1 :])
    ends = place + 1 + len(value)
    is_whole = ends < len(tokens) and tokens[ends].text in {":", ")"}
    is_call = len(value) > 2 and value[0].kind == "name" and value[-1].text == ")"
    return name if begins and is_whole and is_call else None


def _value(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens up to what ends an operand."""
    depth = 0
    for place, token in enumerate(tokens):
        if not depth and (
            token.text in CLOSERS.values() or token.text in _ENDS_VALUE | _ENDS_VALUE_SIGNS
        ):
            return tokens[:place]
        depth += (token.text in CLOSERS) - (token.text in CLOSERS.values())
    return tokens


def _is_bound(text: str, compared: tuple[Edit, ...], name: Token) -> bool:
    """Whether the name has a value at the condition from elsewhere."""
    visible = scopes_of(apply(text, compared)).visible(name.start)
    return hasattr(builtins, name.text) or any(one.name == name.text for one in visible)


def _is_read_again(source: Scan, statement: Statement, name: Token) -> bool:
    """Whether the block below, or for `while` anything at all, is about the name."""
    if statement.first.text == "while":
        return True
    line = source.index.line_of(statement.last.start)
    depth = len(source.indent(source.index.line_of(statement.first.start)))
    for below in range(line + 1, len(source.index)):
        tokens = source.on_line(below)
        if tokens and len(source.indent(below)) <= depth:
            return False
        if any(token.text == name.text for token in tokens):
            return True
    return False


def _ternary_condition(statement: Statement) -> Sequence[Token]:
    """What stands between `if` and `else` in `a if b = c else d`; empty without the two words."""
    words = [token.text for token in statement.tokens]
    if "if" not in words or "else" not in words[words.index("if") :]:
        return ()
    start = words.index("if")
    return statement.tokens[start + 1 : words.index("else", start)]


FIXER = Fixer(id="assignment_in_condition", matches=is_syntax_error, propose=propose)
