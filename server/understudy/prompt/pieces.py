"""What prompts are filled with: a document's name, its code, the lines around a place, problems."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.prompt.values import Quoted, Snippet, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from understudy.prompt.values import Value, Values
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

    Shown = Mapping[str, Sequence[tuple[str, str]]]
    """Pieces of files by the slot or variable that they are for: `(path, text)` each."""

NOTHING_SHOWN: Shown = MappingProxyType({})
"""No context beside the document."""
_NEAR, _FAR = 12, 60
"""Lines on either side of a region that are shown for orientation."""
_HEAD_LINES = 40
"""So many lines from the top of the file are shown: imports, as a rule."""
_LONGEST_MARK = 120
_MOST_TRIED = 3
_MOST_PROBLEMS = 5
_VARIABLES = {
    "conventions": "conventions",
    "definitions": "definitions",
    "examples": "examples",
    "target": "elsewhere",
    "project": "project",
}
"""The variable that each slot of chosen context is the value of."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An earlier attempt, in the words that the next one is told.

    Attributes:
        what: the edit as a diff, or what the reply held instead; bounded by whoever made it.
        why: why it did not do, as sentences.
    """

    what: str
    why: str


def values_about(view: View, lines: range) -> dict[str, Value]:
    """The document, and what stands around the lines."""
    return {
        "file": {"name": one_line(name_of(view)), "language": view.language},
        "language": view.language,
        "head": _head(view, lines),
        "far": list(_around(view, lines, _FAR, _NEAR)),
        "near": list(_around(view, lines, _NEAR, 0)),
        "region": numbered(view, lines),
    }


def shown_values(shown: Shown) -> dict[str, Value]:
    """Pieces of files that were chosen as context.

    Where pieces of the document itself were chosen, they stand for its top and its surroundings.
    """
    instead: dict[str, Value] = {"head": None, "near": [], "far": []} if "target" in shown else {}
    return instead | {
        variable: file_values(shown.get(slot, ()))
        for slot, variable in _VARIABLES.items()
        if shown.get(slot)
    }


def file_values(files: Iterable[tuple[str, str]]) -> list[Values]:
    """Files by their names, with the text that is shown of them."""
    return [{"name": one_line(name), "text": Quoted(text)} for name, text in files]


def problem_values(view: View, problem: Diagnostic) -> Values:
    """A problem that somebody reported, with the text that it marks."""
    line, column = view.index.position(problem.span.start)
    marked = problem.span.of(view.text)
    is_short = bool(marked.strip()) and "\n" not in marked and len(marked) <= _LONGEST_MARK
    return {
        "line": line + 1,
        "column": column + 1,
        "source": one_line(problem.source),
        "code": one_line(problem.code),
        "message": Quoted(problem.message),
        "marked": Snippet(marked) if is_short else None,
    }


def other_values(view: View, problems: Iterable[Diagnostic]) -> list[Values]:
    """Problems in short."""
    told: list[Values] = [
        {
            "line": view.index.line_of(one.span.start) + 1,
            "message": one_line(one.message.splitlines()[0]),
        }
        for one in problems
        if one.message
    ]
    return told[:_MOST_PROBLEMS]


def tried_values(tried: Sequence[Tried]) -> list[Values]:
    """What was tried before, and why it did not do; the last few, and nothing twice."""
    distinct: dict[str, Tried] = {}
    for one in reversed(tried):
        distinct.setdefault(one.what, one)
    last = list(distinct.values())[:_MOST_TRIED]
    return [{"what": Quoted(one.what), "why": one.why} for one in reversed(last)]


def numbered(view: View, lines: range) -> Values:
    """Lines with their numbers."""
    return {
        "first": lines.start + 1,
        "last": lines.stop,
        "text": Quoted(lines_of(view, lines)),
    }


def lines_of(view: View, lines: range) -> str:
    """The text of lines, as it stands in the document."""
    return "".join(view.index.lines[line] for line in lines if line < len(view.index))


def name_of(view: View) -> str:
    """The path below the workspace folder; never more of this machine than that."""
    if view.path is None:
        return view.name
    if view.root is not None and view.path.is_relative_to(view.root):
        return view.path.relative_to(view.root).as_posix()
    return view.path.name


def _head(view: View, lines: range) -> Values | None:
    """The top of the file, when the region does not hold it."""
    head = range(min(_HEAD_LINES, lines.start))
    text = lines_of(view, head).strip("\r\n")
    if not text.strip():
        return None
    return {"first": 1, "last": head.stop, "text": Quoted(text)}


def _around(view: View, lines: range, reach: int, inner: int) -> Iterator[Values]:
    shown = min(_HEAD_LINES, lines.start)
    for part in (
        range(max(lines.start - reach, shown), max(lines.start - inner, shown)),
        range(lines.stop + inner, min(lines.stop + reach, len(view.index))),
    ):
        if lines_of(view, part).strip():
            yield numbered(view, part)
