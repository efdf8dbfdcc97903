"""`raise NotImplemented` raises a value that is no exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_tokens import scan
from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """`NotImplementedError` in its place."""
    start = problem.diagnostic.span.start
    source = scan(problem.view.text, start)
    code, place = source.code, source.at(start)
    for word, name in zip(
        code[max(place - 1, 0) : place + 1], code[max(place, 1) : place + 2], strict=False
    ):
        if (word.text, name.text) == ("raise", "NotImplemented"):
            edit = Edit(Span(name.start, name.end), "NotImplementedError")
            yield Proposal((edit,), "`NotImplemented` is no exception.")
            return


FIXER = Fixer(
    id="raise_not_implemented",
    matches=about(
        "F901", "E0711", message="NotImplemented|exceptions must derive from BaseException"
    ),
    propose=propose,
)
