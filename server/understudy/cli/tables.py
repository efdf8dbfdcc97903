"""A table for people: drawn to fit a terminal, plain columns everywhere else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from understudy.core.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Sequence


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write rows of cells to standard output. Nothing in a cell is taken for markup."""
    if sys.stdout.isatty():
        _print_rich(headings, rows)
    else:
        sys.stdout.write("".join(f"{line}\n" for line in plain_table([headings, *rows])))


def _print_rich(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
