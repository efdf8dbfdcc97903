"""Whose text a piece of a reply shows: the document's, or that of another file that is named above it.

What a piece quotes must stand in its file. That is better evidence than any sentence, as sentences also
mention files in which nothing is changed.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.reading.targets import Documents

_HALF = 0.5
_TWICE = 2


class Whose(Enum):
    """In which of two files the text of a piece stands."""

    OWN = "own"
    """In the document alone."""
    OTHER = "other"
    """In the other file alone, which has what is quoted."""
    EITHER = "either"
    """In both, or it is new text such as that of the other file, from which it may be taken over."""
    UNKNOWN = "unknown"
    """In neither; or the other file has no text that may be read, or the piece shows nothing."""


class Shown(NamedTuple):
    """What a piece of a reply shows of its file.

    Attributes:
        quotes: stretches of lines that the file has now.
        new: lines that it is to have, most of which it has now.
    """

    quotes: Sequence[Sequence[str]] = ()
    new: Sequence[str] = ()


NOTHING = Shown()


class Compared:
    """Whose text a piece shows, for each file that is named above it."""

    def __init__(self, shown: Shown, documents: Documents) -> None:
        """Nothing is compared before it is asked for."""
        self._shown = shown
        self._documents = documents
        self._found: dict[str, Whose] = {}

    def whose(self, path: str) -> Whose:
        """Whose text the piece shows, if the other file is the one that a path names."""
        if path not in self._found:
            self._found[path] = self._look(path)
        return self._found[path]

    def label(self, path: str) -> Whose:
        """The same where the path is a label, which counts more than what stands in the document."""
        found = self.whose(path)
        return Whose.UNKNOWN if found is Whose.OWN else found

    def _look(self, path: str) -> Whose:
        other = self._documents.text_elsewhere(path) if any(self._shown) else None
        own = self._documents.own.text
        return Whose.UNKNOWN if other is None else _whose(self._shown, own, other)


def quotes_of(*texts: str) -> Shown:
    """What a piece shows that quotes some texts."""
    return Shown([contents(text) for text in texts])


def share_in(lines: Sequence[str], text: str) -> float:
    """The share of some lines that stand in a text, from 0 to 1; a version of it has most of its own there."""
    known = _lines_of(text)
    real = [bare for line in lines if any(map(str.isalnum, bare := line.strip()))]
    return sum(line in known for line in real) / max(len(real), 1)


def _whose(shown: Shown, own: str, other: str) -> Whose:
    wanted = list(filter(None, map(_bare, shown.quotes)))
    if wanted:
        here, there = (all(text in _bare_text(file) for text in wanted) for file in (own, other))
        if here or there:
            return Whose.EITHER if here and there else Whose.OWN if here else Whose.OTHER
    lines = [*(line for quote in shown.quotes for line in quote), *shown.new]
    shares = share_in(lines, own), share_in(lines, other)
    if max(shares) < _HALF:
        return Whose.UNKNOWN
    if min(shares) * _TWICE > max(shares):
        return Whose.EITHER
    if shares[0] > shares[1]:
        return Whose.OWN
    return Whose.OTHER if wanted else Whose.EITHER


def _bare(lines: Iterable[str]) -> str:
    """Lines without blank ones and without their indentation, so that a part of them is a part of a file's."""
    return "\n".join(bare for line in lines if (bare := line.strip()))


@lru_cache(maxsize=16)
def _bare_text(text: str) -> str:
    return _bare(contents(text))


@lru_cache(maxsize=16)
def _lines_of(text: str) -> frozenset[str]:
    return frozenset(map(str.strip, contents(text)))
