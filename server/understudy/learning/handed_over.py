"""What was prepared for others, confirmed and handed over: files of the user's, and a log of each step.

Each payload lies there byte for byte under its hash, so that what is sent is what was shown, and what
was broken off can go on. Every function blocks.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.config.paths import state_folder
from understudy.core.failures import BadRequestError, RefusedError, UnavailableError
from understudy.core.json_rows import rows_in
from understudy.core.plain_files import read_plain
from understudy.learning.payload import MOST_BYTES, hash_of
from understudy.learning.shares import NO_RUNS, as_rows, of_any_words, read_shares
from understudy.learning.state_files import alone, write_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from understudy.learning.shares import Count, Key, Share

log = logging.getLogger("understudy.learning")

_HASH = re.compile(r"[0-9a-f]{12,64}")
_PAYLOAD, _STEPS, _GIVEN = ".json", ".steps.jsonl", "given.jsonl"
_LOCK = ".lock"
_MOST_LINES_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Payload:
    """Exact bytes, and their SHA-256."""

    text: str
    hash: str


def folder() -> Path:
    """Where all of it lies."""
    return state_folder() / "contributions"


def prepare(text: str, shares: Iterable[Share]) -> Payload:
    """Keep a payload as it is shown.

    Args:
        text: its exact text.
        shares: the runs in it, by lessons of this machine. They stay here.

    Raises:
        UnavailableError: it can't be written.
    """
    made = Payload(text, hash_of(text))
    write_state(folder() / f"{made.hash}{_PAYLOAD}", text)
    note(made, "shown", given=len(_rows(folder() / _GIVEN)), lessons=as_rows(shares))
    return made


def prepared(name: str) -> Payload:
    """The payload with a hash, or with one that begins so, at least twelve digits.

    Raises:
        BadRequestError: there is none.
        RefusedError: its bytes are others than those that were shown.
        UnavailableError: it can't be read.
    """
    given = name.strip().lower()
    found = list(folder().glob(f"{given}*{_PAYLOAD}")) if _HASH.fullmatch(given) else []
    if len(found) != 1:
        raise BadRequestError(f"No lessons with the hash `{name}` were shown. Look at them first.")
    try:
        text = read_plain(found[0], MOST_BYTES + 1).decode("utf-8")
    except (OSError, ValueError) as error:
        raise UnavailableError(f"`{found[0]}` can't be read: {error}") from error
    made = Payload(text, hash_of(text))
    if f"{made.hash}{_PAYLOAD}" != found[0].name:
        raise RefusedError(f"`{found[0]}` was changed after it was shown, so it is not used.")
    return made


def note(payload: Payload, step: str, **about: object) -> None:
    """Write a step of a payload's way down.

    Raises:
        UnavailableError: it can't be written.
    """
    from datetime import UTC, datetime

    told = " ".join(one for one in about.values() if isinstance(one, str))
    log.info("Lessons %s: %s %s", payload.hash[:12], step, told)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with alone(folder() / _LOCK):
        _append(folder() / f"{payload.hash}{_STEPS}", {"at": at, "step": step, **about})


def steps(payload: Payload) -> tuple[str, ...]:
    """The steps that a payload went, in order."""
    return tuple(str(row.get("step", "")) for row in _rows(folder() / f"{payload.hash}{_STEPS}"))


def is_outdated(payload: Payload) -> bool:
    """Whether others were given runs of the same lessons after a payload was shown.

    It holds such runs as well then, which would be counted twice. What was handed over itself can be
    handed over again.

    Raises:
        UnavailableError: what was noted can't be read.
    """
    rows = _rows(folder() / _GIVEN)
    if any(row.get("payload") == payload.hash for row in rows):
        return False
    shown = _shown(payload)
    before = shown.get("given", 0)
    own = {
        key for one in read_shares(shown.get("lessons")) for key in (one.key, of_any_words(one.key))
    }
    later = rows[before if isinstance(before, int) else 0 :]
    return any(one.key in own for row in later for one in read_shares(row.get("lessons")))


def refuse_outdated(payload: Payload) -> None:
    """Stop before runs go out twice; see `is_outdated`.

    Raises:
        RefusedError: others were given runs of the same lessons since.
        UnavailableError: what was noted can't be read.
    """
    if is_outdated(payload):
        raise RefusedError(
            "Since you were shown these lessons, runs of the same ones were handed over, which would be"
            " counted twice. Look at them again."
        )


def note_given(payload: Payload) -> None:
    """Remember that others count a payload, which is done once for each.

    What is written for them, as a file or a patch, counts from then on: nobody sees where it goes.

    Raises:
        UnavailableError: it can't be written.
    """
    path = folder() / _GIVEN
    lessons = as_rows(read_shares(_shown(payload).get("lessons")))
    with alone(folder() / _LOCK):
        if all(row.get("payload") != payload.hash for row in _rows(path)):
            _append(path, {"payload": payload.hash, "lessons": lessons})


def given() -> Mapping[Key, tuple[Count, Count]]:
    """What was handed over so far: runs with each lesson, and without it."""
    found: dict[Key, tuple[Count, Count]] = {}
    for row in _rows(folder() / _GIVEN):
        for one in read_shares(row.get("lessons")):
            inside, without = found.get(one.key, (NO_RUNS, NO_RUNS))
            found[one.key] = (inside + one.inside, without + one.without)
    return found


def _shown(payload: Payload) -> dict[str, Any]:
    """What was noted when a payload was shown the last time; empty where it never was."""
    rows = _rows(folder() / f"{payload.hash}{_STEPS}")
    return next((row for row in reversed(rows) if row.get("step") == "shown"), {})


def _rows(path: Path) -> list[dict[str, Any]]:
    """The lines that can be read."""
    return list(rows_in(_text(path)))


def _text(path: Path) -> str:
    try:
        return read_plain(path, _MOST_LINES_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise UnavailableError(f"`{path}` can't be read: {error}") from error


def _append(path: Path, row: dict[str, Any]) -> None:
    """Add a line: whole, or not at all."""
    write_state(path, f"{_text(path)}{json.dumps(row)}\n")
