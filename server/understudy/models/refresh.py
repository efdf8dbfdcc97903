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
from understudy.models.importing import figures, read_table, read_wheel, rows
from understudy.models.models_dev import (
    figures_of_models_dev,
    is_of_models_dev,
    rows_of_models_dev,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from understudy.models.importing import Figure, Row

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
_KEPT = ("output", "in", "out", "ends")
"""What is so of every model, or stays so: a file that does not tell it says nothing against it.

Prices of caching are not among them, for where a file has none there are none.
"""


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
    """A newer catalogue that does not count yet.

    Attributes:
        source: names the one who wrote it.
        odd: what stands where a figure belongs and is none; it is not taken over.
    """

    source: str
    rows: Mapping[str, Row]
    changes: tuple[Change, ...]
    odd: tuple[Figure, ...] = ()


def read_renewal(path: Path) -> Renewal:
    """What a file says otherwise than the catalogue. Reads files.

    That is a wheel of `litellm`, the table of models inside it, or what models.dev tells, as JSON. A
    model that it no longer lists stays known.

    Raises:
        BadRequestError: when the file is none of these, or holds no model that is of use.
    """
    source, table = _read(path)
    is_dev = is_of_models_dev(table)
    fresh = rows_of_models_dev(table) if is_dev else rows(table)
    told = figures_of_models_dev(table) if is_dev else figures(table)
    odd = tuple(figure for figure in told if figure.is_odd)
    found = dict(_with_kept(fresh, frozenset(figure.model for figure in odd)))
    if not found:
        raise BadRequestError(f"`{path}` holds no table of models.")
    known = catalogue().models
    return Renewal(source, found, tuple(_changes(known, found)), odd)


def _read(path: Path) -> tuple[str, Mapping[str, Any]]:
    """Who wrote a file, and the table in it."""
    if zipfile.is_zipfile(path):
        table, version = read_wheel(path)
        return f"litellm {version}", table
    table = read_table(path)
    return ("models.dev" if is_of_models_dev(table) else "litellm"), table


def _with_kept(fresh: Iterable[tuple[str, Row]], odd: frozenset[str]) -> Iterator[tuple[str, Row]]:
    """The rows with what was known and the file does not tell, or tells in a way that is `odd`."""
    known = catalogue().models
    for name, row in fresh:
        before, kept = known.get(name, {}), _COMPARED if name in odd else _KEPT
        yield name, {**{key: before[key] for key in kept if key in before}, **row}


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
