"""Words about one table of the journal."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        about: what a row of it is.
        columns: what is in those whose names do not say it in every table alike (`COLUMNS`).
        since: the condition under which a row is from `:since_us` or later; empty where a row has no
            time.
    """

    about: str
    columns: dict[str, str] = field(default_factory=dict)
    since: str = ""


BY_RUN = "run_id IN (SELECT id FROM runs WHERE started_us >= :since_us)"
BY_ATTEMPT = (
    "attempt_id IN (SELECT a.id FROM attempts a JOIN runs r ON r.id = a.run_id"
    " WHERE r.started_us >= :since_us)"
)
BY_CALL = "call_id IN (SELECT id FROM calls WHERE at_us >= :since_us)"
BY_TIME = "at_us >= :since_us"
BY_HOUR = "hour >= :since_us / 3600000000"
