r"""`"C:\Users\me"`: in a plain string `\U` begins the number of a character."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.python_parse import fault
from understudy.context.python_tokens import scan
from understudy.fixers import Fixer, Proposal, insertion, repairs
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.python_tokens import Scan
    from understudy.fixers import Problem

_PATH = re.compile(r"[A-Za-z]:\\[^\\\"'\r\n{}]+(?:\\[^\\\"'\r\n{}]+)*\Z")
"""A drive and names with single backslashes between them, the last one without one behind it."""


def propose(problem: Problem) -> Iterator[Proposal]:
    """The `r` that makes it a raw string, for strings that are nothing but a path with a drive."""
    text = problem.view.text
    found = fault(text)
    if found is not None and "unicodeescape" in found.message:
        yield from repairs(text, _candidates(scan(text, found.offset), found.offset))


def _candidates(source: Scan, offset: int) -> Iterator[Proposal]:
    for token in source.on_line(source.index.line_of(offset)):
        body = token.text[len(token.quote) : -len(token.quote) or None]
        if token.kind == "string" and not token.prefix and token.closed and _PATH.match(body):
            why = "In a plain string `\\U` begins the number of a character; a raw one has none."
            yield Proposal((insertion(token.start, "r"),), why, safe=True)


FIXER = Fixer(id="windows_path", matches=is_syntax_error, propose=propose)
