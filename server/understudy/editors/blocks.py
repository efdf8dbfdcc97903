"""A marked block of ours in a text that is otherwise the user's: Lua, Emacs Lisp, Vim script."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError
from understudy.editors.command import PROGRAM, SERVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.editors import Server

_BEGIN = ">>> understudy: `understudy setup` writes what stands here"
_END = "<<< understudy"

_DOUBLE = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_EITHER = re.compile(rf"{_DOUBLE.pattern}|'(?:[^'\n]|'')*'")
_GAP = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Parts:
    """A text around the block in it.

    Attributes:
        block: with its markers and its last line end; empty when there is none.
    """

    before: str
    block: str
    after: str


def cut_out(text: str, comment: str) -> Parts:
    """Find the block in a text whose comments begin with `comment`.

    Raises:
        RefusedError: when one of its two markers is missing or there twice.
    """
    begin, end = f"{comment} {_BEGIN}\n", f"{comment} {_END}"
    start, stop = text.find(begin), text.find(end)
    if start < 0 and stop < 0:
        return Parts(text, "", "")
    if start < 0 or stop < start or text.count(begin) > 1 or text.count(end) > 1:
        raise RefusedError(
            f"has only a part of the block that begins with `{begin.strip()}` and ends with "
            f"`{end}`; delete what is left of it"
        )
    behind = stop + len(end)
    behind += text.startswith("\n", behind)
    return Parts(text[:start], text[start:behind], text[behind:])


def marked(content: str, comment: str) -> str:
    """The content between its markers."""
    return f"{comment} {_BEGIN}\n{content}{comment} {_END}\n"


def put_block(parts: Parts, block: str) -> str:
    """The text with another block: at the place of the old one, else at the end."""
    if parts.block:
        return parts.before + block + parts.after
    before = parts.before
    if before.strip():
        before = before if before.endswith("\n") else before + "\n"
        return f"{before}\n{block}"
    return block


def without_block(parts: Parts) -> str:
    """The text without it, and without the empty line that stood between."""
    if parts.block and not parts.after and parts.before.endswith("\n\n"):
        return parts.before[:-1]
    return parts.before + parts.after


def quoted_command(text: str, comment: str, ends_with: str) -> tuple[str, ...]:
    """The first command in a text that names Understudy.

    Looks for strings with nothing but blanks and commas between them, as the lists of Lua, Emacs
    Lisp and Vim script are written. The last one must be `ends_with`; where that is empty, the
    argument `serve` goes without saying.
    """
    run: list[str] = []
    last = -1
    # What single quotes stand around is no string in Lisp.
    strings = _DOUBLE if comment.startswith(";") else _EITHER
    for found in strings.finditer(text):
        if last < 0 or not _GAP.fullmatch(text, last, found.start()):
            run = []
        run.append(_plain(found[0]))
        last = found.end()
        if run[-1] == ends_with and any(PROGRAM in word for word in run):
            return tuple(run)
        if not ends_with and PROGRAM in run[-1]:
            return (*run, SERVE)
    return ()


def _plain(literal: str) -> str:
    """The value of a string; between single quotes, Vim takes all as it is but the quote itself."""
    if literal.startswith("'"):
        return literal[1:-1].replace("''", "'")
    try:
        return str(ast.literal_eval(literal))
    except (SyntaxError, ValueError):
        return literal[1:-1]


@dataclass(frozen=True, slots=True)
class Block:
    """The form of such a text.

    Attributes:
        comment: what begins a comment.
        write: the content of the block, ending with a line end.
        word: what stands in every such block and in no other client's, who may share the file.
        ends_with: the last argument of the command, as far as it is written.
    """

    comment: str
    write: Callable[[Server], str]
    word: str
    ends_with: str = SERVE

    def snippet(self, server: Server) -> str:
        """What a person would write."""
        return self.write(server)

    def put(self, text: str, server: Server) -> str:
        """The text with the block."""
        return put_block(cut_out(text, self.comment), marked(self.write(server), self.comment))

    def remove(self, text: str) -> str:
        """The text without it."""
        return without_block(cut_out(text, self.comment))

    def command(self, text: str) -> tuple[str, ...]:
        """The command in the block, else the first one anywhere outside of comments."""
        block = cut_out(text, self.comment).block
        lines = (block or text).split("\n")
        code = "\n".join(line for line in lines if not line.lstrip().startswith(self.comment))
        return quoted_command(code, self.comment, self.ends_with) if self.word in code else ()
