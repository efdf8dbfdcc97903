"""What fragments are filled with. Nothing that is inserted is ever read as a template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TICKS = re.compile(r"`+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text that is material and not ours, such as code: it stands in a fence that it can't close."""

    text: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """The same within a line: it stands between marks that it does not hold."""

    text: str


Value = str | int | bool | Quoted | Snippet | Mapping[str, "Value"] | Sequence["Value"] | None
Values = Mapping[str, Value]


def fenced(text: str) -> str:
    """The text in a fence that it can't close, with LF at the ends of its lines."""
    marks = "`" * max(_longest_run(text) + 1, 3)
    body = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"{marks}\n{body}{'' if body.endswith(chr(10)) else chr(10)}{marks}"


def ticked(text: str) -> str:
    """One line of code between backticks, as many as it takes."""
    line = one_line(text)
    marks = "`" * (_longest_run(line) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{marks}{pad}{line}{pad}{marks}"


def one_line(text: str) -> str:
    """Words of others that stand within a line, such as a name: they can't begin a line of their own."""
    line = _CONTROL.sub(" ", text)
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…"


def holds(value: Value) -> bool:
    """Whether there is anything to show."""
    return bool(value.text if isinstance(value, Quoted | Snippet) else value)


def _longest_run(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)
