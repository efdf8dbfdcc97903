"""`understudy cascade report`: what asking cheaper models first saved, by the journal."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from understudy.cli.last_days import since_us
from understudy.core.clock import iso_time
from understudy.core.plural import plural
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from understudy.engine.savings import Savings


def print_report(arguments: Namespace) -> int:
    """Print the report; without data a sentence that says so."""
    from understudy.cli.configured import configured_at
    from understudy.config.paths import journal_file
    from understudy.engine.savings import savings
    from understudy.journal.trials import asked

    settings = configured_at(arguments.path).settings
    found = savings(asked(journal_file(), since_us=since_us(arguments)), settings)
    if arguments.json:
        sys.stdout.write(strict_json(_as_json(found), indent=2) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(found, arguments.days)))
    return 0


def _lines(found: Savings, days: int | None) -> Iterator[str]:
    if not found.requests:
        within = f" in the last {plural(days, 'day')}" if days else " yet"
        yield f"No request to a model over the network has been recorded{within}."
        return
    yield (
        f"{plural(found.requests, 'request')} from {_day(found.first_us)} to"
        f" {_day(found.last_us)}: {_saved(found)}, escalation rate"
        f" {found.escalation_rate or 0.0:.0%}, verified success {found.success_rate or 0.0:.0%}."
    )
    yield f"The first model ended {found.by_first} of them."
    if 0 < found.compared < found.requests:
        left = found.requests - found.compared
        yield f"What was saved is of {found.compared}: of {left} tokens or cost are not known."


def _saved(found: Savings) -> str:
    saved = found.saved_usd
    if saved is None:
        if not found.last_models:
            return "no route has a second model that they could be compared with"
        return "what was saved is not known"
    models = " or ".join(dict.fromkeys(model for _, model in found.last_models))
    word = "saved" if saved >= 0 else "lost"
    return f"{word} about ${abs(saved):.4f} against always asking {models}"


def _day(us: int) -> str:
    return iso_time(us)[:10]


def _as_json(found: Savings) -> dict[str, Any]:
    """Null is what nobody knows, which is not nothing."""
    return {
        **asdict(found),
        "first_us": found.first_us or None,
        "last_us": found.last_us or None,
        "last_models": dict(found.last_models),
        "saved_usd": found.saved_usd,
        "escalation_rate": found.escalation_rate,
        "success_rate": found.success_rate,
    }
