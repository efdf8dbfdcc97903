"""Settings and rows for what is told to a collector."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tests.unit.journal.samples import START_US, call_row, edit_row
from understudy.config.settings import Settings
from understudy.config.telemetry_settings import TelemetrySettings
from understudy.journal.prompt_records import CallSpan
from understudy.journal.records import (
    Attempt,
    CallJudged,
    Check,
    Checks,
    Gate,
    OutcomeRow,
    Run,
    RunEnded,
)
from understudy.journal.route_records import Routed
from understudy.journal.trace_records import Exchanged, Gathered, Proved

if TYPE_CHECKING:
    from collections.abc import Mapping


def settings(url: str, headers: Mapping[str, str] | None = None, **values: Any) -> Settings:
    told = TelemetrySettings(
        otlp_endpoint=url, otlp_headers=MappingProxyType(dict(headers or {})), **values
    )
    return Settings(telemetry=told)


def run_of(name: str = "R", **run: Any) -> list[object]:
    """A run that asks one model twice: a reply of no use, then an edit that is offered."""
    start, second = START_US, 1_000_000
    first, again, attempt, edit = (f"{name}{kind}" for kind in ("C1", "C2", "A", "E"))
    filled = {"workspace": "", "surface": "cli", "path": "secret/path.py", "code": "F821"}
    said = (("system", "You mend code."), ("user", "Mend `π`."))
    return [
        Run(name, start, task="fix", language="python", line=1, source="ruff", **(filled | run)),
        Routed(name, start + 10, ("acme/one",), (("acme/two", "has no key"),), "built-in"),
        Gathered(name, start + 20_000, 0.01, 2, 90, 400),
        Exchanged(first, name, "one", "openai", "https://api.acme.com/v1", 1_000),
        call_row(first, name, at_us=start + second, model="acme/one", seconds=0.5),
        CallSpan(first, "secret/other.py", 3, 9, "required_types", "signature", 21),
        CallJudged(first, "hallucination"),
        Exchanged(
            again,
            name,
            "one",
            "openai",
            "https://api.acme.com/v1",
            1_000,
            temperature=0.2,
            response_model="one-2026",
            response_id="resp-1",
            finish="stop",
            may_leave=True,
            messages=said,
            reply="Mended.",
            chunks_s=(0.03, 0.05, 0.03),
        ),
        call_row(again, name, at_us=start + 2 * second, model="acme/one", how="refine", requests=2),
        CallSpan(again, "secret/other.py", 3, 9, "required_types", "signature", 21),
        Attempt(attempt, name, 1, "acme/one", "acme/one", "offered", "", 0.4),
        Proved(attempt, name, start + 2 * second + 450_000, files=1, hunks=2),
        Checks(
            attempt,
            (
                Check(attempt, "ruff", "done", new_count=0, fixed_count=1, seconds=0.1),
                Check(attempt, "basedpyright", "done", new_count=2, seconds=0.3),
            ),
        ),
        Gate(attempt, 0.91, "confirm"),
        edit_row(edit, name, attempt),
        OutcomeRow(edit, start + 3 * second, "offered"),
        RunEnded(name, "offered", "acme/one", 3.0, attempts=1),
    ]
