"""A bracket that is never closed, closed by the wrong one, or closed twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import CLOSERS, line_end, scan, unclosed_brackets
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, insertion, is_syntax_error, repairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.context.python_tokens import Scan, Statement, Token
    from understudy.fixers import Problem

_MAX_LINES = 40
"""How many lines behind an opening bracket are looked at for the place to close it."""

_OPERATORS = frozenset({"+", "-", "*", "/", "//", "%", "@", "**"})


def propose(problem: Problem) -> Iterator[Proposal]:
    """What the parser's message is about; for other messages the statement's open brackets."""
    text = problem.view.text
    found = fault(text)
    if found is None:
        return
    source = scan(text)
    place = source.at(found.offset)
    if found.message.startswith("unmatched") and place < len(source.code):
        yield from repairs(text, _unmatched(source, place))
    elif found.message.startswith("closing parenthesis") and place < len(source.code):
        yield from repairs(text, _mismatched(source, source.code[place]))
    elif found.message.endswith("was never closed") and place < len(source.code):
        yield from repairs(text, _never_closed(source, source.code[place]))
    elif statement := source.statement(found.offset):
        upto = [token for token in statement.tokens if token.start < found.offset]
        if stack := unclosed_brackets(upto):
            yield from repairs(text, _guessed(source, statement, stack[-1]))


def _unmatched(source: Scan, place: int) -> Iterator[Proposal]:
    """Delete a closer that nothing opens, where that can't change what the rest means."""
    closer = source.code[place]
    statement = source.statement(closer.start)
    before = source.before(closer.start)
    if statement is None or before is None or closer.kind != "op":
        return
    if before.kind == "string" and (name := source.before(before.start)) and name.kind == "name":
        opener = next(key for key, value in CLOSERS.items() if value == closer.text)
        if opener == "(" and name in statement.tokens:
            yield Proposal((insertion(name.end, opener),), f"`{closer.text}` lacks its opener.")
        return
    rest = [token.text for token in statement.tokens if token.start >= closer.end]
    if not rest or set(rest) <= {*CLOSERS.values(), ":"}:
        gap = (
            before.end
            if source.index.line_of(before.end) == source.index.line_of(closer.start)
            else closer.start
        )
        why = f"Nothing opens this `{closer.text}`."
        yield Proposal((Edit(Span(gap, closer.end), ""),), why)


def _mismatched(source: Scan, closer: Token) -> Iterator[Proposal]:
    """Close what is open in front of a closer that belongs further out; else exchange it."""
    statement = source.statement(closer.start)
    if statement is None or closer.kind != "op":
        return
    stack = unclosed_brackets([token for token in statement.tokens if token.start < closer.start])
    if not stack:
        return
    wanted = CLOSERS[stack[-1].text]
    last = source.before(closer.start)
    if last is not None and any(CLOSERS[token.text] == closer.text for token in stack):
        why = f"`{stack[-1].text}` is still open at this `{closer.text}`."
        yield Proposal((insertion(last.end, wanted),), why)
        return
    why = f"`{stack[-1].text}` is closed by `{closer.text}`."
    yield Proposal((Edit(Span(closer.start, closer.end), wanted),), why)


def _never_closed(source: Scan, opener: Token) -> Iterator[Proposal]:
    statement = source.statement(opener.start)
    if statement is None or opener.text not in CLOSERS:
        return
    if not _is_ambiguous_group(source, opener):
        yield from _at_line_ends(source, statement, opener)


def _guessed(source: Scan, statement: Statement, opener: Token) -> Iterator[Proposal]:
    if statement.is_block:
        yield from _never_closed(source, opener)


def _at_line_ends(source: Scan, statement: Statement, opener: Token) -> Iterator[Proposal]:
    """The ends of the lines behind the opener at which nothing opened later is still open."""
    why = f"`{opener.text}` is never closed."
    closer = CLOSERS[opener.text]
    first = source.index.line_of(opener.start)
    rank = 1.0
    for line in range(first, min(first + _MAX_LINES, len(source.index))):
        tokens = [token for token in source.on_line(line) if token.start >= opener.start]
        if not tokens:
            continue
        if statement.is_block:
            for edit in _before_colons(source, opener, tokens):
                yield Proposal((edit,), why, rank)
                rank += 0.05
        if _is_open_only(source, opener, tokens[-1].end):
            yield Proposal((_closing(source, opener, tokens[-1]),), why, rank)
            if statement.is_block:
                both = insertion(tokens[-1].end, closer + ":")
                yield Proposal((both,), why[:-1] + ", and the colon is missing.", rank + 0.02)
            rank += 0.05


def _before_colons(source: Scan, opener: Token, tokens: Sequence[Token]) -> Iterator[Edit]:
    for token in reversed(tokens):
        if token.text == ":" and token.start > opener.start:
            last = source.before(token.start)
            if last is not None and _is_open_only(source, opener, token.start):
                yield insertion(last.end, CLOSERS[opener.text])


def _closing(source: Scan, opener: Token, last: Token) -> Edit:
    """The closer behind `last`, on a line of its own when the opener ends its line."""
    closer = CLOSERS[opener.text]
    line = source.index.line_of(opener.start)
    hangs = source.on_line(line)[-1] == opener and last != opener
    if not hangs:
        return insertion(last.end, closer)
    content = source.index.content(source.index.line_of(last.start))
    end = source.index.start(source.index.line_of(last.start)) + len(content)
    return insertion(end, line_end(source.text) + source.indent(line) + closer)


def _is_open_only(source: Scan, opener: Token, end: int) -> bool:
    """Whether `opener` is the innermost open bracket at `end`."""
    inside = source.code[source.at(opener.start) : source.at(end)]
    stack = unclosed_brackets([token for token in inside if token.end <= end])
    return [token.start for token in stack] == [opener.start]


def _is_ambiguous_group(source: Scan, opener: Token) -> bool:
    """`(a + b * c`: a group, not a call, whose end decides what is computed."""
    before = source.before(opener.start)
    if opener.text != "(" or before is None or re.fullmatch(r"\w+|[)\]]", before.text):
        return False
    line = source.on_line(source.index.line_of(opener.start))
    behind = [token.text for token in line if token.start > opener.start]
    return len(_OPERATORS.intersection(behind)) > 1 and "," not in behind


FIXER = Fixer(id="unclosed_bracket", matches=is_syntax_error, propose=propose)
