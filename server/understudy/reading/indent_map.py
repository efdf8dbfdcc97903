"""How the indentation that a model wrote becomes the file's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of, step_of
from understudy.reading.normal import PLAIN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_TAB = 4
"""Blanks for a tab where nothing shows how many there are."""
_TABS = (4, 2, 8, 3)


@dataclass(frozen=True, slots=True)
class IndentMap:
    """A function from the indentation that a model wrote to the file's.

    Attributes:
        known: the indentations that were seen on both sides.
        first: the pair of the first line, when that one alone does not follow the others, as
            where the blanks in front of a text were cut off.
    """

    known: Mapping[str, str]
    first: tuple[str, str] | None = None

    @staticmethod
    def between(wanted: Sequence[str], file: Sequence[str]) -> IndentMap | None:
        """The map that turns each line's indentation into its counterpart's; None if there is none.

        Args:
            wanted: lines that hold something, at least one.
            file: as many lines, that are equal but for the blanks around them.
        """
        pairs = [
            (_plain_indent(one), _plain_indent(other))
            for one, other in zip(wanted, file, strict=True)
        ]
        rest, whole = _function(pairs[1:]), _function(pairs)
        # A first line without blanks beside others that are right: they were cut off with the mark
        # in front of the text.
        if rest and not pairs[0][0] and pairs[0][1] and all(a == b for a, b in rest.items()):
            return IndentMap(rest, pairs[0])
        return IndentMap(whole) if whole is not None else None

    @staticmethod
    def of_style(lines: Sequence[str], file: Sequence[str]) -> IndentMap:
        """The map from tabs to the file's blanks or the reverse; each to itself if it is not clear.

        It is clear when each side is indented by one character alone.
        """
        here, there = _character(lines), _character(file)
        if not here or not there or here == there:
            return IndentMap({"": ""})
        return IndentMap({"": "", here * _step(lines, here): there * _step(file, there)})

    def __call__(self, indent: str) -> str:
        """The file's indentation for one of the model's."""
        if indent in self.known:
            return self.known[indent]
        plain = self._with_tab_width(indent)
        if plain is None:
            plain = self._shifted(indent)
        if plain is not None:
            return plain
        inner = max((key for key in self.known if indent.startswith(key)), key=len, default=None)
        if inner is not None:
            return self.known[inner] + self._scaled(indent[len(inner) :])
        outer = min((key for key in self.known if key.startswith(indent)), key=len, default=None)
        if outer is None:
            return indent
        there = self.known[outer]
        return there[: max(len(there) - len(self._scaled(outer[len(indent) :])), 0)]

    @property
    def keeps_order(self) -> bool:
        """Whether what is farther in on one side is so on the other."""
        there = [self.known[key] for key in sorted(self.known, key=_width)]
        return all(_width(one) < _width(other) for one, other in pairwise(there))

    def applied(self, lines: Sequence[str], kept: Collection[int] = ()) -> list[str]:
        """The lines with the file's indentation; blank ones stay, and those with the given numbers."""
        done = [
            line if at in kept or not line.strip() else self(indent_of(line)) + line.lstrip(" \t")
            for at, line in enumerate(lines)
        ]
        at = next((number for number, line in enumerate(lines) if line.strip()), None)
        if self.first is not None and at is not None and indent_of(lines[at]) == self.first[0]:
            done[at] = self.first[1] + lines[at].lstrip(" \t")
        return done

    def _with_tab_width(self, indent: str) -> str | None:
        """The indentation, when all known ones show that a tab is so many blanks wide."""
        here, there = "".join(self.known), "".join(self.known.values())
        if ("\t" in here) == ("\t" in there):
            return None
        for width in _TABS:
            if "\t" in here and all(_blanks(a, width) == b for a, b in self.known.items()):
                return _blanks(indent, width)
            if "\t" in there and all(_tabs(a, width) == b for a, b in self.known.items()):
                return _tabs(indent, width)
        return None

    def _shifted(self, indent: str) -> str | None:
        """The indentation, when all known ones were moved by the same blanks."""
        one, other = next(iter(self.known.items()))
        if other.endswith(one):
            more = other[: len(other) - len(one)]
            if all(there == more + here for here, there in self.known.items()):
                return more + self._scaled(indent) if self._other_style(indent) else more + indent
        elif one.endswith(other):
            less = one[: len(one) - len(other)]
            if all(here == less + there for here, there in self.known.items()):
                return indent.removeprefix(less) if indent.startswith(less) else ""
        return None

    def _other_style(self, indent: str) -> bool:
        return bool(indent) and bool(self._style) and self._style not in indent

    @property
    def _style(self) -> str:
        """The file's one character of indentation; empty when there is none, or are two."""
        characters = set("".join(self.known.values()))
        return characters.pop() if len(characters) == 1 else ""

    def _scaled(self, extra: str) -> str:
        """Blanks that the model wrote, as wide as the file would write them."""
        style = self._style or extra[:1]
        return style * round(len(extra) * self._slope(extra, style))

    def _slope(self, extra: str, style: str) -> float:
        """Characters of the file for one of the model's."""
        of_kind = [key for key in self.known if not key.strip(extra[:1])]
        low, high = min(of_kind, key=len, default=""), max(of_kind, key=len, default="")
        run = len(high) - len(low)
        rise = len(self.known[high]) - len(self.known[low]) if run else 0
        if rise > 0:
            return rise / run
        if style == extra[:1]:
            return 1.0
        return _TAB if style == " " else 1 / _TAB


def _plain_indent(line: str) -> str:
    """The indentation, with no-break and other typographic spaces as blanks."""
    return indent_of(line if line.isascii() else line.translate(PLAIN))


def _character(lines: Sequence[str]) -> str:
    first = {line[0] for line in lines if line.strip() and line[0] in " \t"}
    return first.pop() if len(first) == 1 else ""


def _step(lines: Sequence[str], character: str) -> int:
    return 1 if character == "\t" else step_of(lines)


def _blanks(indent: str, width: int) -> str:
    return indent.replace("\t", " " * width)


def _tabs(indent: str, width: int) -> str:
    return "\t" * (len(indent) // width) + " " * (len(indent) % width)


def _width(indent: str) -> int:
    return len(indent.expandtabs(_TAB))


def _function(pairs: Sequence[tuple[str, str]]) -> dict[str, str] | None:
    known: dict[str, str] = {}
    for here, there in pairs:
        if known.setdefault(here, there) != there:
            return None
    return known
