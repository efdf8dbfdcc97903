"""The code of nodes on one line, as short where it is long as the work with nested code needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.syntax import Source

_LONGEST = 400
_END = 100
_SIGN = 8
"""No operator has more bytes."""


def written(first: Node, last: Node, source: Source) -> str:
    """Code from one node to the end of another, its blanks as one.

    Of code with more than 400 bytes the ends, and how much is between them: nested code would be
    written out once for each level.
    """
    start, stop = first.start_byte, last.end_byte
    if stop - start <= _LONGEST:
        return _plain(source.data[start:stop])
    between = first.descendant_count + last.descendant_count
    ends = source.data[start : start + _END], source.data[stop - _END : stop]
    return f" … {between} … ".join(map(_plain, ends))


def sign_of(node: Node, source: Source) -> str:
    """An operator as it is written; empty for what is too long for one."""
    short = node.end_byte - node.start_byte <= _SIGN
    return " ".join(source.word(node).split()) if short else ""


def _plain(data: bytes) -> str:
    return " ".join(data.decode("utf-8", "replace").split())
