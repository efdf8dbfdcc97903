"""Pieces of one file one after the other, with what encloses several of them written once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.context.items import Chosen

_MARK = re.compile(r"\s*(?:#|//|--|;|/\*|<!--)? ?…(?: ?(?:\*/|-->))?\s*")
_SEARCHED = 8
"""Headers that begin farther down in a piece are not looked for."""


def joined(pieces: Iterable[Chosen]) -> str:
    """The texts of some pieces of a file, which are in its order, with an empty line between them.

    A piece within the class or so that the one before it left open goes on in it.
    """
    done: list[str] = []
    open_block: list[str] = []
    before: Chosen | None = None
    for one in pieces:
        lines = one.level.text.strip("\n").split("\n")
        rest = _behind(open_block, lines, one.level.above)
        if rest is None or before is None:
            done += ["", *lines] if done else lines
            open_block = lines
        else:
            header = lines[-len(rest) - 1]
            is_next = before.level.form == "full" and one.item.start - before.item.stop <= 1
            done += _following(done, rest, header, next_to=is_next)
        before = one
    return "\n".join(done)


def _behind(block: Sequence[str], lines: list[str], above: int) -> list[str] | None:
    """The lines behind as many of their headers as a block has left open; None where it has none."""
    for stop in range(min(above, len(lines)), 0, -1):
        last, rest = lines[stop - 1], lines[stop:]
        following = next((line for line in rest if not _MARK.fullmatch(line)), "")
        # A header of several lines is not cut.
        if not _MARK.fullmatch(last) and (stop == above or _depth(following) > _depth(last)):
            inner = _inside(block, lines[:stop])
            if inner is not None and all(
                _depth(line) > _depth(last) for line in (*inner, *rest) if line.strip()
            ):
                return rest
    return None


def _inside(block: Sequence[str], headers: list[str]) -> Sequence[str] | None:
    """The lines of a block behind some headers; None where it does not begin with them."""
    count = len(headers)
    for start in range(min(_SEARCHED, len(block) - count + 1)):
        if list(block[start : start + count]) == headers:
            return block[start + count :]
    return None


def _following(done: list[str], rest: list[str], header: str, *, next_to: bool) -> list[str]:
    """The lines with what stands between them and those before: a mark, else an empty line."""
    if not rest or not _MARK.fullmatch(rest[0]):
        return ["", *rest]
    if next_to:
        return ["", *rest[1:]]
    is_marked = _MARK.fullmatch(done[-1]) is not None
    # A mark right below a header stands for all that is in it, however it is indented.
    is_same = is_marked and (_depth(done[-1]) == _depth(rest[0]) or done[-2:-1] == [header])
    return rest[1:] if is_same else rest


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
