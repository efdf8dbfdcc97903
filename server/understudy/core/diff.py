"""Diffs: hunks of changed lines, and the unified format that `patch` and `git apply` read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.runs import Run, changed_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a hunk.

    Attributes:
        sign: `" "` for context, `"-"` for the old text, `"+"` for the new one.
        number: of the line in its text, counted from 1; context is counted in the old text.
        text: the line, with its end if it has one.
    """

    sign: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class DiffHunk:
    """Changed lines that stand close together, with the lines around them.

    Attributes:
        place: the first line and the number of lines in the old text, then in the new text;
            lines count from 0.
    """

    place: tuple[int, int, int, int]
    lines: tuple[DiffLine, ...]


def hunks(old: Sequence[str], new: Sequence[str], context: int) -> Iterator[DiffHunk]:
    """How the lines `old` become the lines `new`; changes share a hunk where their context meets."""
    group: list[Run] = []
    for run in changed_runs(old, new):
        if group and run.old_start - group[-1].old_stop > 2 * context:
            yield _hunk(old, new, group, context)
            group = []
        group.append(run)
    if group:
        yield _hunk(old, new, group, context)


def unified(before: str, after: str, path: str, context: int = 3) -> str:
    r"""A unified diff; empty for equal texts.

    Lines end with `\n` alone here, as `patch` sees it: a CR before it is part of the line.
    """
    head = f"--- a/{path}\n+++ b/{path}\n"
    found = hunks(_lines(before), _lines(after), context)
    body = "".join(_header(hunk) + "".join(map(_shown, hunk.lines)) for hunk in found)
    return head + body if body else ""


def _hunk(old: Sequence[str], new: Sequence[str], runs: list[Run], context: int) -> DiffHunk:
    start = max(runs[0].old_start - context, 0)
    stop = min(runs[-1].old_stop + context, len(old))
    lines: list[DiffLine] = []
    at = start
    for run in runs:
        lines += (DiffLine(" ", n + 1, old[n]) for n in range(at, run.old_start))
        lines += (DiffLine("-", n + 1, old[n]) for n in range(run.old_start, run.old_stop))
        lines += (DiffLine("+", n + 1, new[n]) for n in range(run.new_start, run.new_stop))
        at = run.old_stop
    lines += (DiffLine(" ", n + 1, old[n]) for n in range(at, stop))
    new_start = runs[0].new_start - (runs[0].old_start - start)
    new_stop = runs[-1].new_stop + (stop - runs[-1].old_stop)
    return DiffHunk((start, stop - start, new_start, new_stop - new_start), tuple(lines))


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])


def _header(hunk: DiffHunk) -> str:
    old, old_count, new, new_count = hunk.place
    # An empty range is named by the line before it.
    old_range = f"{old + bool(old_count)},{old_count}"
    return f"@@ -{old_range} +{new + bool(new_count)},{new_count} @@\n"


def _shown(line: DiffLine) -> str:
    end = "" if line.text.endswith("\n") else "\n\\ No newline at end of file\n"
    return f"{line.sign}{line.text}{end}"
