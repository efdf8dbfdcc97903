"""Go: a list over several lines whose last line lacks its comma."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Problem, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

# "unexpected newline in composite literal; possibly missing comma or }", and the parser's own
# "missing ',' before newline in argument list"
_MESSAGE = r"unexpected newline in [\w ]+; possibly missing comma or|missing ',' before newline in"


def propose(problem: Problem) -> Iterator[Proposal]:
    """Add the comma when the next line closes the list, or goes on with it and has its own."""
    view = problem.view
    line = view.index.line_of(problem.diagnostic.span.start)
    content = view.index.content(line)
    if not content.strip() or "//" in content or "/*" in content:
        return
    at = view.index.start(line) + len(content.rstrip())
    following = view.index.content(line + 1).strip()
    if following.startswith((")", "]", "}")) or following.endswith(","):
        yield Proposal(
            (Edit(Span(at, at), ","),), "A list over several lines needs a comma here.", safe=True
        )


FIXER = Fixer(
    id="go_missing_comma",
    matches=about(message=_MESSAGE),
    propose=propose,
    languages=frozenset({"go"}),
    tidies=True,
)
