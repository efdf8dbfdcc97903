"""Rows to write and files to write them to."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from understudy.config.settings import JournalSettings, Settings
from understudy.core.ids import new_id
from understudy.journal.contents import Content
from understudy.journal.prompt_records import CallFragments, CallLesson, CallSpan
from understudy.journal.records import (
    Attempt,
    Call,
    CallJudged,
    Check,
    Checks,
    EditRow,
    Event,
    Gate,
    OutcomeRow,
    Row,
    Run,
    RunEnded,
    What,
)
from understudy.journal.route_records import Routed
from understudy.journal.store import Journal
from understudy.journal.strategy_records import StrategyUse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START_US = 1_760_000_000_000_000
WAIT_S = 30.0


def until(holds: Callable[[], object]) -> None:
    """Wait for what the journal's writer does by itself."""
    deadline = time.monotonic() + WAIT_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def run_rows(
    name: str = "", *, what: What = "kept", started_us: int = START_US, share: float = 0.0
) -> list[Row]:
    """Everything that one run leaves behind. `name` makes the ids; without it they are new.

    An edit that was changed is left by `share`.
    """
    run, attempt, edit, call = (f"{name}{kind}" if name else new_id() for kind in "RAEC")
    return [
        Run(
            id=run,
            started_us=started_us,
            workspace="0123456789abcdef",
            task="fix",
            surface="lsp",
            language="python",
            path="src/my app/main.py",
            line=12,
            source="ruff",
            code="F821",
            editor="Visual Studio Code",
            job=f"{name}JOB",
        ),
        Attempt(attempt, run, 1, "builtin/rules", "misspelt_name", "offered", "", 0.4),
        Checks(
            attempt,
            (
                Check(attempt, "ruff", "done", new_count=0, fixed_count=1, seconds=0.1),
                Check(attempt, "basedpyright", "missing"),
            ),
        ),
        Gate(attempt, 0.91, "confirm", (("target_gone", 1.0, 0.5), ("kept", None, 0.0)), ("size",)),
        edit_row(edit, run, attempt),
        OutcomeRow(edit, started_us + 1, "offered"),
        OutcomeRow(edit, started_us + 2, what, share if what == "changed" else 1.0),
        RunEnded(run, "offered", "builtin/rules", 0.75, "", 0.0, 1),
        call_row(call, run, at_us=started_us),
        CallFragments(call, (("role.fix", 1, "built-in"),)),
        CallSpan(call, "shop/prices.py", 3, 9, "required_types", "signature", 21),
        CallLesson(call, "0123456789abcdef", "fedcba9876543210", "in", "0a1b2c3d4e"),
        CallJudged(call, ""),
        Content(started_us, call, "reply", ("x = 1",)),
        strategy_row(run, call),
        routed_row(run, at_us=started_us),
        Event(started_us, "run_ended", run),
    ]


def routed_row(run: str, *, at_us: int = START_US, **values: Any) -> Routed:
    filled: dict[str, Any] = {
        "models": ("builtin/rules", "acme/large"),
        "rejected": (
            ("acme/huge", "has no key (ACME_KEY)"),
            ("acme/tiny", "has a window of 4,096 tokens, and 5,120 are needed"),
            ("acme/dear", "has no key (ACME_KEY)"),
        ),
        "provenance": "`routing.strategy` (learned)",
    }
    return Routed(run, at_us, **{**filled, **values})


def call_row(
    call: str, run: str = "R", *, at_us: int = START_US, model: str = "acme/large", **values: Any
) -> Call:
    filled: dict[str, Any] = {
        "provider": "acme",
        "how": "first",
        "status": "answered",
        "input_tokens": 900,
        "output_tokens": 60,
        "cost_usd": 0.002,
        "estimated_usd": 0.01,
        "first_token_s": 0.5,
        "seconds": 1.5,
        "revision": "0123456789",
        "edit_format": "region",
    }
    return Call(call, run, 1, at_us, model, **{**filled, **values})


def strategy_row(run: str, call: str, at_us: int = START_US, **values: Any) -> StrategyUse:
    filled: dict[str, Any] = {
        "number": 1,
        "strategy": "show_finding",
        "why": "explored",
        "model": "acme/large",
        "language": "python",
        "category": "type_error",
        "code": "F821",
        "fingerprint": "0123456789abcdef",
        "step": 1,
        "result": "cleared",
        "tokens": 120,
        "seconds": 2.0,
    }
    return StrategyUse(run_id=run, call_id=call, at_us=at_us, **{**filled, **values})


def edit_row(
    edit: str, run: str = "R", attempt: str = "A", author: str = "misspelt_name"
) -> EditRow:
    return EditRow(
        id=edit,
        run_id=run,
        attempt_id=attempt,
        model="builtin/rules",
        author=author,
        task="fix",
        language="python",
        code="F821",
        band="confirm",
        hash="00ff00ff00ff00ff",
        lines_removed=1,
        lines_added=1,
        surface="lsp",
    )


def journal_settings(*, enabled: bool = True, keep_days: int = 36_500, **values: Any) -> Settings:
    return Settings(journal=JournalSettings(enabled=enabled, keep_days=keep_days, **values))


def journal_at(path: Path, **values: Any) -> Journal:
    return Journal.open(path, journal_settings(**values))


def store(path: Path, *rows: Row) -> Journal:
    """A closed journal that has stored `rows`."""
    journal = journal_at(path)
    for row in rows:
        journal.record(row)
    assert journal.close(WAIT_S), journal.notice
    return journal


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()  # noqa: S608 - a table's name can't be a parameter
        return int(found[0])
