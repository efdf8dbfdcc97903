"""What code did beside its values and does no more in another version of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.context.code_units import rest_of, units
from understudy.context.compared import Compared
from understudy.context.done_alike import is_done, is_there
from understudy.context.done_here import here
from understudy.context.exits import ends_with_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.context.code_units import Path, Unit
    from understudy.context.done_here import Here
    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_MOST_ROUNDS = 5
_MOST_WORK = 1_000_000
"""Effects that are asked about times what may be in their place; more takes longer than it is worth."""


@dataclass(frozen=True)
class _Version:
    """A text, its functions with the rest of it, and which of them words may mean."""

    source: Source
    units: Mapping[Path, Unit]
    by_word: Mapping[str, list[Path]]
    known: dict[tuple[Path, ...], Here] = field(default_factory=dict)

    def here(self, paths: tuple[Path, ...]) -> Here:
        """What some functions do. Remembered."""
        if paths not in self.known:
            first, *others = paths
            self.known[paths] = (
                self.here((first,)).joined([self.here((one,)) for one in others])
                if others
                else here(self.units[first].parts, self.source)
            )
        return self.known[paths]

    def text(self, path: Path) -> str:
        """The code of a function."""
        return "\n".join(self.source.word(one) for one in self.units[path].parts)


def lost_effect(old: Source, new: Source, grammar: Grammar) -> str:
    """The first thing that a function did and nothing does in its place; empty for none.

    A call whose value nobody used, what was stored where others see it, sent, yielded, or held over a
    block. Ends with an error are left out. What another function does that is called for it now, and
    what is said otherwise, is done. Nothing is told of changes that are too many to be compared.
    """
    was, now = _version(old), _version(new)
    changed = [path for path in was.units if path in now.units and was.text(path) != now.text(path)]
    given = _given_anew(was, now) if () in changed else frozenset()
    work = 0
    for path in changed:
        before = was.here((path,))
        compared = Compared(before, _with_called(before, now.here((path,)), was, now))
        inlined = _inlined(compared, was)
        asked = [one for one in before.effects if not is_there(one, compared)]
        work += (len(asked) + 1) * compared.after.size
        if work > _MOST_WORK:
            return ""
        for one in asked:
            if one.name in given or one.name in inlined or ends_with_error(one.text, grammar):
                continue
            if not is_done(one, compared):
                return one.text
    return ""


def _version(source: Source) -> _Version:
    found = units(source)
    by_word: dict[str, list[Path]] = {}
    for path in found:
        for name in path:
            by_word.setdefault(name, []).append(path)
    return _Version(source, {**found, (): rest_of(source, found)}, by_word)


def _given_anew(was: _Version, now: _Version) -> frozenset[str]:
    """What gets a value outside of all functions that it did not get there before."""
    before, after = was.here(((),)).named, now.here(((),)).named
    return frozenset(name for name, texts in after.items() if texts - before.get(name, frozenset()))


def _with_called(before: Here, after: Here, was: _Version, now: _Version) -> Here:
    """What a function does, with what those do that are new, or that it called less often before."""
    added: set[Path] = set()
    for _ in range(_MOST_ROUNDS):
        words = [one for one in after.words if after.words[one] > before.words[one]]
        more = [one for one in _meant(words, was, now) if one not in added]
        if not more:
            break
        added.update(more)
        after = after.joined([now.here(tuple(more))])
    return after


def _meant(words: Iterable[str], was: _Version, now: _Version) -> list[Path]:
    """The functions that words may mean: new ones by the names of their classes as well."""
    found = [
        path for word in words for path in now.by_word.get(word, ()) if _is_meant(word, path, was)
    ]
    return list(dict.fromkeys(found))


def _is_meant(word: str, path: Path, was: _Version) -> bool:
    return word == path[-1] or path not in was.units


def _inlined(compared: Compared, was: _Version) -> frozenset[str]:
    """The functions that a function called, and part of which it does itself now."""
    before, after = compared.before, compared.after
    less = [one for one in before.words if before.words[one] > after.words[one]]
    found: set[str] = set()
    for word in less:
        for path in was.by_word.get(word, ()):
            own = was.here((path,)) if word == path[-1] else None
            if own is not None and (not own.effects or any(map(compared.comes, own.names))):
                found.add(word)
    return frozenset(found)
