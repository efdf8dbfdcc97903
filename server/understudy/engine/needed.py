"""Which changes of an edit have to do with the one problem that it is to mend."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from understudy.index.extraction import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.engine.evidence import Facts
    from understudy.engine.hunks import Hunk
    from understudy.index.facts import Definition
    from understudy.workspace.diagnostics import Diagnostic

_RUN = frozenset({"function", "method"})
_TYPES = frozenset({"class", "type"})
_MAKERS = frozenset({"__init__", "__new__", "constructor", "new"})
"""Methods that are called by the name of their class."""
_NAME = re.compile(r"[^\W\d]\w*")
_QUOTED = re.compile(r"[`'\"\u2018\u201c]([^`'\"\u2019\u201d\n]{1,200})[`'\"\u2019\u201d]")
_ABOVE = re.compile(r"\w+(?:\.|::|->)(?=\w)")
"""What stands before the last part of a dotted name."""
_LONGEST = 2_000


@dataclass(frozen=True)
class Piece:
    """A hunk and the definition that it lies in; None for none.

    That is the outermost function around it, or else what is innermost.
    """

    hunk: Hunk
    home: Definition | None

    @cached_property
    def old(self) -> frozenset[str]:
        """The words of its old lines."""
        return words_of(self.hunk.old)

    @cached_property
    def new(self) -> frozenset[str]:
        """The words of its new lines."""
        return words_of(self.hunk.new)


@dataclass
class Need:
    """What a problem needs changed, as far as it is known.

    Attributes:
        names: what changes of it have to do with.
        homes: names of definitions that may change for it.
        heads: names of those that get other parameters or types.
        used: words that needed changes bring.
        fixed: lines with other problems that are gone.
        is_near: whether names count that are new to a definition, though not to the text.
    """

    found: Sequence[Definition]
    before: frozenset[str]
    lines: Sequence[str]
    after: frozenset[str]
    names: set[str]
    homes: set[str]
    fixed: frozenset[int]
    is_near: bool = False
    heads: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(
        cls, facts: Facts, target: Diagnostic, found: Sequence[Definition], own: Definition | None
    ) -> Need:
        """What a diagnostic needs.

        Args:
            facts: of the edit.
            target: the diagnostic.
            found: what the text defines.
            own: the definition in which the diagnostic stands; None for none.
        """
        index = facts.before.index
        marked = index.lines[index.line_of(target.span.start)]
        around = words_of(index.lines[own.first : own.stop]) if own is not None else frozenset()
        types = {one.name for one in found if one.kind in _TYPES}
        names = _named(target.message[:_LONGEST], marked)
        return cls(
            found,
            words_of(index.lines),
            index.lines,
            words_of((facts.after,)),
            names=names,
            homes=names | words_of((marked,)) | (types & around),
            fixed=frozenset(index.line_of(one.span.start) for one in facts.comparison.fixed),
        )

    def takes(self, piece: Piece) -> bool:
        """Whether a change belongs to the problem."""
        home = piece.home
        if not self.names.isdisjoint(piece.old ^ piece.new):
            return True
        if not self.heads.isdisjoint(piece.old | piece.new):
            return True
        if home is None:
            return False
        called = _called(home, self.found)
        known = not called.isdisjoint(self.homes | self.heads)
        if known or any(one in self.fixed for one in range(home.first, home.stop)):
            return True
        # What is called now may get other parameters for it; what it does is no part of that.
        fits = home.kind not in _RUN or any(one in _head(home) for one in lines_of(piece.hunk))
        return fits and not called.isdisjoint(self.used)

    def is_about(self, piece: Piece) -> bool:
        """Whether a change by itself has to do with the problem, wherever it stands."""
        old, new = piece.old, piece.new
        if not self.names.isdisjoint(old ^ new) or not self.heads.isdisjoint(old | new):
            return True
        return any(one in self.fixed for one in piece.hunk.touched)

    def learn(self, piece: Piece) -> None:
        """Take in what a change that belongs to the problem makes necessary."""
        old, new = piece.old, piece.new
        known = self.before
        if self.is_near and piece.home is not None:
            known = old | words_of(self.lines[_head(piece.home).stop : piece.home.stop])
        self.names |= (new - known) | (old - self.after)
        self.used |= new - old
        for one in self.found:
            if any(line in _head(one) for line in lines_of(piece.hunk)):
                self.heads |= _called(one, self.found)


def _named(message: str, marked: str) -> set[str]:
    """What a diagnostic names: what it quotes, of dotted names the last part, or words of the line."""
    quoted = " ".join(_QUOTED.findall(message))
    if quoted:
        return set(_NAME.findall(_ABOVE.sub("", quoted)))
    return set(_NAME.findall(_ABOVE.sub("", message))) & set(_NAME.findall(marked))


def _called(one: Definition, found: Sequence[Definition]) -> frozenset[str]:
    """The names under which others know a definition."""
    holder = found[one.parent].name if one.parent >= 0 else one.owner
    return frozenset({one.name, holder} if one.name in _MAKERS else {one.name})


def _head(one: Definition) -> range:
    return range(one.first, max(one.body, one.head + 1))


def is_with(home: Definition, own: Definition | None, at: int) -> bool:
    """Whether a definition holds the problem, or stands in what holds it."""
    around = own is not None and own.first <= home.first and home.stop <= own.stop
    return around or home.first <= at < home.stop


def home_of(found: Sequence[Definition], lines: range) -> Definition | None:
    """The outermost function around some lines, or else the innermost definition; None for none."""
    around = [one for one in found if one.first <= lines.start and lines.stop <= one.stop]
    functions = [one for one in around if one.kind in _RUN]
    return functions[0] if functions else (around[-1] if around else None)


def lines_of(hunk: Hunk) -> range:
    """The lines of code that a hunk changes, or those on either side of what it puts in."""
    told = [number for number, line in enumerate(hunk.old, hunk.first) if line.strip()]
    return range(told[0], told[-1] + 1) if told else range(hunk.first - 1, hunk.first + 1)


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """The names and words in some lines."""
    return frozenset(_NAME.findall("".join(lines)))


@lru_cache(maxsize=4)
def definitions(text: str, language: str) -> tuple[Definition, ...]:
    """What a text defines. Remembered for the last few texts."""
    return facts_of("", language, text, keep=True).definitions
