"""An f-string in which nothing is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_tokens import scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Token
    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """The same text without the `f`; doubled braces become single ones."""
    edits: list[Edit] = []
    for token in _marked(problem):
        body = token.text[len(token.prefix) :]
        plain = body.replace("{{", "").replace("}}", "")
        if "f" not in token.prefix.lower():
            continue
        if "{" in plain or "}" in plain or not token.closed:
            return
        prefix = token.prefix.replace("f", "").replace("F", "")
        body = body.replace("{{", "{").replace("}}", "}")
        edits.append(Edit(Span(token.start, token.end), prefix + body))
    if edits:
        yield Proposal(tuple(edits), "Nothing is filled into this f-string.", safe=True)


def _marked(problem: Problem) -> Iterator[Token]:
    """The strings inside the mark; of a mark without length, the strings joined to the first."""
    span = problem.diagnostic.span
    source = scan(problem.view.text, span.start)
    code, place = source.code, source.at(span.start)
    while place < len(code) and code[place].kind == "string":
        if len(span) and code[place].start >= span.end:
            return
        yield code[place]
        place += 1


FIXER = Fixer(
    id="fstring_placeholder",
    matches=about("F541", "W1309", message="f-string.*(missing|without).*placeholder"),
    propose=propose,
)
