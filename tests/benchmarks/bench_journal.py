"""A month of a million attempts in the journal: how large it is, and how long every question takes.

The floor is one count of all attempts in the same file by SQLite alone: the least that a question
about all of them costs when nothing is remembered from before.

Run it as `python -m tests.benchmarks.bench_journal`; a number as its argument makes a smaller month.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.journal_month import DAYS, make_month
from tests.benchmarks.report import Report, median_ms, ms, percentile, ratio, times, verdict
from understudy.journal.calls import usual_silence_s
from understudy.journal.database import open_for_writing, open_in_memory
from understudy.journal.failure_stats import failure_stats
from understudy.journal.labels import labels
from understudy.journal.model_choice import best_for
from understudy.journal.model_regressions import regressions
from understudy.journal.model_stats import model_stats
from understudy.journal.model_tally import Scope, days_before
from understudy.journal.pruning import used_bytes
from understudy.journal.queries import count_runs, recent_runs, run_details, runs_named
from understudy.journal.query import query
from understudy.journal.reading import reading
from understudy.journal.rolling import count_next
from understudy.journal.saved_queries import SAVED
from understudy.journal.span_use import span_use
from understudy.journal.trials import asked, trials

if TYPE_CHECKING:
    from collections.abc import Callable

ATTEMPTS = 1_000_000
ROUNDS = 7
BAR_S = 0.3
BAR_BYTES = 1_024
MODEL = "openai/gpt-5-mini"
COLUMNS = (
    *("Question", "p50", "worst", "processor", "Floor: count all attempts", "Ratio"),
    *("Bar", "Verdict"),
)


def main(attempts: int = ATTEMPTS) -> None:
    """Make the month, ask, and publish."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite3"
        began = time.perf_counter()
        number = make_month(path, attempts)
        made_s = time.perf_counter() - began
        stretches = count(path)
        report = Report(
            "bench_journal",
            "The journal after a month",
            f"{number:,} attempts of six models over {DAYS} days, with their runs, calls, edits and"
            f" outcomes: a quarter as many calls as attempts. Each question {ROUNDS} times, in a"
            " process that has asked before.",
            COLUMNS,
        )
        for name, ask in questions(path).items():
            measure(report, path, name, ask)
        size(report, path, number)
        report.notes.append(
            f"Written in {made_s:.0f} s. The writer counts what is over at idle: the slowest day"
            f" took {max(stretches):.2f} s, and all {len(stretches)} stretches {sum(stretches):.0f}"
            " s. Percentiles that are told from sums are within 10 % of the exact ones."
        )
        # The page tells of the whole month; a smaller one is for whoever is at work on this.
        if attempts < ATTEMPTS:
            report.show()
        else:
            report.publish()


def count(path: Path) -> list[float]:
    """Count all that is over, as the writer does; how long each stretch took."""
    took: list[float] = []
    with closing(open_for_writing(path)) as connection:
        while True:
            began = time.perf_counter()
            if not count_next(connection, time.time_ns() // 1_000):
                return took
            took.append(time.perf_counter() - began)


def questions(path: Path) -> dict[str, Callable[[], object]]:
    """Everything that is asked of the journal in daily work."""
    now_us = time.time_ns() // 1_000
    week_us = days_before(now_us, 7)
    newest = recent_runs(path, 1)[0].id
    return {
        "`understudy stats`": lambda: model_stats(path),
        "`understudy stats --days 7`": lambda: model_stats(path, Scope(since_us=week_us)),
        "`understudy stats --by task`": lambda: model_stats(path, by="task"),
        "`understudy stats --workspace`": lambda: model_stats(
            path, Scope(workspace="0123456789abcdef")
        ),
        "`understudy stats --best fix`": lambda: best_for(model_stats(path, Scope(task="fix"))),
        "Hover over a model's name": lambda: model_stats(path, Scope(model=MODEL)),
        "Alarm": lambda: regressions(path, now_us),
        "`understudy runs`": lambda: recent_runs(path, 20),
        "The 500 newest runs": lambda: recent_runs(path, 500),
        "One run": lambda: run_details(path, newest),
        "The runs of one request": lambda: runs_named(path, newest),
        "How many runs": lambda: count_runs(path),
        "`understudy failures`": lambda: failure_stats(path),
        "`understudy failures --days 7`": lambda: failure_stats(path, now_us - 7 * 86_400_000_000),
        "Gate: judged edits": lambda: labels(path),
        "Router: trials": lambda: trials(path),
        "Cascade report: calls": lambda: asked(path),
        "`understudy context report`": lambda: span_use(path),
        "`journal query --saved routes`": lambda: query(
            path, SAVED["routes"].sql, {"since_us": week_us}
        ),
        "How long a model is silent": lambda: silence(path),
    }


def silence(path: Path) -> float | None:
    """What the ledger asks before a call."""
    with reading(path) as connection:
        assert connection is not None
        return usual_silence_s(connection, MODEL)


def measure(report: Report, path: Path, name: str, ask: Callable[[], object]) -> None:
    """One line: ours and the floor, in turns."""
    ours: list[float] = []
    work: list[float] = []
    floor: list[float] = []
    ask()
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(ROUNDS):
            began, worked = time.perf_counter(), time.process_time()
            ask()
            ours.append(time.perf_counter() - began)
            work.append(time.process_time() - worked)
            began = time.perf_counter()
            connection.execute("SELECT COUNT(*), SUM(seconds) FROM attempts").fetchone()
            floor.append(time.perf_counter() - began)
    report.add(
        name,
        *(median_ms(ours), ms(max(ours)), median_ms(work), median_ms(floor)),
        *(times(ratio(ours, floor)), f"< {ms(BAR_S)}", judged(ours, work)),
    )


def judged(ours: list[float], work: list[float]) -> str:
    """Whether the bar is met; a miss by less work than it allows was waiting for other programs."""
    met = percentile(ours, 50) < BAR_S
    return "unclear: noise" if not met and percentile(work, 50) < BAR_S else verdict(met=met)


def size(report: Report, path: Path, attempts: int) -> None:
    """What one attempt takes on the disk, with its share of everything else."""
    with closing(open_for_writing(path)) as connection:
        every = used_bytes(connection) / attempts
    with closing(open_in_memory()) as empty:
        least = used_bytes(empty) / attempts
    report.add(
        "Bytes of an attempt",
        *(f"{every:,.0f}", "", "", f"{least:.2g} (empty file)", ""),
        *(f"< {BAR_BYTES:,}", verdict(met=every < BAR_BYTES)),
    )


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
