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
BARE: Shown = MappingProxyType({"target": ()})
"""The same, without the lines around those in question, which stand there instead of context."""
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


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a checker said about an attempt, with as few of its lines as show what is meant.

    Attributes:
        line: of the finding in the attempt's text, counted from 1; `first` and `last` are those of
            the lines in `text`.
    """

    source: str
    code: str
    message: str
    line: int
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Again:
    """How a question differs from the one that failed.

    Attributes:
        strategy: the id of the strategy; empty for none.
        finding: what is shown of the failure.
        named: definitions that belong to it: `(path, text)` each.
    """

    strategy: str = ""
    finding: Excerpt | None = None
    named: Sequence[tuple[str, str]] = ()


FIRST_TIME = Again()


@dataclass(frozen=True, slots=True)
class Taught:
    """What earlier failures taught, best first.

    Attributes:
        own: in words of ours or of the user.
        noted: in words of others: material, whoever accepted them.
        defined: definitions of the names in question, where they are to be seen: `(path, text)` each.
    """

    own: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    defined: tuple[tuple[str, str], ...] = ()


NOTHING_TAUGHT = Taught()


def taught_values(taught: Taught, shown: Shown) -> dict[str, Value]:
    """Lessons, each on a line of its own or in a fence; definitions that are not shown anyway."""
    known = shown.get("definitions", ())
    return {
        "defined": file_values(
            (path, text)
            for path, text in taught.defined
            if not any(path == other and text.strip() in whole for other, whole in known)
        ),
        "lessons": [{"text": one_line(" ".join(text.split()))} for text in taught.own],
        "notes": [{"text": Quoted(text)} for text in taught.noted],
    }


def values_about(view: View, lines: range) -> dict[str, Value]:
    """The document, and what stands around the lines."""
    return {
        "file": {"name": one_line(name_of(view)), "language": view.language},
        "language": view.language,
        "head": _head(view, lines),
        "far": list(_around(view, lines, _FAR, _NEAR)),
        "near": list(_around(view, lines, _NEAR, 0)),
        "region": {**numbered(view, lines), "stays": True},
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


def again_values(again: Again) -> dict[str, Value]:
    """How the question differs from the one that failed."""
    found = again.finding
    return {
        "strategy": again.strategy or None,
        "named": file_values(again.named),
        "finding": None
        if found is None
        else {
            "line": found.line,
            "source": one_line(found.source),
            "code": one_line(found.code),
            "message": Quoted(found.message),
            "first": found.first,
            "last": found.last,
            "excerpt": Quoted(found.text),
        },
    }


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
    """The path below the workspace folder, as text; never more of this machine than that."""
    name = view.name if view.path is None else view.path.name
    if view.path is not None and view.root is not None and view.path.is_relative_to(view.root):
        name = view.path.relative_to(view.root).as_posix()
    return name.encode("utf-8", "backslashreplace").decode()


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
