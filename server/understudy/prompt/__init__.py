"""What a model is told: turns of text, each part with a name, fitted to a number of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a prompt.

    Attributes:
        name: what it is, for the record of what left the machine: `rules`, `problem`, `region`.
        text: as the model gets it.
        rank: parts with a higher rank are left out first; those of rank 0 never are.
    """

    name: str
    text: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the conversation, in parts.

    Attributes:
        stable: whether everything up to here is likely to be the same in the next request.
    """

    role: Literal["system", "user", "assistant"]
    parts: tuple[Part, ...]
    stable: bool = False

    @property
    def text(self) -> str:
        """The parts as one text."""
        return "\n\n".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A whole prompt.

    Attributes:
        left_out: the names of the parts that did not fit.
    """

    turns: tuple[Turn, ...]
    left_out: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """The characters of all turns."""
        return sum(len(turn.text) for turn in self.turns)

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
    return Prompt(tuple(turns), tuple(dropped))


def fitted(prompt: Prompt, characters: int) -> Prompt | None:
    """The prompt with as much as there is room for; None when even rank 0 is too long."""
    for rank in range(prompt.ranks, -1, -1):
        shorter = without_ranks(prompt, rank)
        if shorter.size <= characters:
            return shorter
    return None
