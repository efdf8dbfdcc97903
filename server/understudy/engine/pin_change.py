"""What the user pins and bans of the context: places in a text become definitions that may move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.config.pin_record import PinChange, load_pins, save_pins
from understudy.context.weights import kind_of_task
from understudy.core.failures import BadRequestError
from understudy.engine.material import spots_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.config.pin_record import Pin
    from understudy.engine.services import Services
    from understudy.index.facts import Definition, Index
    from understudy.workspace.view import View


def change_pins(change: PinChange, view: View, services: Services) -> None:
    """Keep what the user pins and bans for the folder and the kind of the task. Writes a file.

    Raises:
        BadRequestError: the document is in no folder or is to be banned itself, a place is not in the
            folder, or nothing is pinned or banned where a pin or ban is taken back.
        RefusedError: it can't be written.
    """
    root, index = view.root, services.index(view)
    if root is None or index is None:
        raise BadRequestError(f"`{view.name}` is in no folder whose index is kept.")
    if any(one.path == view.name for one in change.ban):
        raise BadRequestError(f"`{view.name}` is the file that is worked on, and can't be banned.")
    kind = kind_of_task(services.task.id)
    now = load_pins(root, kind)
    pin = tuple(_named(index, one) for one in change.pin)
    ban = tuple(_named(index, one) for one in change.ban)
    full = PinChange(
        pin=pin,
        ban=ban,
        unpin=(
            *_taken_back(index, now.pinned, change.unpin, "pinned"),
            *_same(index, now.pinned, ban),
        ),
        unban=(
            *_taken_back(index, now.banned, change.unban, "banned"),
            *_same(index, now.banned, pin),
        ),
    )
    save_pins(root, kind, full.applied(now))


def _named(index: Index, pin: Pin) -> Pin:
    """The innermost definition that holds a place; the place itself where none does."""
    if index.text(pin.path) is None:
        raise BadRequestError(f"`{pin.path}` is no file of the workspace that can be shown.")
    found = _around(index, pin.path, pin.line)
    return replace(pin, line=found[-1].first, name=found[-1].name) if found else pin


def _same(index: Index, pins: tuple[Pin, ...], places: Iterable[Pin]) -> Iterator[Pin]:
    """Those of the pins that are at one of the places now, or were when they were made."""
    spots = {one.place for one in places}
    for pin, spot in zip(pins, spots_of(index, pins), strict=True):
        if spot in spots or pin.place in spots:
            yield pin


def _taken_back(
    index: Index, pins: tuple[Pin, ...], places: Iterable[Pin], done: str
) -> Iterator[Pin]:
    """What was pinned at the places, as the user sees it: the whole piece is listed by its first line."""
    for place in places:
        found = [*_same(index, pins, [place])] or _holding(index, pins, place)
        found = found or _within(index, pins, place)
        if not found:
            raise BadRequestError(f"Nothing is {done} at `{place.path}:{place.line + 1}`.")
        yield from found


def _holding(index: Index, pins: tuple[Pin, ...], place: Pin) -> list[Pin]:
    """The pins of the innermost pinned definition that holds a place."""
    for one in reversed(_around(index, place.path, place.line)):
        found = [*_same(index, pins, [replace(place, line=one.first)])]
        if found:
            return found
    return []


def _within(index: Index, pins: tuple[Pin, ...], place: Pin) -> list[Pin]:
    """The pins in the outermost definition that holds a place, which are shown as a part of it."""
    around = _around(index, place.path, place.line)[:1]
    return [
        pin
        for pin, (path, line) in zip(pins, spots_of(index, pins), strict=True)
        if path == place.path and any(_holds(one, line) for one in around)
    ]


def _around(index: Index, path: str, line: int) -> list[Definition]:
    """The definitions that hold a line, from the outside in."""
    facts = index.facts(path)
    return [one for one in (facts.definitions if facts else ()) if _holds(one, line)]


def _holds(one: Definition, line: int) -> bool:
    return one.first <= line < max(one.stop, one.first + 1)
