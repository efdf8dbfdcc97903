"""`print("He said "hi" to me")`: quotes inside a string that end it too early."""

from __future__ import annotations

import keyword
from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Scan, Token
    from understudy.fixers import Problem

_OTHER = {'"': "'", "'": '"'}
_MAX_PIECES = 20


def propose(problem: Problem) -> Iterator[Proposal]:
    """The whole text in the other kind of quotes, when these do not occur in it."""
    text = problem.view.text
    found = fault(text)
    if found is not None:
        yield from repairs(text, _candidates(scan(text, found.offset), found.offset))


def _candidates(source: Scan, offset: int) -> Iterator[Proposal]:
    pieces = _pieces(source.on_line(source.index.line_of(offset)), offset)
    if len(pieces) < 3 or len(pieces) > _MAX_PIECES:
        return
    first, last = pieces[0], pieces[-1]
    inside = source.text[first.start + 1 : last.end - 1]
    other = _OTHER[first.quote]
    if other in inside or "\\" in inside or not all(_is_word(source, t) for t in pieces[1:-1:2]):
        return
    ends = (Span(first.start, first.start + 1), Span(last.end - 1, last.end))
    why = f"The {first.quote} inside the string ends it too early."
    yield Proposal(tuple(Edit(end, other) for end in ends), why)


def _pieces(line: list[Token], offset: int) -> list[Token]:
    """Strings and words in turn, the ones sticking to the others; the run that holds the place."""
    run: list[Token] = []
    for token in line:
        joins = bool(run) and run[-1].end == token.start
        if (joins and run[-1].kind == "string" and token.kind == "name") or (
            joins and run[-1].kind == "name" and _is_plain(token, run[0].quote)
        ):
            run.append(token)
        elif token.start > offset and len(run) > 2:
            break
        else:
            run = [token] if _is_plain(token, token.quote) else []
    return run if run and run[0].start <= offset <= run[-1].end else []


def _is_plain(token: Token, quote: str) -> bool:
    plain = token.kind == "string" and not token.prefix and token.closed
    return plain and len(token.quote) == 1 and token.quote == quote


def _is_word(source: Scan, token: Token) -> bool:
    """Whether a word is nothing that the code knows, which may lack a sign that joins it."""
    return not keyword.iskeyword(token.text) and source.count(token.text) == 1


FIXER = Fixer(id="inner_quotes", matches=is_syntax_error, propose=propose)
