"""Why a run asked the models that it asked. Reads and never writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.journal.database import version_of

if TYPE_CHECKING:
    import sqlite3

_SINCE_VERSION = 11


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Models of which the same was to be said, by their names.

    Attributes:
        why: a clause that goes with their names, without figures: what varies from run to run.
    """

    why: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteOfRun:
    """The decision of the router.

    Attributes:
        models: that might be asked, in this order.
        provenance: where the choice came from: `request`, a setting, or `built-in`.
        explored: the model that was asked first only to learn about it; empty as a rule.
    """

    models: tuple[str, ...]
    provenance: str
    explored: str
    rejected: tuple[LeftOut, ...]


def route_of_run(connection: sqlite3.Connection, run_id: str) -> RouteOfRun | None:
    """The decision for a run; None where none was recorded, as in older files."""
    if version_of(connection) < _SINCE_VERSION:
        return None
    row = connection.execute(_OF_RUN, {"run_id": run_id}).fetchone()
    if row is None:
        return None
    return RouteOfRun(
        models=tuple(json.loads(row["models"])),
        provenance=row["provenance"],
        explored=row["explored"],
        rejected=tuple(LeftOut(why, tuple(who)) for why, who in json.loads(row["rejected"])),
    )


_OF_RUN = """
    SELECT o.provenance, o.models, o.explored, o.rejected
    FROM runs r JOIN routes o ON o.id = r.route WHERE r.id = :run_id"""
