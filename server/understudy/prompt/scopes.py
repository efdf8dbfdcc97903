"""Which names there are at a place of a fragment, found the way in which rendering finds their values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.prompt.choosing import ASKS, matches
from understudy.prompt.keys import CHOSEN_BY, VARIABLES, Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from understudy.prompt.template import Block

    When = Mapping[str, tuple[str, ...]]

OF_ITEM: Mapping[str, Known] = MappingProxyType(
    {
        "@index": Known("number", "the item's place in the list, counted from 0", is_always=True),
        "@number": Known("number", "the item's place, counted from 1", is_always=True),
        "@first": Known("flag", "whether it is the first item", is_always=True),
        "@last": Known("flag", "whether it is the last item", is_always=True),
    }
)
"""What is known of an item of a list beside its parts."""
_ALL = Known("parts", "all that the prompt is filled with", is_always=True, parts=VARIABLES)
_GIVEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "fix": frozenset({"problem", "rules"}),
        "change": frozenset({"wish", "rules"}),
        "words": frozenset({"wish"}),
    }
)
"""What has a value by what is asked for."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The names of the whole prompt, or of a thing or an item within it.

    Attributes:
        this: what the whole of it is.
        sure: rows of names, from here on, that have a value although they need not have one.
    """

    names: Mapping[str, Known]
    this: Known
    sure: frozenset[tuple[str, ...]] = frozenset()


Frames = tuple[Frame, ...]
"""Those around a place, the whole prompt first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a path means at a place.

    Attributes:
        frame: the number of the frame that has it.
        names: the path from there on; empty for the whole of the frame.
        unsure: the shortest part of the path, as it is written, that may have no value.
    """

    known: Known
    frame: int
    names: tuple[str, ...]
    unsure: str = ""


def top(when: When | None = None) -> Frames:
    """What the text of a fragment begins with that is taken under some conditions."""
    names = _certain(when or {})
    return (Frame(VARIABLES, _ALL, frozenset((name,) for name in names)),)


def anywhere() -> Frames:
    """What the text of a fragment may begin with that others include, maybe in the middle of a list."""
    parts = {name: part for one in VARIABLES.values() for name, part in one.parts.items()}
    names = {**parts, **VARIABLES}
    return (Frame({**OF_ITEM, **names}, replace(_ALL, parts=names)),)


def _certain(when: When) -> Iterable[str]:
    """The variables that have a value wherever the conditions hold."""
    yield from when.get("has", ())
    for key, name in CHOSEN_BY.items():
        if any(not one.startswith("!") for one in when.get(key, ())):
            yield name
    asked = [one for one in ASKS if matches(when.get("asks", ()), frozenset({one}))]
    if asked:
        yield from frozenset.intersection(*(_GIVEN[one] for one in asked))


def found_at(path: str, frames: Frames) -> Found | None:
    """What a path means; None for nothing that is known, which has no value either."""
    rest, here = path, frames
    while rest.startswith("../"):
        rest, here = rest.removeprefix("../"), here[:-1] or here
    steps = rest.split(".") if rest != "." else ["this"]
    written = path[: len(path) - len(rest)]
    found = _first(steps[0], here)
    for number, name in enumerate(steps):
        written += f".{name}" if number else name
        if number and found is not None:
            inner = found.known.parts.get(name) if found.known.kind == "parts" else None
            names = (*found.names, name)
            found = replace(found, known=inner, names=names) if inner is not None else None
        if found is None:
            return None
        is_sure = not found.names or found.known.is_always or _is_sure(found, here)
        if not (is_sure or found.unsure):
            found = replace(found, unsure=written)
    return found


def _first(name: str, here: Frames) -> Found | None:
    if name == "this":
        return Found(here[-1].this, len(here) - 1, ())
    if name == "@root":
        return Found(_ALL, 0, ())
    for number in reversed(range(len(here))):
        if name in here[number].names:
            return Found(here[number].names[name], number, (name,))
    return None


def _is_sure(found: Found, here: Frames) -> bool:
    return found.names in here[found.frame].sure


def surer(path: str, frames: Frames) -> Frames:
    """The same where a path holds something: so does all that it is a part of."""
    found = found_at(path, frames)
    if found is None:
        return frames
    frame = frames[found.frame]
    held = (found.names[: count + 1] for count in range(len(found.names)))
    sure = replace(frame, sure=frame.sure.union(held))
    return (*frames[: found.frame], sure, *frames[found.frame + 1 :])


def within(block: Block, frames: Frames) -> Frames:
    """The frames in the body of a block."""
    inside = frames if block.kind == "unless" else surer(block.path, frames)
    if block.kind not in {"each", "with"}:
        return inside
    found = found_at(block.path, frames)
    known = found.known if found is not None else Known("text", "nothing that is known")
    is_item = block.kind == "each"
    this = replace(known, kind="parts" if is_item and known.parts else known.kind, is_always=True)
    names = this.parts if this.kind == "parts" else {}
    named = {block.name: this} if block.name else {}
    return (*inside, Frame({**names, **(OF_ITEM if is_item else {}), **named}, this))


def otherwise(block: Block, frames: Frames) -> Frames:
    """The frames behind the `else` of a block."""
    return surer(block.path, frames) if block.kind == "unless" else frames


def all_names(frames: Frames) -> dict[str, Known]:
    """The names that can be written at a place, the nearest of each."""
    found = {name: known for frame in frames for name, known in frame.names.items()}
    return found if len(frames) == 1 else {**found, "this": frames[-1].this}


def plain(path: str) -> str:
    """A path without what says from where on it is looked up."""
    while path.startswith("../"):
        path = path.removeprefix("../")
    return path.removeprefix("@root.")
