"""Lessons and rows for the tests of this room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory
from understudy.journal.prompt_records import CallLesson
from understudy.journal.records import (
    Attempt,
    Call,
    CallJudged,
    EditRow,
    OutcomeRow,
    Row,
    Run,
    RunEnded,
)
from understudy.learning.identity import identity, remedy_digest
from understudy.learning.lesson import Lesson, Remedy, Scope, Trigger
from understudy.learning.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.learning.evidence import Role

NOW_US = 1_790_000_000_000_000
DAY_US = 86_400_000_000
MODEL = "acme/large"


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    us: int = NOW_US

    def __call__(self) -> int:
        return self.us


def lesson(
    body: str = "Import what you use.",
    *,
    code: str = "F821",
    symbol: str = "",
    language: str = "python",
    **fields: object,
) -> Lesson:
    """A lesson about a finding of a linter."""
    made = Lesson(
        id="one",
        trigger=Trigger(FailureCategory.LINT_FAILURE, code=code, symbol=symbol),
        remedy=Remedy("prompt_fragment", body),
        scope=Scope(language=language),
        created_us=NOW_US,
        state="active",
        review="accepted",
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # the names are those of the fields


def registry_at(folder: Path, clock: Clock | None = None) -> Registry:
    """The registry of a journal in a folder."""
    return Registry(folder / "journal.sqlite3", clock or Clock())


def use_rows(
    run: str,
    of: Lesson,
    *,
    role: Role = "in",
    failed: tuple[str, str] | None = None,
    undone: bool = False,
    at_us: int = NOW_US,
    revision: str = "r1",
) -> list[Row]:
    """A run that asked one model once, with a lesson in its prompt or held out of it."""
    call = Call(
        id=f"C{run}",
        run_id=run,
        number=1,
        at_us=at_us,
        model=MODEL,
        provider="acme",
        how="first",
        status="answered",
        cost_usd=0.0,
    )
    rows: list[Row] = [
        Run(run, at_us, "", "fix", "cli", "python", "a.py", 1),
        call,
        CallLesson(call.id, identity(of), remedy_digest(of), role, revision),
    ]
    if failed is not None:
        rows.append(CallJudged(call.id, failed[0], failed[1]))
    rows.append(RunEnded(run, "withheld" if failed else "offered", MODEL, 1.0))
    if undone:
        rows += [
            Attempt(f"A{run}", run, 1, MODEL, "", "offered"),
            EditRow(
                f"E{run}",
                run,
                f"A{run}",
                MODEL,
                "",
                "fix",
                "python",
                "F821",
                "confirm",
                "h",
                1,
                1,
                "cli",
            ),
            OutcomeRow(f"E{run}", at_us + 1, "applied"),
            OutcomeRow(f"E{run}", at_us + 2, "undone"),
        ]
    return rows
