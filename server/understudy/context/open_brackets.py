"""Which brackets are open, while the tokens of a text that may be broken are read one by one."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

PAIRS = {"(": ")", "[": "]", "{": "}"}
"""The closing bracket of each opening one."""


class Piece(Protocol):
    """A token, as far as brackets are concerned."""

    @property
    def kind(self) -> str:
        """`op` for a bracket that is none of a string's or comment's."""

    @property
    def text(self) -> str:
        """Its characters."""


P = TypeVar("P", bound=Piece)


class OpenBrackets(Generic[P]):
    """The brackets that are open so far, outermost first; a token is read at once at any depth.

    Attributes:
        open: the tokens of the brackets.
    """

    def __init__(self) -> None:
        self.open: list[P] = []
        self._places: dict[str, list[int]] = {closer: [] for closer in PAIRS.values()}

    def read(self, token: P) -> None:
        """An opener is one more; a closer ends the last one of its kind, and all within that."""
        if token.kind != "op":
            return
        if token.text in PAIRS:
            self._places[PAIRS[token.text]].append(len(self.open))
            self.open.append(token)
        elif places := self._places.get(token.text):
            place = places[-1]
            for within in self.open[place:]:
                self._places[PAIRS[within.text]].pop()
            del self.open[place:]
