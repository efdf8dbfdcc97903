"""What code did beside its values and does no more in another version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.context.code_units import rest_of, units
from understudy.context.compared import Compared
from understudy.context.done_alike import is_done
from understudy.context.done_here import here
from understudy.context.exits import ends_with_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.context.code_units import Path, Unit
    from understudy.context.done_here import Here
    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_MOST_ROUNDS = 5


class _Version(NamedTuple):
    """A text, its functions, and which of them words may mean."""

    source: Source
    units: Mapping[Path, Unit]
    by_word: Mapping[str, tuple[Path, ...]]


def lost_effect(old: Source, new: Source, grammar: Grammar) -> str:
    """The first thing that a function did and nothing does in its place; empty for none.

    A call whose value nobody used, what was stored where others see it, sent, yielded, or held over a
    block. Ends with an error are left out. What another function does that is called for it now, and
    what is said otherwise, is done.
    """
    was, now = _version(old), _version(new)
    rests = rest_of(old, was.units), rest_of(new, now.units)
    given = _given_anew(*rests, old, new)
    pairs = [(unit, now.units[path]) for path, unit in was.units.items() if path in now.units]
    for unit, other in (*pairs, rests):
        if _text(unit, old) == _text(other, new):
            continue
        before = here(unit.parts, old)
        compared = Compared(before, _with_called(before, here(other.parts, new), was, now))
        inlined = _inlined(compared, was)
        for one in before.effects:
            if one.name in given or one.name in inlined or ends_with_error(one.text, grammar):
                continue
            if not is_done(one, compared):
                return one.text
    return ""


def _version(source: Source) -> _Version:
    found = units(source)
    by_word: dict[str, tuple[Path, ...]] = {}
    for path in found:
        for name in path:
            by_word[name] = (*by_word.get(name, ()), path)
    return _Version(source, found, by_word)


def _given_anew(was: Unit, now: Unit, old: Source, new: Source) -> frozenset[str]:
    """What gets a value outside of all functions that it did not get there before."""
    if _text(was, old) == _text(now, new):
        return frozenset()
    before, after = here(was.parts, old), here(now.parts, new)
    return frozenset(
        name for name, texts in after.named.items() if texts - before.named.get(name, frozenset())
    )


def _text(unit: Unit, source: Source) -> str:
    return "\n".join(source.word(one) for one in unit.parts)


def _with_called(before: Here, after: Here, was: _Version, now: _Version) -> Here:
    """What a function does, with what those do that are new, or that it called less often before."""
    added: set[Path] = set()
    for _ in range(_MOST_ROUNDS):
        words = [one for one in after.words if after.words[one] > before.words[one]]
        more = [one for one in _meant(words, was, now) if one not in added]
        if not more:
            break
        added.update(more)
        after = after.joined([here(now.units[path].parts, now.source) for path in more])
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
            own = here(was.units[path].parts, was.source) if word == path[-1] else None
            if own is not None and (not own.effects or any(map(compared.comes, own.names))):
                found.add(word)
    return frozenset(found)
