"""`understudy stats export`, `reset` and `prune`: what is taken along, and what is forgotten."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli.agreeing import agreed
from understudy.core.clock import DAY_US
from understudy.core.failures import BadRequestError
from understudy.core.plural import plural
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import Namespace

_CSV, _LINES = ".csv", ".jsonl"


def export(arguments: Namespace) -> int:
    """Write one record for each day, model, task and language, with all its sums."""
    if arguments.file == "-":
        sys.stdout.write(_records(arguments, _LINES)[0])
        return 0
    suffix = next((one for one in (_CSV, _LINES) if arguments.file.endswith(one)), "")
    if not suffix:
        raise BadRequestError(f"The file's name must end with `{_CSV}` or `{_LINES}`.")
    text, number = _records(arguments, suffix)
    try:
        Path(arguments.file).write_text(text, encoding="utf-8", newline="")
    except OSError as failure:
        said = f"`{arguments.file}` can't be written: {failure.strerror}."
        raise BadRequestError(said) from failure
    sys.stdout.write(f"{plural(number, 'record')} written to `{arguments.file}`.\n")
    return 0


def reset(arguments: Namespace) -> int:
    """Forget all runs, or what one model did."""
    from understudy.cli.stats_view import scope_of
    from understudy.config.paths import journal_file
    from understudy.engine.watched_files import forget_left
    from understudy.journal.forgetting import forget_everything, forget_model

    model = scope_of(arguments).model
    what = f"everything that `{model}` did" if model else "all runs"
    if not agreed(f"Forget {what}? The gate and the router forget it too.", yes=arguments.yes):
        return 1
    path = journal_file()
    number = forget_model(path, model) if model else forget_everything(path)
    if not model:
        forget_left()
    sys.stdout.write(f"{plural(number, 'run')} forgotten.\n")
    return 0


def prune(arguments: Namespace) -> int:
    """Forget runs that are older than so many days."""
    from understudy.config.paths import journal_file
    from understudy.journal.forgetting import forget_before

    kept = plural(arguments.days, "day")
    if not agreed(f"Forget all runs but those of the last {kept}?", yes=arguments.yes):
        return 1
    before_us = time.time_ns() // 1_000 - arguments.days * DAY_US
    number = forget_before(journal_file(), before_us, sums=arguments.sums)
    rest = "" if arguments.sums else " What they add up to stays in the numbers."
    sys.stdout.write(f"{plural(number, 'run')} forgotten.{rest}\n")
    return 0


def _records(arguments: Namespace, suffix: str) -> tuple[str, int]:
    """All records as one text, and how many they are."""
    import csv
    import io

    from understudy.cli.stats_view import scope_of
    from understudy.cli.whence import journal_of
    from understudy.journal.model_stats import stats_cells
    from understudy.journal.model_stats_json import cell_json

    found = stats_cells(journal_of(arguments), scope_of(arguments))
    records = [cell_json(cell, tally) for cell, tally in found.items()]
    text = io.StringIO(newline="")
    if suffix == _LINES:
        text.writelines(strict_json(one) + "\n" for one in records)
    elif records:
        writer = csv.DictWriter(text, list(records[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**one, "failures": strict_json(one["failures"])} for one in records)
    return text.getvalue(), len(records)
