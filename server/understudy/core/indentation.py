"""Tabs or blanks in front of lines, and how to turn the one into the other."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_USUAL = 4
_WIDEST = 8
_MISFITS = 3
"""One of so many indentations may be no multiple of a level."""


def indent_of(line: str) -> str:
    """The tabs and blanks in front of a line."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def in_style_of(lines: Sequence[str], model: Sequence[str]) -> list[str] | None:
    """The lines, indented as a model is; None when nothing has to be done, or it is not clear.

    It is clear when every indented line of the model begins with the one character, and every
    indented line with the other. Where the model has blanks alone, a tab is never meant, so that
    lines which begin with blanks may be among the others and stay.

    Args:
        lines: without their ends.
        model: lines without their ends.
    """
    wanted, found = _characters(model), _characters(lines)
    if wanted == {"\t"} and found == {" "}:
        step = step_of(lines)
        return [_with_tabs(line, step) for line in lines]
    if wanted == {" "} and "\t" in found:
        step = step_of(model)
        return [_with_blanks(line, step) for line in lines]
    return None


def step_of(lines: Sequence[str]) -> int:
    """How many blanks one level is: the commonest step in or out that most indentations fit.

    Lines that go on from the one above may be farther in by less or more than a level.

    Args:
        lines: without their ends, indented by blanks.
    """
    widths = [len(indent_of(line)) for line in lines if line.strip()]
    indented = [width for width in widths if width]
    between = (abs(new - old) for old, new in pairwise(widths))
    steps = Counter(step for step in between if 2 <= step <= _WIDEST)
    narrowest = min(indented, default=_USUAL)
    if narrowest > _USUAL:
        # The outermost lines of a part of a text may be several levels in.
        steps.setdefault(_USUAL if narrowest % _USUAL == 0 else narrowest, 0)
    elif narrowest >= 2:
        steps[narrowest] += 1
    misfits = {step: sum(width % step > 0 for width in indented) for step in steps}
    fitting = [step for step in steps if _MISFITS * misfits[step] <= len(indented)]
    if fitting:
        return max(fitting, key=lambda step: (steps[step] > 0, step <= _USUAL, steps[step], step))
    return min(steps, key=lambda step: (misfits[step], step), default=_USUAL)


def _characters(lines: Sequence[str]) -> set[str]:
    return {line[0] for line in lines if line.strip() and line[0] in " \t"}


def _with_tabs(line: str, step: int) -> str:
    indent = indent_of(line)
    levels, rest = divmod(len(indent.expandtabs(step)), step)
    return "\t" * levels + " " * rest + line[len(indent) :]


def _with_blanks(line: str, step: int) -> str:
    indent = indent_of(line)
    return indent.expandtabs(step) + line[len(indent) :]
