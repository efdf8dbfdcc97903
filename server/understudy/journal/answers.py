"""What a query found, as text."""

from __future__ import annotations

import csv
import io
from itertools import count
from typing import TYPE_CHECKING

from understudy.journal.exporting import markdown_row
from understudy.journal.run_text import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.journal.query import Answer, Value


def cells(answer: Answer) -> list[tuple[str, ...]]:
    """Every value as a text without line breaks; what nobody knows as a dash."""
    return [tuple(_cell(value) for value in row) for row in answer.rows]


def as_records(answer: Answer) -> list[dict[str, Value]]:
    """Every row as an object; of columns with the same name, later ones get a number."""
    names = _distinct(answer.columns)
    return [dict(zip(names, row, strict=True)) for row in answer.rows]


def as_csv(answer: Answer) -> str:
    """Comma-separated values below their columns' names."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)
    return out.getvalue()


def as_markdown(answer: Answer) -> str:
    """A table."""
    lines = (answer.columns, ["---"] * len(answer.columns), *answer.rows)
    return "".join(markdown_row(line) for line in lines)


def on_one_line(text: str) -> str:
    """The text without line breaks and without what a terminal would take for a command."""
    return "".join(one if one.isprintable() else "?" for one in " ".join(text.split()))


def _distinct(columns: Sequence[str]) -> list[str]:
    names: list[str] = []
    for column in columns:
        numbered = (f"{column}_{number}" for number in count(2))
        free = (one for one in numbered if one not in columns and one not in names)
        names.append(next(free) if column in names else column)
    return names


def _cell(value: Value) -> str:
    return NOTHING if value is None else on_one_line(str(value))
