"""Parts that prompts share: a document's name, its code, and the lines around a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.prompt import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_NEAR, _FAR = 12, 60
"""Lines on either side of a region that are shown for orientation."""
_HEAD_LINES = 40
"""So many lines from the top of the file are shown: imports, as a rule."""
_LONGEST_MARK = 120
_MOST_TRIED = 3
_TICKS = re.compile(r"`{3,}")


@dataclass(frozen=True, slots=True)
class Tried:
    """An earlier attempt, in the words that the next one is told.

    Attributes:
        what: the edit as a diff, or what the reply held instead; bounded by whoever made it.
        why: why it did not do, as sentences.
    """

    what: str
    why: str


def file_part(view: View) -> Part:
    """Which document it is: the path below the workspace folder, and its language."""
    return Part("file", f"File: {_name(view)} ({view.language})")


def surroundings(view: View, lines: range) -> list[Part]:
    """The top of the file, and what stands around the lines, for orientation."""
    return [*_head(view, lines), *_around(view, lines)]


def problem_part(view: View, problem: Diagnostic) -> Part:
    """A problem that somebody reported, with the text that it marks."""
    line, column = view.index.position(problem.span.start)
    marked = problem.span.of(view.text)
    words = f"Problem at line {line + 1}, column {column + 1}, reported by {problem.source}"
    words += f" ({problem.code})" if problem.code else ""
    words += f":\n{problem.message}"
    if marked.strip() and "\n" not in marked and len(marked) <= _LONGEST_MARK:
        words += f"\nMarked text: `{marked}`"
    return Part("problem", words)


def tried_parts(tried: Sequence[Tried]) -> list[Part]:
    """What was tried before, and why it did not do; nothing the first time."""
    if not tried:
        return []
    said = "\n\n".join(f"{one.what}\nThis did not do: {one.why}" for one in tried[-_MOST_TRIED:])
    return [Part("tried", f"Tried before, without success. Do it differently.\n\n{said}")]


def lines_of(view: View, lines: range) -> str:
    """The text of lines, as it stands in the document."""
    return "".join(view.index.lines[line] for line in lines if line < len(view.index))


def quoted(text: str) -> str:
    """The text in a fence that it can't close."""
    marks = "`" * (1 + max(map(len, _TICKS.findall(text)), default=2))
    body = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"{marks}\n{body}{'' if body.endswith(chr(10)) else chr(10)}{marks}"


def _name(view: View) -> str:
    """The path below the workspace folder; never more of this machine than that."""
    if view.path is None:
        return view.name
    if view.root is not None and view.path.is_relative_to(view.root):
        return view.path.relative_to(view.root).as_posix()
    return view.path.name


def _head(view: View, lines: range) -> list[Part]:
    """The top of the file, when the region does not hold it."""
    stop = min(_HEAD_LINES, lines.start)
    text = lines_of(view, range(stop)).strip("\r\n")
    return [Part("head", f"The file begins:\n{quoted(text)}", rank=1)] if text.strip() else []


def _around(view: View, lines: range) -> list[Part]:
    parts = []
    shown = min(_HEAD_LINES, lines.start)
    for name, rank, reach, inner in (("far", 3, _FAR, _NEAR), ("near", 2, _NEAR, 0)):
        above = range(max(lines.start - reach, shown), max(lines.start - inner, shown))
        below = range(lines.stop + inner, min(lines.stop + reach, len(view.index)))
        for where, part in (("above", above), ("below", below)):
            text = lines_of(view, part)
            if text.strip():
                first, last = part.start + 1, part.stop
                words = f"Lines {first} to {last}, for orientation:\n{quoted(text)}"
                parts.append(Part(f"{name} {where}", words, rank))
    return parts
