"""The queries on roll-ups: the same numbers as `model_stats_sql` counts, for whole stretches of time."""

# ruff: noqa: S608 - the queries are put together of constants of this file alone

from __future__ import annotations

from understudy.core.clock import DAY_US, HOUR_US
from understudy.journal.model_tally import SUMS

CELL = ("workspace", "owner", "model", "task", "language")
"""What roll-ups are kept by, beside their time."""
EVERY = "*"
"""Stands for all in rows that are for one model, task or language alone, whatever the rest is. The
journal's texts hold no such character."""
RUN_CELL = tuple(one for one in CELL if one != "model")
RUN_SUMS = ("total", "solved", "cancelled", "superseded")
TABLES = (
    *("rollup_models", "rollup_failures", "rollup_latencies", "rollup_runs"),
    *("rollup_context", "rollup_paths"),
)
_OF_NO_MODEL = frozenset({"rollup_runs", "rollup_paths"})

_OF_RUNS = """
    hour >= :first AND hour < :until
    AND (:task = '' OR task = :task) AND (:language = '' OR language = :language)
    AND (:workspace = '' OR workspace = :workspace) AND (:owner = '' OR owner = :owner)"""
_WHERE = f"{_OF_RUNS} AND (:model = '' OR model = :model)"
_ALL = ", ".join(f"SUM({one}) AS {one}" for one in SUMS) + ", MAX(last_us) AS last_us"
_DAY = "hour / 24 AS day"

CELLS = f"""
    SELECT {_DAY}, model, task, language, {_ALL}
    FROM rollup_models WHERE {_WHERE} GROUP BY 1, 2, 3, 4"""
CELL_FAILURES = f"""
    SELECT {_DAY}, model, task, language, category, SUM(number) AS number
    FROM rollup_failures WHERE {_WHERE} GROUP BY 1, 2, 3, 4, 5"""
RUNS = f"""
    SELECT {", ".join(f"COALESCE(SUM({one}), 0) AS {one}" for one in RUN_SUMS)}
    FROM rollup_runs WHERE {_OF_RUNS}"""
SHARES = f"""
    SELECT model, SUM(runs) AS runs, SUM(solved) AS solved
    FROM rollup_models WHERE {_WHERE} GROUP BY 1"""


def by_task(name: str) -> str:
    """All sums by one column of a fixed few and by task."""
    return f"""
    SELECT {name} AS name, task, {_ALL} FROM rollup_models WHERE {_WHERE} GROUP BY {name}, task"""


def by_day(name: str) -> str:
    """Runs by one column of a fixed few and by day."""
    return f"""
    SELECT {name} AS name, {_DAY}, SUM(runs) AS runs, SUM(solved) AS solved
    FROM rollup_models WHERE {_WHERE} GROUP BY 1, 2"""


def failures(name: str) -> str:
    """Failures by one column of a fixed few, by task and by category."""
    return f"""
    SELECT {name} AS name, task, category, SUM(number) AS number
    FROM rollup_failures WHERE {_WHERE} GROUP BY {name}, task, category"""


def latencies(name: str) -> str:
    """How many answers took how long, by one column of a fixed few."""
    return f"""
    SELECT {name} AS name, bucket, SUM(number) AS number
    FROM rollup_latencies WHERE {_WHERE} AND workspace <> '{EVERY}' GROUP BY 1, 2"""


def all_latencies(name: str) -> str:
    """The same from the rows for this column alone, where nothing but it is asked for."""
    others = " AND ".join(f"{one} = '{EVERY}'" for one in CELL if one != name)
    return f"""
    SELECT {name} AS name, bucket, SUM(number) AS number FROM rollup_latencies
    WHERE hour >= :first AND hour < :until AND {others} AND {name} <> '{EVERY}'
      AND (:{name} = '' OR {name} = :{name})
    GROUP BY 1, 2"""


def insert(table: str, columns: tuple[str, ...]) -> str:
    """Puts a row into a table of sums."""
    return (
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" VALUES ({', '.join(f':{one}' for one in columns)})"
    )


TOLD = """
    SELECT hour, hours, state FROM rollups
    WHERE hour > :before AND hour < :until AND state IN ('closed', 'pruned') ORDER BY hour"""
DUE = """
    SELECT hour, hours FROM rollups
    WHERE state = 'counting' OR (state = 'open' AND at_us <= :settled_us) ORDER BY hour LIMIT 1"""
END_OF_DAYS = "SELECT MAX(hour + hours) FROM rollups WHERE hours = 24"
END = "SELECT MAX(hour + hours) FROM rollups"
FIRST_RUN = "SELECT MIN(started_us) FROM runs"
IS_EMPTY = f"""
    SELECT NOT EXISTS (SELECT 1 FROM runs WHERE started_us >= :hour * {HOUR_US}
                       AND started_us < (:hour + :hours) * {HOUR_US})"""
_WITHIN = "hour >= :hour AND hour < :hour + :hours"
BEGIN = f"UPDATE rollups SET state = 'counting', at_us = :now_us WHERE {_WITHIN}"
LIST = """
    INSERT INTO rollups (hour, hours, state, at_us) VALUES (:hour, :hours, :state, :now_us)
    ON CONFLICT (hour) DO UPDATE SET hours = :hours, state = :state, at_us = :now_us"""
STATES = f"SELECT DISTINCT state FROM rollups WHERE {_WITHIN}"
CLEAR = tuple(f"DELETE FROM {table} WHERE {_WITHIN}" for table in (*TABLES, "rollups"))
FORGET = tuple(f"DELETE FROM {table} WHERE hour < :before" for table in (*TABLES, "rollups"))
FORGET_MODEL = tuple(
    f"DELETE FROM {table} WHERE model = :model" for table in TABLES if table not in _OF_NO_MODEL
)
PRUNE = """
    UPDATE rollups SET state = 'pruned', at_us = :now_us
    WHERE hour < :before AND hours = 24 AND state = 'closed'"""
# Names of files do not outlive the rows that they are from.
PRUNE_PATHS = "DELETE FROM rollup_paths WHERE hour < :before"
UNCOUNTED_DAYS = f"""
    SELECT d.day FROM (
        SELECT DISTINCT started_us / {DAY_US} AS day FROM runs
        WHERE started_us < :before * {HOUR_US}) d
    LEFT JOIN rollups r ON r.hour = d.day * 24
    WHERE r.hour IS NULL OR r.hours <> 24 OR r.state NOT IN ('closed', 'pruned') ORDER BY 1"""

OPEN = """
    UPDATE rollups SET state = 'open', at_us = :now_us
    WHERE state <> 'pruned' AND hour + hours > :hour
      AND hour = (SELECT MAX(hour) FROM rollups WHERE hour <= :hour)"""
BEGUN_OF_RUN = "SELECT started_us FROM runs WHERE id = :key"
BEGUN_OF_EDIT = """
    SELECT r.started_us FROM edits e JOIN runs r ON r.id = e.run_id WHERE e.id = :key"""
BEGUN_OF_CALL = """
    SELECT r.started_us FROM calls c JOIN runs r ON r.id = c.run_id WHERE c.id = :key"""
