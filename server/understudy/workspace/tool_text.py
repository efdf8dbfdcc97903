"""What tools are given to read, and the places that they name in it."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.core.lines import units_to_column
from understudy.core.text import Span
from understudy.workspace.tools import find_tool, run_tool

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.config.settings import CheckerSettings
    from understudy.core.lines import Encoding, LineIndex
    from understudy.workspace.view import View

_BARE_RETURN = re.compile(r"\r(?!\n)")
_WORD = re.compile(r"\w+")
_MARK = "\ufeff"
_MAX_REASON = 300


def encoded(view: View, tool: str) -> bytes:
    """The view's text as UTF-8, for a tool that counts lines by their line feeds.

    Raises:
        UnavailableError: when the tool could not read it, or would count its lines otherwise.
    """
    if _BARE_RETURN.search(view.text):
        raise UnavailableError(
            f"Some lines of the file end with a carriage return alone, and {tool} sees one line there."
        )
    try:
        return view.text.encode()
    except UnicodeEncodeError as error:
        raise UnavailableError(f"{tool} can't read a text that holds half a character.") from error


def place(
    index: LineIndex, line: int, column: int, encoding: Encoding, *, skips_mark: bool = False
) -> int:
    """The offset of a line and a column that count from 1.

    Args:
        index: the text.
        line: its number.
        column: in units of `encoding`.
        encoding: what one column is.
        skips_mark: whether the tool does not count a byte order mark at the start of the file.
    """
    content = index.content(line - 1)
    if skips_mark and line == 1 and content.startswith(_MARK):
        return index.offset(0, 1 + units_to_column(content[1:], column - 1, encoding))
    return index.offset(line - 1, units_to_column(content, column - 1, encoding))


def word_at(text: str, start: int) -> Span:
    """The word that starts at a place, else the character there: for tools that tell no end."""
    word = _WORD.match(text, start)
    if word is not None:
        return Span(*word.span())
    return Span(start, start + (text[start : start + 1] not in {"", "\r", "\n"}))


def reason(output: bytes, otherwise: str = "it ended without a word") -> str:
    """What a tool says about its failure: the first line that says something, without a full stop.

    A line that ends with a colon only announces the next one.
    """
    lines = (line.strip() for line in output[:65_536].decode(errors="replace").splitlines())
    said = [line for line in lines if line and not line.startswith("#")]
    if not said:
        return otherwise
    first = " ".join(said[:2]) if said[0].endswith(":") else said[0]
    return first[:_MAX_REASON].rstrip(".")


async def tell_version(
    name: str, arguments: tuple[str, ...], view: View, settings: CheckerSettings
) -> str:
    """A tool's path and the first line that it prints about itself.

    Raises:
        ToolMissingError: when it can't be had.
        UnavailableError: when it does not work.
    """
    command = await asyncio.to_thread(find_tool, name, view, settings)
    return f"{command[0]} ({await version_told((*command, *arguments), None, settings)})"


async def version_told(
    command: tuple[str, ...], folder: Path | None, settings: CheckerSettings
) -> str:
    """The first line that a program prints about itself, run in a folder.

    Raises:
        UnavailableError: when it fails: what it prints then is no version.
    """
    finished = await run_tool(command, stdin=b"", cwd=folder, timeout_s=settings.timeout_s)
    if finished.returncode != 0:
        why = reason(finished.stderr or finished.stdout)
        raise UnavailableError(f"`{' '.join(command)}` does not work: {why}.")
    return reason(finished.stdout or finished.stderr, "no version")
