"""A picture of a terminal's screen."""

from __future__ import annotations

import io
import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.style import Style
from rich.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    import pyte
    from pyte.screens import Char


def draw(screen: pyte.Screen, place: Path, title: str) -> None:
    """Write a screen as an SVG file.

    Args:
        screen: what is drawn; rows at its end without any text are left out.
        place: the file.
        title: what stands above it.
    """
    last = max((row for row, line in enumerate(screen.display) if line.strip()), default=0)
    ground = _ground(screen)
    lines = [_line(screen, row, ground) for row in range(last + 1)]
    console = Console(
        record=True, width=screen.columns, file=io.StringIO(), force_terminal=True, highlight=False
    )
    console.print(Text("\n").join(lines), soft_wrap=True)
    console.save_svg(str(place), title=title, code_format=_plain_format())


def _ground(screen: pyte.Screen) -> str:
    """The commonest background: that of cells which were only cleared."""
    rows = (screen.buffer[row] for row in range(screen.lines))
    counted = Counter(row[column].bg for row in rows for column in range(screen.columns))
    counted.pop("default", None)
    return counted.most_common(1)[0][0] if counted else "default"


def _line(screen: pyte.Screen, row: int, ground: str) -> Text:
    found = Text(no_wrap=True)
    cells = (screen.buffer[row][column] for column in range(screen.columns))
    filled = (one._replace(bg=ground) if one.bg == "default" else one for one in cells)
    for style, same in groupby(filled, key=lambda one: one._replace(data="")):
        found.append("".join(one.data for one in same), _style(style))
    return found


def _style(one: Char) -> Style:
    return Style(
        color=_colour(one.fg),
        bgcolor=_colour(one.bg),
        bold=one.bold,
        italic=one.italics,
        underline=one.underscore,
        reverse=one.reverse,
        strike=one.strikethrough,
    )


def _colour(name: str) -> str | None:
    """A colour in the words of rich; pyte has hexadecimal digits, or a name."""
    if name == "default":
        return None
    if re.fullmatch(r"[0-9a-f]{6}", name):
        return f"#{name}"
    return {"brown": "yellow"}.get(name) or re.sub(r"^bright(?=\w)", "bright_", name)


def _plain_format() -> str:
    """Rich's picture without its fonts, which whoever looks at it would have to fetch."""
    style = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->\s*", "", style).replace("Fira Code", "ui-monospace")
