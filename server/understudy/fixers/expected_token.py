"""Compilers that name the one token they miss: "';' expected.", "expected `;`, found `let`"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Problem, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.workspace.view import View

_SIGN = "[;,()\\[\\]{}:]"
# tsc and javac: "';' expected."; gcc: "expected ';' before 'return'"; clang: "expected ';' after
# expression"; rustc: "expected `;`, found `println`". Lists of alternatives leave a choice open.
_MESSAGE = re.compile(
    rf"^(?:error: )?['\"`\u2018](?P<first>{_SIGN})['\"`\u2019] expected\.?$"
    rf"|^(?:error: )?expected ['\"`\u2018](?P<last>{_SIGN})['\"`\u2019]"
    rf"(?: (?:before|after|at end of) .*|, found .*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_STATEMENT = re.compile(
    r"(?:let|const|var|function|class|return|if|for|while|throw|import|export)\b"
)


def propose(problem: Problem) -> Iterator[Proposal]:
    """Insert the token behind what stands before the mark; rustc marks that place itself."""
    said = _MESSAGE.search(problem.diagnostic.message)
    if said is None:
        return
    view, sign = problem.view, said["first"] or said["last"]
    start = problem.diagnostic.span.start
    at = _behind_previous(view, start)
    if sign == "," and _STATEMENT.match(view.text, start):
        # tsc reads the rest of the line as more variables, where a new statement begins.
        sign = ";"
    elif sign == "," and re.search(r"\b(?:let|const|var)\s*\Z", view.text[:start][-20:]):
        return
    if view.text[at - 1 : at] != sign or sign in ")]}":
        yield Proposal((Edit(Span(at, at), sign),), f"A `{sign}` is missing here.", safe=True)


def _behind_previous(view: View, start: int) -> int:
    """The end of the code before `start`; `start` itself when a comment may stand between."""
    at = len(view.text[:start].rstrip())
    line = view.index.line_of(at)
    if line == view.index.line_of(start) and "*/" not in view.text[view.index.start(line) : at]:
        return at
    content = view.index.content(line)
    return start if any(mark in content for mark in ("//", "/*", "*/")) else at


FIXER = Fixer(
    id="expected_token",
    matches=about("1005", message=_MESSAGE.pattern),
    propose=propose,
    languages=frozenset(
        {"typescript", "typescriptreact", "javascript", "javascriptreact"}
        | {"rust", "c", "cpp", "java", "go"}
    ),
    tidies=True,
)
