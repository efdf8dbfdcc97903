"""Events and what is remembered of lessons are copied to a team's database, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.journal.samples import START_US, run_rows, store
from understudy.journal.copying import Terms
from understudy.journal.pushing import Pushing, push
from understudy.journal.query import query
from understudy.journal.records import Event
from understudy.learning.evidence import Evidence
from understudy.learning.recall import recall
from understudy.learning.registry import Registry
from understudy.learning.standing import Standing
from understudy.learning.tiers import Tier

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.postgres import Database

LESSON = "0123456789abcdef"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "journal.sqlite3"
    store(found, *run_rows("X"))
    return found


class Clock:
    """Goes on by a second with each look."""

    def __init__(self, at_us: int = START_US) -> None:
        self.at_us = at_us

    def __call__(self) -> int:
        self.at_us += 1_000_000
        return self.at_us


def rows(where: Path | Database, sql: str) -> tuple[tuple[Any, ...], ...]:
    return query(where, sql).rows


def standing(state: Any) -> Standing:
    return Standing(state, Tier.LOG, "trying", 0.5, Evidence(3.0, 4.0))


EVENTS = "SELECT at_us, kind, subject, number, owner FROM events ORDER BY at_us, kind, owner"
LESSONS = "SELECT lesson, first_us, opened_us, state FROM lessons ORDER BY lesson"
SIGHTINGS = "SELECT lesson, run_id, at_us FROM lesson_sightings ORDER BY lesson, at_us, run_id"
CHANGES = "SELECT lesson, at_us, state, why, total FROM lesson_changes ORDER BY at_us, id"
SAID = "SELECT lesson, decision, digest, at_us FROM lesson_decisions ORDER BY lesson, decision"


def test_events_are_copied_once_and_say_whose_they_are(path: Path, team: Database) -> None:
    ada = Pushing(path, team, Terms(owner="ada"))
    push(ada)
    store(path, Event(START_US + 5, "explored", "XR"))
    push(ada)
    expected = (
        (START_US, "run_ended", "XR", None, "ada"),
        (START_US + 5, "explored", "XR", None, "ada"),
    )
    assert rows(team, EVENTS) == expected
    assert push(ada, anew=True) == 1
    assert rows(team, EVENTS) == expected


def test_the_same_event_of_two_people_is_two_events(
    path: Path, tmp_path: Path, team: Database
) -> None:
    other = tmp_path / "other.sqlite3"
    store(other, *run_rows("X"))
    for where, owner in ((path, "ada"), (other, "bob")):
        push(Pushing(where, team, Terms(owner=owner)))
    assert [row[4] for row in rows(team, EVENTS)] == ["ada", "bob"]


def test_more_events_than_are_copied_at_once_are_all_copied(path: Path, team: Database) -> None:
    store(path, *(Event(START_US + one, "many", str(one), float(one)) for one in range(1, 1_201)))
    push(Pushing(path, team))
    told = rows(team, "SELECT COUNT(*) AS n, SUM(number) AS all_of_them FROM events")
    assert told == ((1_201, 1_200 * 1_201 / 2),)


def test_where_a_collector_is_stays_here(path: Path, team: Database) -> None:
    store(path, Event(START_US + 5, "otlp_sent", "https://traces.example", 9.0))
    push(Pushing(path, team))
    assert [row[1] for row in rows(team, EVENTS)] == ["run_ended"]


def test_what_is_remembered_of_lessons_is_the_same_there(path: Path, team: Database) -> None:
    registry = Registry(path, Clock())
    what = Pushing(path, team)
    registry.sight(LESSON, "XR", 7)
    registry.note(LESSON, standing("shadow"))
    registry.decide(LESSON, "accepted", "d1")
    push(what)
    registry.sight(LESSON, "XR", 7)
    registry.note(LESSON, standing("active"))
    registry.decide(LESSON, "accepted", "d2")
    push(what)
    for sql in (LESSONS, SIGHTINGS, CHANGES, SAID):
        assert rows(team, sql) == rows(path, sql), sql
        assert rows(path, sql), sql
    assert recall(team).seen == recall(path).seen
    assert recall(team).said == recall(path).said
    assert recall(team).uses == recall(path).uses


def test_nothing_is_copied_of_lessons_that_did_not_change(path: Path, team: Database) -> None:
    registry = Registry(path, Clock())
    registry.sight(LESSON, "XR", 7)
    what = Pushing(path, team)
    push(what)
    before = rows(path, "SELECT lessons FROM push_targets")
    push(what)
    assert rows(path, "SELECT lessons FROM push_targets") == before
    registry.sight(LESSON, "XR", 7)
    push(what)
    assert rows(path, "SELECT lessons FROM push_targets") != before


@pytest.mark.parametrize("order", ["early first", "late first"])
def test_what_two_machines_know_of_a_lesson_is_put_together(
    order: str, path: Path, tmp_path: Path, team: Database
) -> None:
    later = tmp_path / "later.sqlite3"
    store(later, *run_rows("Y"))
    for where, start_us, state in ((path, START_US, "shadow"), (later, START_US + 9**9, "active")):
        registry = Registry(where, Clock(start_us))
        registry.sight(LESSON, "XR" if where == path else "YR", 7)
        registry.note(LESSON, standing(state))
        registry.decide(LESSON, "off", state)
    for where in (path, later) if order == "early first" else (later, path):
        push(Pushing(where, team))
    ((first_us, _),) = rows(path, "SELECT first_us, state FROM lessons")
    ((opened_us, _),) = rows(later, "SELECT opened_us, state FROM lessons")
    assert rows(team, LESSONS) == ((LESSON, first_us, opened_us, "active"),)
    assert len(rows(team, SIGHTINGS)) == len(rows(team, CHANGES)) == 2
    assert [row[2] for row in rows(team, SAID)] == ["active"]
