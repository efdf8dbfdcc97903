"""A journal from which a strategy is known to help, and the plain question not to."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.journal.database import open_for_writing
from understudy.journal.records import Run, RunEnded
from understudy.journal.strategy_records import StrategyUse
from understudy.journal.writing import write

if TYPE_CHECKING:
    from understudy.journal.records import Row
    from understudy.journal.strategy_records import Result

MODEL = "acme/one"


def use(number: int, strategy: str, category: str, result: Result) -> tuple[Row, ...]:
    """A run in which a strategy was the first that was tried, a while ago."""
    at_us = time.time_ns() // 1_000 - 60_000_000 * (number + 1)
    run = f"TAUGHT{strategy.upper()}{number:03}"
    status = "offered" if result == "cleared" else "unfixed"
    return (
        Run(run, at_us, "w", "fix", "lsp", "python", "a.py", 1),
        StrategyUse(
            run_id=run,
            number=1,
            call_id="",
            at_us=at_us,
            strategy=strategy,
            why="explored",
            model=MODEL,
            language="python",
            category=category,
            code="F821",
            fingerprint="0123456789abcdef",
            step=1,
            result=result,
            tokens=120,
            seconds=2.0,
        ),
        RunEnded(run, status, MODEL, 3.0),
    )


def teach(strategy: str, category: str, times: int = 12) -> None:
    """Write down that a strategy always helped with a category, and the plain question never."""
    rows: list[Row] = []
    for number in range(times):
        rows += use(number, strategy, category, "cleared")
        rows += use(number, "plain_retry", category, "same")
    with closing(open_for_writing(journal_file())) as connection:
        assert write(connection, rows) == 0
