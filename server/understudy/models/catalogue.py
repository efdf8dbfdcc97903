"""What is known about models from the start: a file that a script writes, and the user's renewal.

A row of the file:

- `window`, `output`: tokens of the context window and of one answer;
- `in`, `out`, `read`, `write`: US dollars for a million tokens of prompt, answer, prompt read from
  the provider's cache and prompt put into it;
- `long`: from how many tokens of prompt on other prices count, and those for prompt and answer;
- `can`: capabilities; `schema`: `schema` or `json`; `params`: parameters that it takes;
- `ends`: the day on which its provider retires it;
- `from`: the number of its source, each of which has a name and a day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from understudy.config.paths import state_folder
from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_FORMAT = 1
_MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rows as the file has them.

    Attributes:
        models: by id, `provider/name`.
        families: models with open weights, by the name that their names begin with.
        sources: each with `name` and `as_of`.
    """

    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    families: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sources: tuple[Mapping[str, str], ...] = ()

    @property
    def as_of(self) -> str:
        """The newest day of its sources; days compare as texts."""
        return max((str(source.get("as_of", "")) for source in self.sources), default="")

    def source(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """Where a row is from, and of which day it is, as `2026-11-22`."""
        number = row.get("from")
        if isinstance(number, int) and 0 <= number < len(self.sources):
            found = self.sources[number]
            return str(found.get("name", "")), str(found.get("as_of", ""))
        return "", ""


def renewal_file() -> Path:
    """The user's own, newer catalogue."""
    return state_folder() / "catalogue.json"


def catalogue() -> Catalogue:
    """The user's catalogue when it can be read and is no older than the one that came with us.

    Reads a file when it changed.
    """
    path = renewal_file()
    try:
        found = path.stat()
    except OSError:
        return shipped()
    renewed = _renewed(path, found.st_mtime_ns, found.st_size)
    return shipped() if renewed is None or renewed.as_of < shipped().as_of else renewed


@cache
def shipped() -> Catalogue:
    """The catalogue that came with us. Reads a file once."""
    # Costs more to import than all else here.
    from importlib import resources

    file = resources.files("understudy.models").joinpath("catalogue.json")
    with resources.as_file(file) as path:
        return _read(read_plain(path, _MAX_BYTES))


@cache
def _renewed(path: Path, _changed_ns: int, size: int) -> Catalogue | None:
    if size > _MAX_BYTES:
        return None
    try:
        return _read(read_plain(path, _MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return None


def _read(content: bytes) -> Catalogue:
    """Raises ValueError for what is no catalogue of this format."""
    found = json.loads(content)
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise ValueError("no catalogue of this format")
    models, families, sources = (found.get(key) for key in ("models", "families", "sources"))
    if not isinstance(models, dict) or not isinstance(families, dict):
        raise ValueError("models and families must be objects")  # noqa: TRY004 (one error for all)
    if not all(isinstance(row, dict) for row in (*models.values(), *families.values())):
        raise ValueError("a row must be an object")
    listed = sources if isinstance(sources, list) else []
    return Catalogue(models, families, tuple(one for one in listed if isinstance(one, dict)))


def write_catalogue(
    path: Path,
    models: Mapping[str, Mapping[str, Any]],
    families: Mapping[str, Mapping[str, Any]],
    sources: Iterable[Mapping[str, str]],
) -> None:
    """Write a catalogue with one row on each line, at once or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    head = f'{{"format": {_FORMAT},\n"sources": {json.dumps(list(sources))},\n'
    text = f'{head}"models": {_object(models)},\n"families": {_object(families)}}}\n'
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)


def _object(rows: Mapping[str, Mapping[str, Any]]) -> str:
    lines = (
        f"{json.dumps(key)}: {json.dumps(row, separators=(',', ':'))}"
        for key, row in sorted(rows.items())
    )
    return "{\n" + ",\n".join(lines) + "\n}"
