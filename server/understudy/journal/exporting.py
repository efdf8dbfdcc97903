"""The journal's rows as text that others can read: JSON lines, CSV, Markdown.

Rows go through a text file-like object one after the other, so that a large journal needs no memory.
"""

from __future__ import annotations

import csv
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, TextIO

from understudy.core.failures import BadRequestError
from understudy.core.strict_json import strict_json
from understudy.journal.postgres import stream
from understudy.journal.query import Value, shown
from understudy.journal.reading import reading
from understudy.journal.schema import TABLES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.journal.postgres import Where

Format = Literal["jsonl", "csv", "markdown"]
EVERY_TABLE = ""
MAIN_TABLE = "runs"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is exported.

    Attributes:
        table: its name; empty for all, which only `jsonl` can hold.
        since_us: rows whose table tells a time: those from then on. What hangs on a run goes by its
            own time, if it has one, else by the run's.
        most: so many rows at most.
    """

    format: Format = "jsonl"
    table: str = EVERY_TABLE
    since_us: int = 0
    most: int | None = None


def export(path: Where, wanted: Wanted, out: TextIO) -> int:
    """Write rows of the journal; how many there were. Nothing without a journal.

    Raises:
        BadRequestError: for a table that does not exist, or several in a format for one.
        UnavailableError: when the journal can't be read.
    """
    names = _names(wanted)
    with reading(path) as connection:
        if connection is None:
            return 0
        found = (
            (name, columns, row)
            for name in names
            for columns, row in _rows(connection, name, wanted.since_us)
        )
        counted = _Counted(islice(found, wanted.most))
        # What is left of the rows must not outlive the connection.
        with closing(found):
            _WRITERS[wanted.format](counted, out)
    return counted.number


def _names(wanted: Wanted) -> Sequence[str]:
    if wanted.table == EVERY_TABLE:
        return tuple(TABLES) if wanted.format == "jsonl" else (MAIN_TABLE,)
    if wanted.table not in TABLES:
        known = ", ".join(f"`{one}`" for one in TABLES)
        raise BadRequestError(f"There is no table `{wanted.table}`. There are {known}.")
    return (wanted.table,)


Found = tuple[str, tuple[str, ...], tuple[Value, ...]]


class _Counted:
    """Rows, and how many went by."""

    def __init__(self, rows: Iterable[Found]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Found]:
        for row in self._rows:
            self.number += 1
            yield row


def _rows(
    connection: sqlite3.Connection, name: str, since_us: int
) -> Iterator[tuple[tuple[str, ...], tuple[Value, ...]]]:
    there = tuple(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
    if not there:
        return
    time = f" WHERE {TABLES[name].since}" if since_us and TABLES[name].since else ""
    # Names of our own tables and columns.
    sql = f"SELECT {', '.join(there)} FROM {name}{time}"  # noqa: S608
    with closing(stream(connection, sql, {"since_us": since_us} if time else {})) as found:
        for row in found:
            yield there, tuple(shown(value) for value in row)


def _write_lines(rows: Iterable[Found], out: TextIO) -> None:
    for name, columns, row in rows:
        told = {"table": name, **dict(zip(columns, row, strict=True))}
        out.write(strict_json(told, ensure_ascii=False) + "\n")


def _write_csv(rows: Iterable[Found], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    for place, (_, columns, row) in enumerate(rows):
        if not place:
            writer.writerow(columns)
        writer.writerow(row)


def _write_markdown(rows: Iterable[Found], out: TextIO) -> None:
    for place, (name, columns, row) in enumerate(rows):
        if not place:
            out.write(f"# {name}\n\n{TABLES[name].about}\n\n")
            out.write(markdown_row(columns) + markdown_row(["---"] * len(columns)))
        out.write(markdown_row(row))


def markdown_row(cells: Sequence[Value]) -> str:
    """One line of a Markdown table."""
    told = ("" if one is None else str(one) for one in cells)
    escaped = (one.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for one in told)
    return f"| {' | '.join(escaped)} |\n"


_WRITERS = {"jsonl": _write_lines, "csv": _write_csv, "markdown": _write_markdown}
