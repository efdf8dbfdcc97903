"""How chosen pieces are laid out: which slot of the prompt, which file, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from understudy.context.joining import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.context.items import Chosen, Item, Tier

Slot = Literal["conventions", "definitions", "examples", "target"]

SLOT_OF: dict[Tier, Slot] = {
    "patterns": "conventions",
    "required_types": "definitions",
    "related_imports": "definitions",
    "full_files": "definitions",
    "examples": "examples",
    "target_file": "target",
}
_PLACES: tuple[Slot, ...] = ("conventions", "definitions", "examples", "target")
"""From what stays the same for long to what changes with each request, so that caches hit."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What one slot shows of one file.

    Attributes:
        path: below the workspace folder, with `/`.
        text: the pieces in the order of the file, with an empty line between them.
        pieces: what it is made of.
    """

    slot: Slot
    path: str
    text: str
    pieces: tuple[Chosen, ...]

    @property
    def framed(self) -> str:
        """The text with a heading and a fence, about as a prompt shows it."""
        return framed(self.path, self.text)


def framed(path: str, text: str) -> str:
    """A text of a file with its heading and a fence: what pieces are counted with."""
    return f"From {path}:\n```\n{text}\n```\n\n"


def place_of(chosen: Chosen) -> tuple[int, int, str, int, str]:
    """What the pieces of a prompt are sorted by."""
    item = chosen.item
    return _PLACES.index(SLOT_OF[item.tier]), item.turn, item.path, item.start, item.name


def excerpts(chosen: Iterable[Chosen]) -> tuple[Excerpt, ...]:
    """The chosen pieces by slot and file, in the order of the prompt."""
    ordered = sorted(chosen, key=place_of)
    groups = groupby(ordered, lambda one: heading_of(one.item))
    return tuple(_excerpt(slot, path, tuple(pieces)) for (slot, _, path), pieces in groups)


def heading_of(item: Item) -> tuple[Slot, int, str]:
    """What the pieces have in common that stand below one heading."""
    return SLOT_OF[item.tier], item.turn, item.path


def _excerpt(slot: Slot, path: str, pieces: tuple[Chosen, ...]) -> Excerpt:
    return Excerpt(slot, path, joined(pieces), pieces)
