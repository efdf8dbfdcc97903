"""The tests of a file of JavaScript or TypeScript: each by its title and those of what is around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Sequence

SCRIPTS = frozenset({"javascript", "javascriptreact", "typescript", "typescriptreact"})
"""Languages whose tests are calls with titles."""

_LONGEST = 400
_TAB = 8
_TITLED = re.compile(
    r"\s*(?P<kind>[fx]?(?:describe|suite|context)|[fx]?(?:test|it|specify))(?:\.(?!each\b)\w+)*"
    r"(?:\.each\s*\([^\n]{0,300}\))?\s*\(\s*"
    r"(?P<quote>[\"'`])(?P<title>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"
)
_GROUPS = ("describe", "suite", "context")


class Titled(NamedTuple):
    """A test or a group of tests.

    Attributes:
        path: the titles of the groups around it, and its own.
        at: the number of its first line, from 0.
        body: what its lines hold, without title, indentation and what only closes.
        is_group: whether it holds tests itself.
    """

    path: tuple[str, ...]
    at: int
    body: frozenset[str]
    is_group: bool

    @property
    def name(self) -> str:
        """The path as people read it."""
        return " > ".join(self.path)


def titled(lines: Sequence[str], language: str) -> list[Titled]:
    """The tests and groups of tests of a text, in its order; none in other languages.

    What is within what is told by indentation.

    Args:
        lines: without their ends.
        language: an LSP language id.
    """
    if language not in SCRIPTS:
        return []
    inside = inside_strings(lines, language) or frozenset()
    around: list[tuple[int, str]] = []
    found: list[Titled] = []
    for at, line in enumerate(lines):
        one = _TITLED.match(line[:_LONGEST])
        if one is None or at in inside:
            continue
        depth = _depth(line)
        while around and around[-1][0] >= depth:
            around.pop()
        around.append((depth, one["title"]))
        path = tuple(title for _, title in around)
        found.append(Titled(path, at, _body(lines, at, one.end()), one["kind"].endswith(_GROUPS)))
    return found


def _depth(line: str) -> int:
    return len(indent_of(line).expandtabs(_TAB))


def _body(lines: Sequence[str], at: int, behind: int) -> frozenset[str]:
    """What a test's lines hold, up to the first one that is as far out as its own."""
    depth = _depth(lines[at])
    stop = at + 1
    while stop < len(lines) and (not lines[stop].strip() or _depth(lines[stop]) > depth):
        stop += 1
    rest = [line.strip() for line in lines[at + 1 : stop]] or [lines[at][behind:].strip()]
    return frozenset(line for line in rest if any(map(str.isalnum, line)))
