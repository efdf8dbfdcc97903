"""A newer catalogue out of a package or file that the user has: what it would change, and changing it.

Nothing is downloaded here, and nothing counts before someone looked at it.
"""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.core.failures import BadRequestError
from understudy.models.catalogue import catalogue, renewal_file, write_catalogue
from understudy.models.importing import read_table, read_wheel, rows
from understudy.models.models_dev import is_of_models_dev, rows_of_models_dev

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from understudy.models.importing import Row

_COMPARED = ("window", "output", "in", "out", "read", "write", "ends")
_NAMES = {
    "window": "context window",
    "output": "longest answer",
    "in": "price of prompt",
    "out": "price of answer",
    "read": "price of cached prompt",
    "write": "price of caching",
    "ends": "retired on",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a newer catalogue says otherwise about one model; None: nothing.

    Attributes:
        what: for people; `new` for a model that was not known.
    """

    model: str
    what: str
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """A newer catalogue that does not count yet. `source` names the one who wrote it."""

    source: str
    rows: Mapping[str, Row]
    changes: tuple[Change, ...]


def read_renewal(path: Path) -> Renewal:
    """What a file says otherwise than the catalogue. Reads files.

    That is a wheel of `litellm`, the table of models inside it, or what models.dev tells, as JSON. A
    model that it no longer lists stays known.

    Raises:
        BadRequestError: when the file is none of these, or holds no model that is of use.
    """
    source, rows = _read(path)
    if not rows:
        raise BadRequestError(f"`{path}` holds no table of models.")
    return Renewal(source, rows, tuple(_changes(catalogue().models, rows)))


def _read(path: Path) -> tuple[str, dict[str, Row]]:
    if zipfile.is_zipfile(path):
        found, version = read_wheel(path)
        return f"litellm {version}", found
    table = read_table(path)
    if is_of_models_dev(table):
        return "models.dev", {name: _with_end(name, row) for name, row in rows_of_models_dev(table)}
    return "litellm", dict(rows(table))


def _with_end(model: str, row: Row) -> Row:
    """The row with the day on which the model is retired, which that file does not tell."""
    ends = catalogue().models.get(model, {}).get("ends")
    return {**row, "ends": ends} if ends else row


def take_over(renewal: Renewal) -> Path:
    """Let it count from now on; gives the file in which it is kept. Raises OSError."""
    known = catalogue()
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    sources = [*known.sources, {"name": renewal.source, "as_of": today}]
    number = len(sources) - 1
    fresh = {name: {**row, "from": number} for name, row in renewal.rows.items()}
    path = renewal_file()
    write_catalogue(path, {**known.models, **fresh}, known.families, sources)
    return path


def _changes(known: Mapping[str, Mapping[str, Any]], fresh: Mapping[str, Row]) -> Iterator[Change]:
    for model, row in sorted(fresh.items()):
        before = known.get(model)
        if before is None:
            yield Change(model, "new")
            continue
        for key in _COMPARED:
            if before.get(key) != row.get(key):
                yield Change(model, _NAMES[key], before.get(key), row.get(key))
