"""What the user pinned and banned of what models are shown, by workspace folder and kind of task.

It lies in the user's state folder, one file for each workspace folder, and never in a workspace: what
a model is shown of other people's code is not for them to say.
"""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from understudy.config.paths import state_folder
from understudy.config.trust_record import folder_key
from understudy.core.failures import RefusedError
from understudy.core.plain_files import read_plain
from understudy.core.replacing import replace_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

log = logging.getLogger("understudy.context")

_VERSION = 1
_MAX_BYTES = 1_000_000
_MOST = 200
"""So many places of one kind are remembered; the oldest ones go first."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A place in a workspace.

    Attributes:
        path: below the workspace folder, with `/`.
        line: where the piece began when the user named it, counted from 0.
        name: what was defined there, by which it is found after it moved; empty where that is not
            known. It says nothing about whether two are the same place.
    """

    path: str
    line: int
    name: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """What tells it from others."""
        return self.path, self.line


@dataclass(frozen=True, slots=True)
class Pins:
    """What is always shown, as far as it fits, and what never is, in the order of the asking."""

    pinned: tuple[Pin, ...] = ()
    banned: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class PinChange:
    """What the user asks for. Pinning a place ends its ban, and the other way round."""

    pin: tuple[Pin, ...] = ()
    ban: tuple[Pin, ...] = ()
    unpin: tuple[Pin, ...] = ()
    unban: tuple[Pin, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.pin or self.ban or self.unpin or self.unban)

    def applied(self, pins: Pins) -> Pins:
        """The pins after the change."""
        return replace(
            pins,
            pinned=_with(_without(pins.pinned, (*self.unpin, *self.ban)), self.pin),
            banned=_with(_without(pins.banned, (*self.unban, *self.pin)), self.ban),
        )


def load_pins(root: Path | None, kind: str) -> Pins:
    """What was pinned and banned in a folder for a kind of task. Reads one file; never raises."""
    found = _kinds(root).get(kind) if root is not None else None
    if not isinstance(found, dict):
        return Pins()
    return Pins(_read(found.get("pin")), _read(found.get("ban")))


def save_pins(root: Path, kind: str, pins: Pins) -> None:
    """Keep what was pinned and banned in a folder for a kind of task.

    Raises:
        RefusedError: when it can't be written.
    """
    kinds = {
        **_kinds(root),
        kind: {
            "pin": [_row(one) for one in pins.pinned],
            "ban": [_row(one) for one in pins.banned],
        },
    }
    path = _file(root)
    text = json.dumps({"version": _VERSION, "root": folder_key(root), "kinds": kinds}, indent=2)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_text(path, text + "\n")
    except OSError as failure:
        message = f"`{path}` can't be written ({failure.strerror}), so nothing is pinned or banned."
        raise RefusedError(message) from failure


def _kinds(root: Path) -> dict[str, Any]:
    path = _file(root)
    try:
        found = json.loads(read_plain(path, _MAX_BYTES).decode())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError, RefusedError) as failure:
        log.warning("`%s` does not count: %s", path, failure)
        return {}
    kinds = found.get("kinds") if isinstance(found, dict) else None
    return kinds if isinstance(kinds, dict) and found.get("version") == _VERSION else {}


def _file(root: Path) -> Path:
    key = blake2b(folder_key(root).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return state_folder() / "pins" / f"{key}.json"


def _row(pin: Pin) -> list[object]:
    return [pin.path, pin.line, pin.name]


def _read(rows: object) -> tuple[Pin, ...]:
    """The places of a list; what is none is passed over."""
    found = []
    for row in rows if isinstance(rows, list) else ():
        with suppress(TypeError, ValueError):
            path, line, name = row
            if isinstance(path, str) and type(line) is int and line >= 0 and isinstance(name, str):
                found.append(Pin(path, line, name))
    return tuple(found)


def _without(pins: Iterable[Pin], gone: Iterable[Pin]) -> tuple[Pin, ...]:
    places = {one.place for one in gone}
    return tuple(one for one in pins if one.place not in places)


def _with(pins: tuple[Pin, ...], more: tuple[Pin, ...]) -> tuple[Pin, ...]:
    return (*_without(pins, more), *{one.place: one for one in more}.values())[-_MOST:]
