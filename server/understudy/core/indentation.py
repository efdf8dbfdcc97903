"""Tabs or blanks in front of lines, and how to turn the one into the other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_USUAL = 4
_WIDEST = 8


def indent_of(line: str) -> str:
    """The tabs and blanks in front of a line."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def in_style_of(lines: Sequence[str], model: Sequence[str]) -> list[str] | None:
    """The lines, indented as a model is; None when nothing has to be done, or it is not clear.

    It is clear when every indented line of the model begins with the one character, and every
    indented line with the other.

    Args:
        lines: without their ends.
        model: lines without their ends.
    """
    wanted, found = _character(model), _character(lines)
    if not wanted or not found or wanted == found:
        return None
    if wanted == "\t":
        step = _step(lines)
        return [_with_tabs(line, step) for line in lines]
    step = _step(model)
    return [_with_blanks(line, step) for line in lines]


def _character(lines: Sequence[str]) -> str:
    first = {line[0] for line in lines if line.strip() and line[0] in " \t"}
    return first.pop() if len(first) == 1 else ""


def _step(lines: Sequence[str]) -> int:
    """How many blanks one level is: the step inwards of which most indentations are multiples."""
    widths = [len(indent_of(line)) for line in lines if line.strip()]
    steps = {right - left for left, right in pairwise(widths) if 2 <= right - left <= _WIDEST}
    if steps:
        return min(steps, key=lambda step: (sum(width % step > 0 for width in widths), step))
    narrowest = min((width for width in widths if width), default=_USUAL)
    return narrowest if 2 <= narrowest <= _WIDEST else _USUAL


def _with_tabs(line: str, step: int) -> str:
    indent = indent_of(line)
    levels, rest = divmod(len(indent.expandtabs(step)), step)
    return "\t" * levels + " " * rest + line[len(indent) :]


def _with_blanks(line: str, step: int) -> str:
    indent = indent_of(line)
    return indent.expandtabs(step) + line[len(indent) :]
