"""What can happen to the lines of a reply, and to the file before the reply comes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of, step_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.reading_edits import Hunk, SourceEdit

_NAME = re.compile(r"[^\W\d]\w{3,}")


def moved_out(hunk: Hunk) -> Hunk:
    """Every line lost the indentation that all have."""
    margin = min((len(indent_of(line)) for _, line in hunk if line.strip()), default=0)
    return [(sign, line[margin:]) for sign, line in hunk]


def moved_in(hunk: Hunk) -> Hunk:
    """Every line has four blanks more."""
    return [(sign, f"    {line}" if line.strip() else line) for sign, line in hunk]


def tabs_and_blanks(hunk: Hunk) -> Hunk:
    """A tab for the blanks of each level, or the other way round."""
    level = " " * step_of([line for _, line in hunk])
    return [(sign, _swapped(indent_of(line), level) + line.lstrip(" \t")) for sign, line in hunk]


def _swapped(indent: str, level: str) -> str:
    return indent.replace("\t", level) if "\t" in indent else indent.replace(level, "\t")


def first_line_stripped(hunk: Hunk) -> Hunk:
    """The first line of each side lost its indentation."""
    done: Hunk = []
    seen = ""
    for sign, line in hunk:
        first = sign not in seen and " " not in seen
        done.append((sign, line.lstrip(" ") if first else line))
        seen += sign
    return done


def trailing_blanks(hunk: Hunk) -> Hunk:
    """Old lines and context end in blanks."""
    return [(sign, line if sign == "+" else f"{line}  ") for sign, line in hunk]


def stale_context(hunk: Hunk) -> Hunk:
    """The first line of context that has a name in it has another one, as before it was renamed."""
    return _renamed(hunk, _with_names(hunk)[:1])


def two_stale_lines(hunk: Hunk) -> Hunk:
    """The first and the last line of context with a name have others."""
    named = _with_names(hunk)
    return _renamed(hunk, {*named[:1], *named[-1:]})


def _with_names(hunk: Hunk) -> list[int]:
    return [at for at, (sign, line) in enumerate(hunk) if sign == " " and _NAME.search(line)]


def _renamed(hunk: Hunk, numbers: Iterable[int]) -> Hunk:
    done = list(hunk)
    for at in numbers:
        longest = max(_NAME.findall(hunk[at][1]), key=len)
        done[at] = " ", hunk[at][1].replace(longest, f"{longest}_of_old", 1)
    return done


def context_left_out(hunk: Hunk) -> Hunk:
    """A line of context that stands next to no change is not there."""
    at = _away_from_changes(hunk)
    return hunk if at is None else [*hunk[:at], *hunk[at + 1 :]]


def context_invented(hunk: Hunk) -> Hunk:
    """Next to no change, there is a line of context that the file does not have."""
    at = _away_from_changes(hunk)
    if at is None:
        return hunk
    made = f"{indent_of(hunk[at][1])}assert_invariants_hold()"
    return [*hunk[:at], (" ", made), *hunk[at:]]


def stale_old_line(hunk: Hunk) -> Hunk:
    """The lines that are taken away, or else the context next to what is added, are not so."""
    gone = [at for at, (sign, _) in enumerate(hunk) if sign == "-"]
    first = next(at for at, (sign, _) in enumerate(hunk) if sign == "+") if not gone else 0
    done = list(hunk)
    for at in gone or [at for at in (first - 1, first) if at >= 0 and hunk[at][0] == " "]:
        sign, line = hunk[at]
        done[at] = sign, f"{indent_of(line)}former_{line.strip()}"
    return done


def _away_from_changes(hunk: Hunk) -> int | None:
    """A line of context with context above and below; none may be blank, and none the first one."""
    for at in range(1, len(hunk) - 1):
        if all(sign == " " and line.strip() for sign, line in hunk[at - 1 : at + 2]):
            return at
    return None


def without_place(edit: SourceEdit) -> str:
    """The file before the edit, without the lines that it changes and those next to them."""
    lines = edit.before.split("\n")
    text = f"\n{edit.before}\n"
    for hunk in edit.hunks:
        old = [line for sign, line in hunk if sign != "+"]
        start = text.index("\n" + "\n".join(old) + "\n")
        first = text.count("\n", 0, start)
        kept = _kept(hunk)
        lines[first : first + len(old)] = [
            line if keep else "\0" for line, keep in zip(old, kept, strict=True)
        ]
    return "\n".join(line for line in lines if line != "\0")


def _kept(hunk: Hunk) -> list[bool]:
    """For each old line, whether it is context that does not stand next to a change."""
    near = {
        other
        for at, (sign, _) in enumerate(hunk)
        for other in (at - 1, at, at + 1)
        if sign != " " and 0 <= other < len(hunk)
    }
    return [at not in near for at, (sign, _) in enumerate(hunk) if sign != "+"]


def is_quoted(text: str, hunk: Hunk) -> bool:
    """Whether the old lines of a damaged hunk stand in a text after all, but for blanks."""
    lines = [bare for line in text.split("\n") if (bare := line.strip())]
    old = [bare for sign, line in hunk if sign != "+" and (bare := line.strip())]
    return "\n".join(("", *old, "")) in "\n".join(("", *lines, ""))


def without_surroundings(edit: SourceEdit) -> str:
    """The file before the edit, without all lines of all hunks."""
    text = f"\n{edit.before}\n"
    for hunk in edit.hunks:
        old = "\n".join(line for sign, line in hunk if sign != "+")
        text = text.replace(f"\n{old}\n", "\n", 1)
    return text[1:-1]
