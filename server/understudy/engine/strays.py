"""Changes to definitions that have nothing to do with the one problem that an edit is to mend."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.engine.hunks import hunks_of
from understudy.engine.identity import same_matter
from understudy.engine.same_code import same_code
from understudy.engine.traits import tools_own
from understudy.index.extraction import facts_of, is_indexed

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
_SHOWN = 80


class _Piece(NamedTuple):
    """A hunk and the definition that it lies in; None for none.

    That is the outermost function around it, or else what is innermost.
    """

    hunk: Hunk
    home: Definition | None

    @property
    def old(self) -> frozenset[str]:
        return _words(self.hunk.old)

    @property
    def new(self) -> frozenset[str]:
        return _words(self.hunk.new)


def strays(facts: Facts) -> str:
    """That an edit changes a definition which the problem does not need changed, as a clause.

    The problem needs definitions that its diagnostic or the marked line names, those in which another
    diagnostic is gone as well, and those with a change that has to do with names which needed changes
    bring, take away or give other parameters. Empty for nothing else, and where there is more than one
    problem.
    """
    target, index, language = facts.target, facts.before.index, facts.before.language
    if facts.rule or target is None or facts.wished or not is_indexed(language):
        return ""
    if not all(same_matter(one, target) for one in facts.besides) or tools_own(facts):
        return ""
    hunks = hunks_of(index, facts.edits)
    if len(hunks) < 2:
        return ""
    at = index.line_of(target.span.start)
    found = _definitions(index.text, language)
    own = _home(found, range(at, at + 1))
    pieces = [
        _Piece(one, _home(found, _lines(one)))
        for one in hunks
        if not same_code("".join(one.old), "".join(one.new), language)
    ]
    away = _unneeded(pieces, _Need.of(facts, target, found, own), own, at)
    if away is None:
        return ""
    return f"The edit changes `{away.name[:_SHOWN]}` too, which the problem does not need"


def _unneeded(
    pieces: Sequence[_Piece], need: _Need, own: Definition | None, at: int
) -> Definition | None:
    """The first definition with a change that nothing asks for; None where there is none."""
    left: list[tuple[_Piece, Definition]] = []
    begun = False
    for one in pieces:
        if one.home is not None and not _is_with(one.home, own, at):
            left.append((one, one.home))
            continue
        begun = begun or one.home is not None or own is None or need.takes(one)
        need.learn(one)
    while left:
        homes = {home for one, home in left if need.takes(one)}
        needed = [pair for pair in left if pair[1] in homes]
        if not needed:
            break
        left = [pair for pair in left if pair not in needed]
        for one, _ in needed:
            need.learn(one)
        begun = True
    return left[0][1] if left and begun else None


@dataclass
class _Need:
    """What a problem needs changed, as far as it is known.

    Attributes:
        names: what changes of it have to do with.
        homes: names of definitions that may change for it.
        heads: names of those that get other parameters or types.
        used: words that needed changes bring.
        fixed: lines with other problems that are gone.
    """

    found: Sequence[Definition]
    before: frozenset[str]
    after: frozenset[str]
    names: set[str]
    homes: set[str]
    fixed: frozenset[int]
    heads: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(
        cls, facts: Facts, target: Diagnostic, found: Sequence[Definition], own: Definition | None
    ) -> _Need:
        index = facts.before.index
        marked = index.lines[index.line_of(target.span.start)]
        around = _words(index.lines[own.first : own.stop]) if own is not None else frozenset()
        types = {one.name for one in found if one.kind in _TYPES}
        names = _named(target.message[:_LONGEST], marked)
        return cls(
            found,
            _words(index.lines),
            _words((facts.after,)),
            names=names,
            homes=names | _words((marked,)) | (types & around),
            fixed=frozenset(index.line_of(one.span.start) for one in facts.comparison.fixed),
        )

    def takes(self, piece: _Piece) -> bool:
        """Whether a change belongs to the problem."""
        old, new, home = piece.old, piece.new, piece.home
        if not self.names.isdisjoint(old ^ new) or not self.heads.isdisjoint(old | new):
            return True
        if home is None:
            return False
        called = _called(home, self.found)
        known = not called.isdisjoint(self.homes | self.heads)
        if known or any(one in self.fixed for one in range(home.first, home.stop)):
            return True
        # What is called now may get other parameters for it; what it does is no part of that.
        fits = home.kind not in _RUN or any(one in _head(home) for one in _lines(piece.hunk))
        return fits and not called.isdisjoint(self.used)

    def learn(self, piece: _Piece) -> None:
        """Take in what a change that belongs to the problem makes necessary."""
        old, new = piece.old, piece.new
        self.names |= (new - self.before) | (old - self.after)
        self.used |= new - old
        for one in self.found:
            if any(line in _head(one) for line in _lines(piece.hunk)):
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


def _is_with(home: Definition, own: Definition | None, at: int) -> bool:
    """Whether a definition holds the problem, or stands in what holds it."""
    around = own is not None and own.first <= home.first and home.stop <= own.stop
    return around or home.first <= at < home.stop


def _home(found: Sequence[Definition], lines: range) -> Definition | None:
    around = [one for one in found if one.first <= lines.start and lines.stop <= one.stop]
    functions = [one for one in around if one.kind in _RUN]
    return functions[0] if functions else (around[-1] if around else None)


def _lines(hunk: Hunk) -> range:
    """The lines of code that a hunk changes, or those on either side of what it puts in."""
    told = [number for number, line in enumerate(hunk.old, hunk.first) if line.strip()]
    return range(told[0], told[-1] + 1) if told else range(hunk.first - 1, hunk.first + 1)


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(_NAME.findall("".join(lines)))


@lru_cache(maxsize=4)
def _definitions(text: str, language: str) -> tuple[Definition, ...]:
    return facts_of("", language, text, keep=True).definitions
