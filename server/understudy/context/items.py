"""Pieces of a workspace that a model may be shown, and in how much detail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from understudy.config.context_settings import CONTEXT_WEIGHTS

Tier = Literal[
    "required_types", "target_file", "related_imports", "patterns", "examples", "full_files"
]
Form = Literal["mention", "signature", "skeleton", "full"]
"""A line with its name; its signature; the signatures of what is in it; all of its text."""

WEIGHTS: dict[Tier, float] = {tier: CONTEXT_WEIGHTS[tier] for tier in get_args(Tier)}
"""How much a tier counts, unless the user says otherwise."""


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of detail of an item.

    Attributes:
        text: what is shown, with whole lines and gaps marked.
        tokens: how many it takes.
        worth: which part of the item's value it gives, above 0 and up to 1; more detail, more worth.
        above: how many of the text's first lines are headers of what encloses the item, with marks
            of gaps between them.
    """

    form: Form
    text: str
    tokens: int
    worth: float
    above: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A span of a file that may be shown.

    Attributes:
        path: below the workspace folder, with `/`.
        start: its first line, counted from 0.
        stop: the line behind its last.
        name: what it defines; empty for a piece of a file.
        tier: why it is here, in the large.
        relevance: within its tier, above 0 and up to 1.
        levels: from the cheapest to the fullest, none empty.
        required: whether a prompt without it makes no sense.
        least: what is shown where there is no room for the cheapest level; None for a line with the
            item's name.
        keep_with: the key of an item that must be shown whenever this one is.
        reasons: why it is here, as clauses for people.
        version: of the open document that it was taken from; None where it came from the disk.
        digest: of the file's text that it was taken from.
        turn: of pieces in one slot of a prompt, those with a lower one stand first.
    """

    path: str
    start: int
    stop: int
    name: str
    tier: Tier
    relevance: float
    levels: tuple[Level, ...]
    required: bool = False
    least: Level | None = None
    keep_with: tuple[str, int, str] | None = None
    reasons: tuple[str, ...] = ()
    version: int | None = None
    digest: str = ""
    turn: int = 0

    @property
    def key(self) -> tuple[str, int, str]:
        """What tells it from every other item."""
        return self.path, self.start, self.name


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item at one of its levels."""

    item: Item
    level: Level


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item or a file that is not shown, and why, as a clause."""

    path: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Packed:
    """What is shown, within a budget.

    Attributes:
        chosen: in the order of the prompt: by tier's place in it, path and line.
        tokens: of all that is chosen, headings included.
        budget: how many there might have been.
        left_out: what did not fit or is not to be shown.
        truncated: whether what is required is shown in less detail than it should be.
    """

    chosen: tuple[Chosen, ...]
    tokens: int
    budget: int
    left_out: tuple[LeftOut, ...] = ()
    truncated: bool = False
