"""Go: `"os" imported and not used`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.fixers import Fixer, Problem, Proposal, about
from understudy.workspace.removal import removal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.text import Edit
    from understudy.workspace.view import View

# `"x/y" imported and not used` and `"x/y" imported as z and not used`
_MESSAGE = re.compile(r'(?P<path>"[^"\s]+") imported (?:as \w+ )?and not used')
_SPEC = re.compile(
    r'\s*(?P<import>import\s+)?(?:[\w.]+\s+)?(?P<path>"[^"]*"|`[^`]*`)\s*;?\s*(?://.*)?'
)


def propose(problem: Problem) -> Iterator[Proposal]:
    """Take the import out, with its block when it was the only one there."""
    said = _MESSAGE.search(problem.diagnostic.message)
    if said is None:
        return
    view = problem.view
    line = view.index.line_of(problem.diagnostic.span.start)
    spec = _SPEC.fullmatch(view.index.content(line))
    if spec is None or spec["path"].strip('"`') != said["path"].strip('"'):
        return
    edit = None if spec["import"] else _whole_block(view, line)
    if edit is None:
        start = view.index.start(line)
        edit = removal(view.index, Span(start, start + len(view.index.content(line))))
    # Leaving a package out also leaves out what it does when it is loaded.
    yield Proposal((edit,), f"{said['path']} is imported and not used.")


def _whole_block(view: View, line: int) -> Edit | None:
    """The removal of `import (` to `)` when nothing but this line stands between."""
    index = view.index
    first = line - 1
    while first >= 0 and not index.content(first).strip():
        first -= 1
    last = line + 1
    while last < len(index) and not index.content(last).strip():
        last += 1
    if (
        not re.fullmatch(r"import\s*\(\s*", index.content(first))
        or index.content(last).strip() != ")"
    ):
        return None
    return removal(index, Span(index.start(first), index.start(last) + len(index.content(last))))


FIXER = Fixer(
    id="go_unused_import",
    matches=about(message=r"\bimported (?:as \w+ )?and not used"),
    propose=propose,
    languages=frozenset({"go"}),
    tidies=True,
)
