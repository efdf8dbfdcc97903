"""`understudy stats` for people and for programs."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli.tables import print_table
from understudy.cli.whence import journal_of
from understudy.core.plural import plural
from understudy.core.strict_json import strict_json
from understudy.journal import model_stats_json as shape
from understudy.journal import model_stats_text as words
from understudy.journal.imported_text import (
    IMPORTED,
    IMPORTED_HEADINGS,
    imported_json,
    imported_row,
)
from understudy.journal.model_stats import model_stats
from understudy.journal.model_tally import Scope, days_before

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from understudy.journal.imports import ImportedModel
    from understudy.journal.model_stats import Stats
    from understudy.journal.model_tally import By


def show(arguments: Namespace) -> None:
    """Print the numbers that were asked for."""
    journal = journal_of(arguments)
    scope = scope_of(arguments)
    if arguments.best:
        _best(model_stats(journal, replace(scope, task=arguments.best)), arguments)
        return
    by: By = "model" if arguments.by == "category" else arguments.by
    stats = model_stats(journal, scope, by)
    if arguments.json:
        found = [imported_json(one) for one in _imported(arguments, scope)]
        _print_json({**_as_json(stats, arguments.by), **({"imported": found} if found else {})})
    elif arguments.csv:
        _print_csv(stats, arguments.by)
    else:
        _print(stats, arguments, scope)


def scope_of(arguments: Namespace) -> Scope:
    """Which runs the options choose."""
    since_us = days_before(time.time_ns() // 1_000, arguments.days) if arguments.days else 0
    return Scope(
        since_us=since_us,
        model=_model(arguments.model),
        task=arguments.task,
        language=arguments.language,
        workspace=_workspace(arguments.workspace),
        owner=arguments.owner,
    )


def _model(named: str) -> str:
    """The id that a model's name or alias stands for; what nobody knows stands for itself."""
    if not named:
        return ""
    from understudy.cli.configured import configured_at
    from understudy.models.registry import find_model

    found = find_model(configured_at(Path()).settings, named)
    return named if found is None else found.id


def _workspace(folder: Path | None) -> str:
    if folder is None:
        return ""
    from understudy.journal.workspaces import workspace_id
    from understudy.workspace.roots import root_of

    return workspace_id(root_of(folder.resolve()))


def _as_json(stats: Stats, by: str) -> dict[str, object]:
    return shape.categories_json(stats) if by == "category" else shape.stats_json(stats)


def _best(stats: Stats, arguments: Namespace) -> None:
    from understudy.journal.model_choice import best_for

    choice = best_for(stats)
    if arguments.json:
        _print_json(shape.choice_json(choice))
        return
    if arguments.csv:
        _write_csv(shape.BEST_COLUMNS, shape.choice_rows(choice))
        return
    sys.stdout.write(f"{choice.verdict}\n")
    if choice.ranking:
        sys.stdout.write("\n")
        print_table(words.CHOICE_HEADINGS, words.choice_rows(choice))


def _print(stats: Stats, arguments: Namespace, scope: Scope) -> None:
    marks = words.marks_for(sys.stdout.encoding)
    within = f"in the last {plural(arguments.days, 'day')}" if arguments.days else ""
    sys.stdout.write(f"{words.summary_line(stats, within)}\n")
    for headings, rows in words.tables(stats, marks):
        if arguments.by != "category" or headings == words.FAILURE_HEADINGS:
            sys.stdout.write("\n")
            print_table(headings, rows)
    if said := list(words.notes(stats)):
        sys.stdout.write("\n" + "".join(f"{line}\n" for line in said))
    _print_imported(arguments, scope)


def _print_imported(arguments: Namespace, scope: Scope) -> None:
    """What other programs told of models: below our own numbers, and counted in none of them."""
    rows = [imported_row(one) for one in _imported(arguments, scope)]
    if rows:
        sys.stdout.write(f"\n{IMPORTED}\n\n")
        print_table(IMPORTED_HEADINGS, rows)


def _imported(arguments: Namespace, scope: Scope) -> tuple[ImportedModel, ...]:
    """What stands in the file of this machine; it is not copied to a team's database."""
    from understudy.config.paths import journal_file
    from understudy.journal.imports import imported_within

    return () if arguments.database else imported_within(journal_file(), scope)


def _print_csv(stats: Stats, by: str) -> None:
    if by == "category":
        _write_csv(
            ("name", "times", "share"),
            [(one.name, one.times, round(one.share, 6)) for one in shape.by_category(stats)],
        )
    else:
        rows = [shape.row(one) for one in stats.groups]
        _write_csv(shape.COLUMNS, [list(row.values()) for row in rows])


def _write_csv(headings: Iterable[object], rows: Iterable[Iterable[object]]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)


def _print_json(value: object) -> None:
    sys.stdout.write(strict_json(value, indent=2) + "\n")
