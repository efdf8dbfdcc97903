"""Conditions of fragments that never hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.prompt.choosing import ASKS, matches
from understudy.prompt.keys import ALL_OF, GIVEN_FOR, VARIABLES
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.prompt.fragment import Reading
    from understudy.prompt.front_matter import Entry, Word

    Names = Mapping[str, frozenset[str]]

_OPEN = frozenset({"model", "family", "provider", "capability"})
"""Keys whose values are known only as far as they are set up."""
_NEVER = "never_selected"
_PROBLEMS = frozenset({"problem", "problems"})


@dataclass(frozen=True, slots=True)
class World:
    """What exists in rooms that fragments can't look into.

    Attributes:
        names: by the keys of `when`.
        asks: by task, what it can ask for.
        rules: by edit format, what a model is told about how to answer.
    """

    names: Names = field(default_factory=lambda: MappingProxyType({}))
    asks: Names = field(default_factory=lambda: MappingProxyType({}))
    rules: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def words_of(reading: Reading, key: str) -> tuple[Word, ...]:
    """The values of a key."""
    return next((one.words for one in reading.front.entries if one.key.text == key), ())


def impossible(reading: Reading, world: World) -> Iterator[Trouble]:
    """Values that do not exist, and conditions that never hold."""
    below = next((one.below for one in reading.front.entries if one.key.text == "when"), ())
    for entry in below:
        yield from _unknown(entry, world)
        if _refuses_itself(entry):
            message = "This fragment is never taken: each of the values is excluded again."
            yield Trouble(entry.key.span, message, "warning", _NEVER)
    entries = {entry.key.text: entry for entry in below}
    if {"asks", "taskKind"} <= entries.keys() and world.asks:
        yield from _apart(entries["taskKind"], entries["asks"], world)
    yield from _has_never(entries)
    if "hasDiagnostics" in entries and _is_apart_from_problems(entries):
        message = "This fragment is never taken: the other conditions say otherwise about problems."
        yield Trouble(entries["hasDiagnostics"].key.span, message, "warning", _NEVER)


def _unknown(entry: Entry, world: World) -> Iterator[Trouble]:
    known = world.names.get(entry.key.text)
    if entry.key.text == "has":
        known = frozenset(VARIABLES)
    if known is None:
        return
    unknown = [word for word in entry.words if word.text.lstrip("!") not in known]
    unknown = [word for word in unknown if not any(mark in word.text for mark in "*?[")]
    is_open = entry.key.text in _OPEN
    for word in unknown:
        message = f"There is no `{entry.key.text}` called `{word.text.lstrip('!')}`."
        yield Trouble(word.span, message, "hint" if is_open else "warning", "unknown_value")
    if unknown and len(unknown) == len(entry.words) and not is_open:
        message = "This fragment is never taken: none of the values exists."
        yield Trouble(entry.key.span, message, "warning", _NEVER)


def _refuses_itself(entry: Entry) -> bool:
    """Whether every value that a condition asks for is one that it refuses as well."""
    refused = [word.text[1:].strip() for word in entry.words if word.text.startswith("!")]
    asked = [word.text for word in entry.words if not word.text.startswith("!")]
    vain = [any(fnmatchcase(one, no) for no in refused) for one in asked]
    return any(vain) if entry.key.text in ALL_OF else bool(vain) and all(vain)


def _is_apart_from_problems(entries: Mapping[str, Entry]) -> bool:
    """Whether problems are asked for that `hasDiagnostics` refuses, or the other way round."""
    wanted = _texts(entries["hasDiagnostics"])
    has = _texts(entries["has"]) if "has" in entries else ()
    asks = _texts(entries["asks"]) if "asks" in entries else ()
    if not matches(wanted, frozenset({"true"})):
        # A fix is always that of a problem.
        return bool(_PROBLEMS & set(has)) or _possible(asks) == ["fix"]
    refused = {one[1:].strip() for one in has if one.startswith("!")}
    return not matches(wanted, frozenset({"false"})) and refused >= _PROBLEMS


def _possible(asks: tuple[str, ...]) -> list[str]:
    """What can be asked for under a condition."""
    return [one for one in ASKS if matches(asks, frozenset({one}))]


def _has_never(entries: Mapping[str, Entry]) -> Iterator[Trouble]:
    """Variables that hold nothing whenever the condition on what is asked for holds."""
    possible = _possible(_texts(entries["asks"]) if "asks" in entries else ())
    for word in entries["has"].words if "has" in entries else ():
        if not GIVEN_FOR.get(word.text, frozenset(ASKS)) & set(possible):
            message = (
                f"This fragment is never taken: `{word.text}` holds nothing where `asks` does."
            )
            yield Trouble(word.span, message, "warning", _NEVER)


def _apart(tasks: Entry, asks: Entry, world: World) -> Iterator[Trouble]:
    """Tasks none of which asks for what is wanted."""
    kinds, wanted = _texts(tasks), _texts(asks)
    meant = [task for task in world.asks if matches(kinds, frozenset({task}))]
    possible = any(matches(wanted, frozenset({one})) for task in meant for one in world.asks[task])
    if meant and not possible:
        message = "This fragment is never taken: no task of `taskKind` asks for this."
        yield Trouble(asks.key.span, message, "warning", _NEVER)


def _texts(entry: Entry) -> tuple[str, ...]:
    return tuple(word.text for word in entry.words)
