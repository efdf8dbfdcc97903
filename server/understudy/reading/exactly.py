"""Blocks whose text counts as it stands, which no model writes and our own writers need at times.

The usual reading keeps a document's ends of lines, its BOM and whether its last line ends. A change
of just these, and one that looks like a slip of a model, can only be said this way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.reading.fences import fence_around

if TYPE_CHECKING:
    from understudy.reading.fences import Fenced

_WORD = "exact"


def block_of(text: str, word: str) -> str:
    """A fenced block with a text, for readers who keep the document's ends of lines."""
    fence = fence_around(text)
    end = "" if not text or text.endswith("\n") else "\n"
    return f"{fence}{word}\n{text}{end}{fence}\n"


def exact_block_of(text: str, word: str) -> str:
    """A fenced block whose text is meant to the letter."""
    fence = fence_around(text)
    return f"{fence}{word} {_WORD}\n{text}\n{fence}\n"


def exact_text(block: Fenced) -> str | None:
    """The text of a block that is meant to the letter; None for any other block."""
    if block.info.split()[-1:] != [_WORD]:
        return None
    return block.text.removesuffix("\n")
