"""Text on a terminal: safe to show, and wrapped below itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

_NARROWEST = 20


def printable(text: str) -> str:
    """Text of a file or a tool as a terminal may show it: nothing in it can steer the terminal."""
    shown = text.replace("\t", "    ")
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in shown)


def lowered(sentence: str) -> str:
    """A sentence as a part of another one; names and codes keep their capitals."""
    rest = sentence[1:]
    return sentence[:1].lower() + rest if rest[:1].islower() or rest[:1] == " " else sentence


def print_hanging(console: Console, line: Text, indent: int) -> None:
    """Print a line; a long one goes on in the column `indent`. Into a file, it stays one line."""
    if not console.is_terminal or line.cell_len <= console.width:
        console.print(line, soft_wrap=True)
        return
    head, tail = line.divide([indent])
    for number, piece in enumerate(tail.wrap(console, max(console.width - indent, _NARROWEST))):
        piece.rstrip()
        start = Text(" " * indent) if number else head.copy()
        console.print(start.append_text(piece), soft_wrap=True)
