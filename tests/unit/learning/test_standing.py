from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.unit.journal.samples import store
from tests.unit.learning.lessons import (
    DAY_US,
    MODEL,
    NOW_US,
    Clock,
    lesson,
    registry_at,
    use_rows,
)
from understudy.config.learning_settings import LearningSettings
from understudy.learning.evidence import Since, Use, evidence_of
from understudy.learning.identity import identity
from understudy.learning.judging import Judge
from understudy.learning.lesson import Remedy, Scope
from understudy.learning.recall import recall

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.learning.evidence import Role
    from understudy.learning.lesson import Lesson
    from understudy.learning.standing import Standing

RULES = LearningSettings(criterion="raw")
OWN_FAILURE = ("lint_failure", "F821")
OTHER_FAILURE = ("syntax_error", "")


def standing(
    path: Path,
    of: Lesson,
    now_us: int = NOW_US,
    revision: str = "r1",
    rules: LearningSettings = RULES,
) -> Standing:
    judge = Judge(recall(path), rules, now_us, "w", lambda _: revision)
    return judge.standing(of)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def used(journal: Path, of: Lesson, name: str, count: int, **how: object) -> None:
    for number in range(count):
        store(journal, *use_rows(f"{name}{number}", of, **how))  # type: ignore[arg-type]  # by name


def test_what_a_lesson_did_is_counted_only_where_it_was_in_the_prompt(journal: Path) -> None:
    one = lesson(state="shadow")
    used(journal, one, "in", 5)
    used(journal, one, "out", 4, role="held_out", failed=OWN_FAILURE)
    now = standing(journal, one)
    assert (now.state, now.tier, now.why) == ("active", "auto_apply", "proved")
    assert (now.evidence.uses, now.evidence.held, now.evidence.lift) == (5, 4, 1.0)


def test_an_edit_that_was_undone_is_no_success(journal: Path) -> None:
    one = lesson()
    used(journal, one, "kept", 2)
    used(journal, one, "gone", 1, undone=True, at_us=NOW_US - 10)
    evidence = standing(journal, one).evidence
    assert (round(evidence.good, 3), round(evidence.total, 3), evidence.harms) == (2, 3, 0)


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        (["harm"], "active"),
        (["harm", "harm"], "paused"),
        (["undone", "harm"], "paused"),
        (["harm", "other", "harm"], "active"),
        (["harm", "good", "harm"], "active"),
        (["harm", "held_out", "harm"], "paused"),
    ],
)
def test_two_harms_in_a_row_pause_a_lesson_at_once(
    ends: list[str], state: str, journal: Path
) -> None:
    one = lesson()
    how: dict[str, dict[str, object]] = {
        "harm": {"failed": OWN_FAILURE},
        "undone": {"undone": True},
        "other": {"failed": OTHER_FAILURE},
        "good": {},
        "held_out": {"role": "held_out"},
    }
    for number, end in enumerate(ends):
        used(journal, one, f"run{number}", 1, at_us=NOW_US + number, **how[end])
    assert standing(journal, one, NOW_US + 9).state == state


def test_whoever_resumes_a_paused_lesson_gives_it_another_two_chances(journal: Path) -> None:
    one, clock = lesson(), Clock()
    used(journal, one, "bad", 2, failed=OWN_FAILURE)
    assert standing(journal, one).why == "harmful"
    clock.us += 1
    registry_at(journal.parent, clock).decide(identity(one), "resumed")
    assert standing(journal, one).state == "active"
    used(journal, one, "later", 2, failed=OWN_FAILURE, at_us=clock.us + 1)
    assert standing(journal, one).why == "harmful"


@pytest.mark.parametrize(
    ("without", "end", "count", "state"),
    [
        (OWN_FAILURE, {"failed": OWN_FAILURE}, 2, "active"),
        (OWN_FAILURE, {"failed": OWN_FAILURE}, 4, "paused"),
        (OWN_FAILURE, {"undone": True}, 2, "paused"),
        (None, {"failed": OWN_FAILURE}, 2, "paused"),
    ],
)
def test_the_failure_of_a_lesson_that_helps_is_harm_only_where_no_chance_explains_it(
    without: tuple[str, str] | None, end: dict[str, object], count: int, state: str, journal: Path
) -> None:
    one = lesson()
    used(journal, one, "in", 16)
    used(journal, one, "missed", 1, failed=OWN_FAILURE)
    used(journal, one, "well", 3, at_us=NOW_US + 1)
    used(journal, one, "out", 5, role="held_out", failed=without)
    used(journal, one, "last", count, at_us=NOW_US + 2, **end)
    assert standing(journal, one, NOW_US + 9).state == state


