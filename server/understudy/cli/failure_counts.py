"""`understudy failures stats`: how often which failure was seen."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from understudy.cli.last_days import since_us
from understudy.core.plural import plural
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import Namespace

    from understudy.journal.failure_stats import FailureStats, UnknownKind

_HEADINGS = ("category", "times", "share")
_NOTHING = "-"


def print_stats(arguments: Namespace) -> int:
    """Print how often each category was seen, by model and in all."""
    from understudy.config.paths import journal_file
    from understudy.journal.failure_stats import failure_stats

    stats = failure_stats(journal_file(), since_us(arguments))
    if arguments.json:
        sys.stdout.write(strict_json(_as_json(stats), indent=2) + "\n")
    elif stats.failed:
        _print(stats)
    else:
        within = f" in the last {plural(arguments.days, 'day')}" if arguments.days else " yet"
        asked = f" of {plural(stats.calls, 'call')}" if stats.calls else ""
        sys.stdout.write(f"No failures{asked} have been recorded{within}.\n")
    return 0


def _print(stats: FailureStats) -> None:
    from understudy.cli.tables import print_table

    rate = stats.unknown_rate or 0.0
    sys.stdout.write(
        f"{plural(stats.failed, 'failure')} in {plural(stats.calls, 'call')};"
        f" {rate:.0%} of them unknown.\n\n"
    )
    print_table(_HEADINGS, _rows(stats.categories, stats.failed))
    sys.stdout.write("\n")
    print_table(
        ("model", "calls", *_HEADINGS),
        [
            (one.model, str(one.calls), *row)
            for one in stats.models
            for row in _rows(one.categories, one.failed)
        ],
    )
    if stats.unknown:
        sys.stdout.write(
            "\nUnknown ones. The words are what a rule of `failures.rules` can know them by:\n\n"
        )
        print_table(
            ("fingerprint", "times", "code", "models", "words"), list(map(_unknown, stats.unknown))
        )


def _rows(categories: tuple[tuple[str, int], ...], failed: int) -> list[tuple[str, str, str]]:
    return [(name, str(number), f"{number / failed:.0%}") for name, number in categories]


def _unknown(kind: UnknownKind) -> tuple[str, ...]:
    models = ", ".join(kind.models)
    return (
        kind.fingerprint or _NOTHING,
        str(kind.number),
        kind.code or _NOTHING,
        models,
        kind.words or _NOTHING,
    )


def _as_json(stats: FailureStats) -> dict[str, object]:
    return {
        "calls": stats.calls,
        "failed": stats.failed,
        "unknown_rate": stats.unknown_rate,
        "categories": dict(stats.categories),
        "models": {
            one.model: {"calls": one.calls, "categories": dict(one.categories)}
            for one in stats.models
        },
        "unknown": [asdict(one) for one in stats.unknown],
    }
