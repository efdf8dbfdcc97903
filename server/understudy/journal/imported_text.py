"""What other programs told of models, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.tables import plain_table
from understudy.journal.answers import on_one_line
from understudy.journal.run_text import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.journal.imports import ImportedModel

IMPORTED = "Imported from other programs, and counted nowhere above:"
IMPORTED_HEADINGS = ("model", "runs", "solved", "failures", "seconds an answer")


def imported_report(models: Sequence[ImportedModel]) -> str:
    """All of them as a text, for an editor; empty without any."""
    if not models:
        return ""
    lines = ["", IMPORTED, "", *plain_table([IMPORTED_HEADINGS, *map(imported_row, models)])]
    return "".join(f"{line}\n" for line in lines)


def imported_json(model: ImportedModel) -> dict[str, object]:
    """As values of JSON, called as those of our own models are."""
    return {
        "name": model.name,
        "totalRuns": model.runs,
        "successRate": model.rate,
        "failures": model.failures,
        "avgLatencyMs": model.latency_ms,
    }


def imported_row(model: ImportedModel) -> tuple[str, ...]:
    """A line below `IMPORTED_HEADINGS`."""
    return (
        on_one_line(model.name),
        NOTHING if model.runs is None else str(model.runs),
        NOTHING if model.rate is None else f"{model.rate:.0%}",
        str(model.failures),
        NOTHING if model.latency_ms is None else f"{model.latency_ms / 1_000:.2f}",
    )