def test_what_helps_four_times_of_five_is_seldom_paused_by_chance() -> None:
    paused = 0
    for seed in range(20):
        random = Random(seed)  # noqa: S311 - the same runs each time
        uses = [Use(0, "A", "in", good=True, harm=False)]
        for number in range(1, 150):
            held_out = number % 10 == 0
            good = random.random() < (0.3 if held_out else 0.8)
            missed = not good and not held_out
            role: Role = "held_out" if held_out else "in"
            uses.append(Use(number, str(number), role, good=good, harm=False, missed=missed))
            if missed and evidence_of(uses, number, RULES).harms >= 2:
                paused += 1
                break
    assert paused <= 2


def test_a_lesson_without_lift_is_only_tried_and_comes_back_with_it(journal: Path) -> None:
    one = lesson()
    used(journal, one, "in", 5)
    used(journal, one, "out", 5, role="held_out")
    assert (standing(journal, one).state, standing(journal, one).why) == ("shadow", "no_lift")
    used(journal, one, "worse", 1, role="held_out", failed=OTHER_FAILURE)
    assert (standing(journal, one).state, standing(journal, one).why) == ("active", "proved")


def test_a_lesson_that_nobody_wrote_goes_up_and_down_with_its_evidence(journal: Path) -> None:
    one = lesson(
        state="shadow",
        source="measured",
        remedy=Remedy("prompt_fragment", "x", True),
        review="waiting",
    )
    assert standing(journal, one).why == "trying"
    used(journal, one, "in", 3)
    assert (standing(journal, one).state, standing(journal, one).tier) == (
        "active",
        "apply_with_log",
    )
    used(journal, one, "bad", 2, failed=OTHER_FAILURE)
    assert (standing(journal, one).state, standing(journal, one).tier) == (
        "shadow",
        "queue_for_review",
    )


def test_evidence_weighs_half_after_thirty_days() -> None:
    uses = [
        Use(NOW_US - days * DAY_US, str(days), "in", good=True, harm=False) for days in (0, 30, 60)
    ]
    found = evidence_of(uses, NOW_US, LearningSettings())
    assert (found.total, found.good, found.uses) == (1.75, 1.75, 3)
    assert evidence_of(uses, NOW_US, LearningSettings(half_life_days=60)).total == pytest.approx(
        1 + 0.5**0.5 + 0.5
    )


def test_old_evidence_proves_less_than_it_did(journal: Path) -> None:
    one = lesson(state="shadow")
    used(journal, one, "in", 5)
    tiers = [standing(journal, one, NOW_US + days * DAY_US).tier for days in (0, 30, 90)]
    assert tiers == ["auto_apply", "apply_with_log", "queue_for_review"]


def test_another_version_of_the_model_halves_the_evidence_and_begins_in_the_shadow(
    journal: Path,
) -> None:
    one = lesson(state="shadow", scope=Scope(model=MODEL, language="python"))
    used(journal, one, "old", 10)
    assert standing(journal, one).state == "active"
    now = standing(journal, one, revision="r2")
    assert (now.state, now.why, now.evidence.total) == ("shadow", "new_model", 5)
    used(journal, one, "new", 3, revision="r2")
    assert standing(journal, one, revision="r2").state == "active"


def test_a_failure_that_comes_back_after_the_window_demotes_its_lesson(journal: Path) -> None:
    one, clock = lesson(), Clock()
    registry = registry_at(journal.parent, clock)
    used(journal, one, "in", 5)
    registry.sight(identity(one), "a", 7)
    clock.us += 8 * DAY_US
    assert standing(journal, one, clock.us).state == "active"
    registry.sight(identity(one), "b", 7)
    assert standing(journal, one, clock.us).why == "came_back"
    used(journal, one, "again", 3, at_us=clock.us + 1)
    assert standing(journal, one, clock.us).state == "active"


def test_other_words_begin_with_no_evidence(journal: Path) -> None:
    one = lesson()
    used(journal, one, "in", 5)
    assert (
        standing(journal, replace(one, remedy=Remedy("prompt_fragment", "New."))).evidence.uses == 0
    )


def test_every_change_is_noted_once_with_its_numbers(journal: Path) -> None:
    one = lesson()
    registry = registry_at(journal.parent)
    used(journal, one, "in", 5)
    now = standing(journal, one)
    assert registry.note(identity(one), now) == ""
    assert registry.note(identity(one), now) is None
    used(journal, one, "bad", 2, undone=True, at_us=NOW_US + 1)
    assert registry.note(identity(one), standing(journal, one)) == "active"
    from contextlib import closing

    from understudy.journal.database import open_for_writing

    with closing(open_for_writing(journal)) as db:
        changes = db.execute(
            "SELECT state, why, good, total FROM lesson_changes ORDER BY id"
        ).fetchall()
        events = db.execute("SELECT kind FROM events ORDER BY rev").fetchall()
    assert changes == [("active", "proved", 5.0, 5.0), ("paused", "harmful", 5.0, 7.0)]
    assert events == [("lesson_active",), ("lesson_paused",)]


def test_a_version_of_which_nothing_is_known_changes_nothing() -> None:
    use = Use(NOW_US, "a", "in", good=True, harm=False, revision="r1")
    assert evidence_of([use], NOW_US, RULES, Since(revision="")).fresh == 1
