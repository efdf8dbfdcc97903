"""The journal's SQL as PostgreSQL wants it. Every query is written once, for SQLite.

Queries keep to what both know: times as 64-bit integers, 0 and 1 for no and yes, `CASE` in place of
truth values in sums, window functions. What differs is translated here: names of parameters, what
begins a transaction, and what asks for the version and the columns of tables.
"""

from __future__ import annotations

import re

WRITE = "BEGIN IMMEDIATE"
"""Begins a transaction that holds the lock for writers from its start."""

_TOKEN = re.compile(
    r"""'(?:[^']|'')*'        # a text
      | "[^"]*"               # a quoted name
      | --[^\n]*              # a comment to the end of the line
      | ::                    # a cast, not a parameter
      | :(?P<name>[A-Za-z_]\w*)
      | %""",
    re.VERBOSE,
)
_DATE = re.compile(r"\bdate\(([^()']*),\s*'unixepoch'\)", re.IGNORECASE)
_TABLE_INFO = re.compile(r"PRAGMA table_info\((\w+)\)")

_STATEMENTS = {
    WRITE: "BEGIN",
    # All queries see the same state, as they do in SQLite.
    "BEGIN": "BEGIN ISOLATION LEVEL REPEATABLE READ",
    "PRAGMA user_version": "SELECT COUNT(*) FROM schema_migration",
}
_COLUMNS = """
    SELECT ordinal_position, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = '{}' ORDER BY ordinal_position"""


def to_postgres(sql: str) -> str:
    """A statement with `%(name)s` parameters, each other percent sign doubled."""
    known = _STATEMENTS.get(sql)
    if known is not None:
        return known
    if asked := _TABLE_INFO.fullmatch(sql):
        return _COLUMNS.format(asked[1])
    return _TOKEN.sub(_token, _DATE.sub(_date, sql))


def _date(found: re.Match[str]) -> str:
    return f"to_char(to_timestamp({found[1]}) AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


def _token(found: re.Match[str]) -> str:
    name = found["name"]
    return found[0].replace("%", "%%") if name is None else f"%({name})s"
