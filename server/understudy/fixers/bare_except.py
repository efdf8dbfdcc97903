"""`except:` catches even what ends the program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from understudy.context.python_nodes import around, last_of, span_of
from understudy.fixers import Fixer, Proposal, about, insertion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.fixers import Problem


def propose(problem: Problem) -> Iterator[Proposal]:
    """`except Exception:`; `except BaseException:` when the handler passes everything on."""
    text = problem.view.text
    handler = last_of(around(text, problem.diagnostic.span), ast.ExceptHandler)
    if handler is None or handler.type is not None:
        return
    place = span_of(text, handler).start + len("except")
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        why = "The handler passes everything on, so it may name everything."
        yield Proposal((insertion(place, " BaseException"),), why)
    else:
        why = "A bare `except` also catches interrupts and exits."
        yield Proposal((insertion(place, " Exception"),), why)


FIXER = Fixer(
    id="bare_except",
    matches=about("E722", "W0702", message="bare [`'\"]?except"),
    propose=propose,
)
