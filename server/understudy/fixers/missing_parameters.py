"""`def f:` lacks its parameter list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import scan
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """An empty parameter list behind the function's name."""
    text = problem.view.text
    found = fault(text)
    if found is not None:
        yield from repairs(text, _candidates(text, found.offset))


def _candidates(text: str, offset: int) -> Iterator[Proposal]:
    source = scan(text)
    name = source.before(offset)
    if name is None or name.kind != "name":
        return
    keyword = source.before(name.start)
    if keyword is not None and keyword.text == "def":
        why = f"`def {name.text}` lacks its parameter list."
        yield Proposal((insertion(name.end, "()"),), why, safe=True)
        yield Proposal((insertion(name.end, "():"),), why, 1.1, safe=True)


FIXER = Fixer(id="missing_parameters", matches=is_syntax_error, propose=propose)
