"""What a model is told: turns of text, each part with a name, fitted to a number of tokens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from understudy.workspace.secrets import Masks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a piece of text comes from.

    Attributes:
        start / stop: code points of the text that it is a piece of.
        fragment: the id of the fragment.
        line: of the fragment's file, counted from 1.
        variable: whose value it is; empty for the fragment's own words.
    """

    start: int
    stop: int
    fragment: str
    line: int
    variable: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a prompt.

    Attributes:
        name: the id of the fragment that it is made of, for the record of what left the machine.
        text: as the model gets it.
        rank: parts with a higher rank are left out first; those of rank 0 never are.
        pieces: where the text comes from.
        slot: where in the prompt it stands.
        version: of the fragment.
        layer: where the fragment comes from: `built-in`, `workspace` or `user`.
        is_stable: whether it is likely to be the same in the next request.
    """

    name: str
    text: str
    rank: int = 0
    pieces: tuple[Piece, ...] = ()
    slot: str = ""
    version: int = 0
    layer: str = ""
    is_stable: bool = False


def short_name(name: str) -> str:
    """What people are told for the id of a fragment: `target.head` is the `head`."""
    return name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the conversation, in parts.

    Attributes:
        stable: whether everything up to here is likely to be the same in the next request.
    """

    SEPARATOR: ClassVar[str] = "\n\n"
    role: Literal["system", "user", "assistant"]
    parts: tuple[Part, ...]
    stable: bool = False

    @property
    def text(self) -> str:
        """The parts as one text."""
        return self.SEPARATOR.join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A whole prompt.

    Attributes:
        left_out: the names of the parts that did not fit.
        notes: sentences about fragments that were not taken, or not as they are written.
        masks: those of the run that asks, for the secrets in it.
    """

    turns: tuple[Turn, ...]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    masks: Masks = field(default_factory=Masks, repr=False, compare=False)

    @property
    def ranks(self) -> int:
        """The highest rank of a part; 0 when nothing can be left out."""
        return max((part.rank for turn in self.turns for part in turn.parts), default=0)


def without_ranks(prompt: Prompt, above: int) -> Prompt:
    """The prompt without the parts whose rank is higher than `above`."""
    dropped: list[str] = list(prompt.left_out)
    turns = []
    for turn in prompt.turns:
        kept = tuple(part for part in turn.parts if part.rank <= above)
        dropped += [part.name for part in turn.parts if part.rank > above]
        turns.append(Turn(turn.role, kept, turn.stable))
    return replace(prompt, turns=tuple(turns), left_out=tuple(dropped))


def without_parts(prompt: Prompt, names: Collection[str]) -> Prompt:
    """The prompt without the parts that have one of these names."""
    turns, dropped = [], list(prompt.left_out)
    for turn in prompt.turns:
        kept = tuple(part for part in turn.parts if part.name not in names)
        dropped += [part.name for part in turn.parts if part.name in names]
        turns.append(Turn(turn.role, kept, turn.stable))
    return replace(prompt, turns=tuple(turns), left_out=tuple(dropped))


def fitted(prompt: Prompt, room: int, size: Callable[[Prompt], int]) -> Prompt | None:
    """The prompt with as much as there is room for; None when even rank 0 is too long."""
    for rank in range(prompt.ranks, -1, -1):
        shorter = without_ranks(prompt, rank)
        if size(shorter) <= room:
            return shorter
    return None
