"""A newer catalogue out of a package that the user has: what it would change, and changing it.

Nothing is downloaded here, and nothing counts before someone looked at it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.models.catalogue import catalogue, renewal_file, write_catalogue
from understudy.models.importing import read_wheel

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
    """A newer catalogue that does not count yet."""

    version: str
    rows: Mapping[str, Row]
    changes: tuple[Change, ...]


def read_renewal(path: Path) -> Renewal:
    """What a wheel of `litellm` says otherwise than the catalogue. Reads files.

    A model that it no longer lists stays known.

    Raises:
        BadRequestError: when the file is no such wheel.
    """
    rows, version = read_wheel(path)
    return Renewal(version, rows, tuple(_changes(catalogue().models, rows)))


def take_over(renewal: Renewal) -> Path:
    """Let it count from now on; gives the file in which it is kept. Raises OSError."""
    known = catalogue()
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    sources = [*known.sources, {"name": f"litellm {renewal.version}", "as_of": today}]
    number = len(sources) - 1
    rows = {name: {**row, "from": number} for name, row in renewal.rows.items()}
    path = renewal_file()
    write_catalogue(path, {**known.models, **rows}, known.families, sources)
    return path


def _changes(known: Mapping[str, Mapping[str, Any]], rows: Mapping[str, Row]) -> Iterator[Change]:
    for model, row in sorted(rows.items()):
        before = known.get(model)
        if before is None:
            yield Change(model, "new")
            continue
        for key in _COMPARED:
            if before.get(key) != row.get(key):
                yield Change(model, _NAMES[key], before.get(key), row.get(key))
