from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.unit.learning.lessons import Clock, lesson, registry_at
from understudy.learning.identity import identity
from understudy.learning.recall import recall

ROOT = Path(__file__).parents[3]
WEEK = timedelta(days=7)
OWN = identity(lesson())


def us(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


@pytest.mark.parametrize(
    ("later", "seen"),
    [
        (timedelta(0), "again"),
        (timedelta(days=6, hours=23, minutes=59), "again"),
        (WEEK - timedelta(seconds=1), "again"),
        (WEEK, "reopened"),
        (WEEK + timedelta(minutes=1), "reopened"),
    ],
)
def test_a_window_is_seven_days_to_the_second(later: timedelta, seen: str, tmp_path: Path) -> None:
    # Clocks go back in this week, and a week there is 169 hours.
    start = datetime(2026, 10, 23, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    clock = Clock(us(start))
    registry = registry_at(tmp_path, clock)
    assert registry.sight(OWN, "first", 7) == "new"
    clock.us = us(start.astimezone(UTC) + later)
    assert registry.sight(OWN, "second", 7) == seen


def test_a_run_without_the_lesson_is_counted_and_opens_no_window(tmp_path: Path) -> None:
    clock = Clock()
    registry = registry_at(tmp_path, clock)
    registry.sight(OWN, "first", 7)
    clock.us += round(2 * WEEK.total_seconds()) * 1_000_000
    assert registry.sight(OWN, "held out", 7, held_out=True) == "again"
    seen = recall(registry.path).seen[OWN]
    assert (seen.count, seen.last_us, seen.came_back_us) == (2, clock.us, 0)
    assert registry.sight(OWN, "with it", 7) == "reopened"


def test_the_clock_may_go_back(tmp_path: Path) -> None:
    clock = Clock()
    registry = registry_at(tmp_path, clock)
    assert registry.sight(OWN, "first", 7) == "new"
    clock.us -= 3_600_000_000
    assert registry.sight(OWN, "second", 7) == "again"


def test_a_duplicate_is_counted_and_a_window_has_one_beginning(tmp_path: Path) -> None:
    clock = Clock()
    registry = registry_at(tmp_path, clock)
    found = []
    for day in (0, 3, 6, 7, 8, 13, 14):
        clock.us = Clock().us + day * 86_400_000_000
        found.append(registry.sight(OWN, f"run-{day}", 7))
    assert found == ["new", "again", "again", "reopened", "again", "again", "reopened"]
    seen = recall(registry.path).seen[OWN]
    assert (seen.count, seen.first_us, seen.last_us) == (7, Clock().us, clock.us)
    assert seen.came_back_us == clock.us


SIGHT = """
import sys
from pathlib import Path
from tests.unit.learning.lessons import lesson, registry_at
from understudy.learning.identity import identity
print(registry_at(Path(sys.argv[1])).sight(identity(lesson()), sys.argv[2], 7))
"""
"""Another window of the editor, which sees the same failure."""


def test_of_several_processes_one_is_told_that_it_was_the_first(tmp_path: Path) -> None:
    commands = [(sys.executable, "-c", SIGHT, str(tmp_path), str(number)) for number in range(3)]
    with ThreadPoolExecutor() as several:
        ended = several.map(_printed, commands)
    assert sorted(ended) == ["again", "again", "new"]
    assert recall(tmp_path / "journal.sqlite3").seen[OWN].count == 3


def _printed(command: tuple[str, ...]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()
