"""What was imported from where: one line for each file, with its hash and the lessons that came of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from understudy.config.paths import state_folder
from understudy.core.failures import UnavailableError
from understudy.core.json_rows import rows_in
from understudy.core.plain_files import read_plain
from understudy.learning.state_files import alone, write_state

_FILE, _LOCK = "imports.jsonl", "imports.lock"
_MOST_BYTES = 4 * 1024 * 1024
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Source:
    """One import.

    Attributes:
        tag: the name that its lessons bear.
        hash: SHA-256 of the file.
        file: its name.
        at_us: when, in microseconds since 1970.
        lessons: ids of the lessons that came into the queue.
    """

    tag: str
    hash: str
    file: str
    at_us: int
    lessons: tuple[str, ...]

    def is_called(self, name: str) -> bool:
        """Whether a person means it: by its tag, or by the beginning of its hash."""
        return name == self.tag or (len(name) >= _SHORTEST and self.hash.startswith(name.lower()))


def sources() -> tuple[Source, ...]:
    """All that was imported and not revoked; lines that can't be read count as not written."""
    try:
        return _known()
    except UnavailableError:
        return ()


def note_source(source: Source) -> None:
    """Remember an import; another of the same file under the same tag takes its place.

    Raises:
        UnavailableError: it can't be written.
    """
    with alone(state_folder() / _LOCK):
        known = _known()
        same = [one for one in known if (one.tag, one.hash) == (source.tag, source.hash)]
        ids = [id_ for one in same for id_ in one.lessons]
        lessons = tuple(dict.fromkeys((*ids, *source.lessons)))
        _write([*(one for one in known if one not in same), replace(source, lessons=lessons)])


def forget_source(source: Source) -> None:
    """Forget an import.

    Raises:
        UnavailableError: it can't be written.
    """
    with alone(state_folder() / _LOCK):
        _write([one for one in _known() if one != source])


def _known() -> tuple[Source, ...]:
    """As `sources`, but what can't be read at all is not taken for nothing."""
    path = state_folder() / _FILE
    try:
        text = read_plain(path, _MOST_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise UnavailableError(f"`{path}` can't be read: {error}") from error
    found = map(_read, rows_in(text))
    return tuple(one for one in found if one is not None)


def _write(found: list[Source]) -> None:
    text = "".join(f"{json.dumps(asdict(one))}\n" for one in found)
    write_state(state_folder() / _FILE, text)


def _read(row: dict[str, Any]) -> Source | None:
    match row:
        case {
            "tag": str() as tag,
            "hash": str() as digest,
            "file": str() as file,
            "at_us": int() as at_us,
            "lessons": list() as lessons,
        }:
            return Source(tag, digest, file, at_us, tuple(map(str, lessons)))
        case _:
            return None
