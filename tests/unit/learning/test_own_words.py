"""Lessons of one's own words: told apart by what they say, and where they count."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.journal.samples import store
from tests.unit.learning.lessons import MODEL, Clock, lesson, registry_at, use_rows
from understudy.config.learning_settings import LearningSettings
from understudy.core.failures import FailureCategory, RefusedError, UnavailableError
from understudy.learning.contribution import Grounds, offer
from understudy.learning.evidence import Evidence
from understudy.learning.identity import identity, near
from understudy.learning.importing import carry_out, plan_import
from understudy.learning.intake import take_in, waiting
from understudy.learning.judging import Judge
from understudy.learning.lesson import Lesson, Remedy, Scope, Situation
from understudy.learning.payload import Collected, Entry, merged, write_payload
from understudy.learning.recall import recall
from understudy.learning.reviewing import Review, add, review
from understudy.learning.selection import Chosen, select
from understudy.learning.shares import Count
from understudy.learning.shelf import load_shelf
from understudy.learning.standing import Standing
from understudy.learning.templates import words_for
from understudy.learning.tiers import Tier

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.learning.registry import Registry

RULES = LearningSettings()
SHORT, PATHS = "Keep functions short.", "Use pathlib instead of os.path."
GOOD = Standing("active", Tier.LOG, "proved", 0.8, Evidence())


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    return registry_at(tmp_path, Clock())


def own(body: str = SHORT, **scope: str) -> Lesson:
    """A lesson that says what to do, and names no failure."""
    place = Scope(**{"language": "python", **scope})  # type: ignore[arg-type]  # the names are those of the fields
    return lesson(body, code="", id="", scope=place)


@pytest.mark.parametrize("other", ["Use pathlib instead of os.walk.", "Compare with !=.", "Keep"])
def test_other_words_are_another_lesson(other: str) -> None:
    assert len({identity(own(words)) for words in (SHORT, PATHS, "Compare with ==.", other)}) == 4


@pytest.mark.parametrize(
    "other",
    [
        {"language": "go"},
        {"provider": "acme"},
        {"model": "acme/*"},
        {"task": "tests"},
        {"path_glob": "src/**"},
    ],
)
def test_another_place_is_another_lesson(other: dict[str, str]) -> None:
    assert identity(own(**other)) != identity(own())


@pytest.mark.parametrize(
    "same", ["keep functions short", "  Keep\n functions  SHORT! ", "`Keep` functions, “short”…"]
)
def test_the_same_words_for_the_same_place_are_one_lesson(same: str, registry: Registry) -> None:
    assert identity(own(same, language="Python")) == identity(own())
    known = add(own(), registry, None)
    with pytest.raises(RefusedError, match=known.id):
        add(own(same), registry, None)


@given(st.text(), st.sampled_from(["", ".", "!", " ", "\n"]))
def test_marks_and_blanks_around_make_no_other_lesson(words: str, mark: str) -> None:
    assert identity(own(f"a {words} b{mark}")) == identity(own(f" A {words}  B".casefold()))


def test_several_lessons_of_one_language_are_kept_and_used(registry: Registry) -> None:
    places = [own(SHORT), own(PATHS), own(SHORT, language="go"), own(PATHS, path_glob="src/**")]
    kept = [add(one, registry, None) for one in places]
    assert {one.id for one in load_shelf(None).lessons} == {one.id for one in kept}
    chosen = [Chosen(one, GOOD) for one in load_shelf(None).lessons]
    here = Situation(MODEL, "acme", "python", "fix", "src/a.py")
    found = select(chosen, here, "", RULES, len)
    # What two of them say is said once.
    assert sorted(one.lesson.remedy.body for one in found.words) == [SHORT, PATHS]


def test_a_damaged_journal_leaves_nothing_half_done(registry: Registry) -> None:
    kept = add(own(), registry, None)
    for change in (
        lambda: add(own(PATHS), registry, None),
        lambda: review(Review("edit", kept.id, PATHS), registry, None),
    ):
        registry.path.write_bytes(b"no database at all " * 100)
        with pytest.raises(UnavailableError, match="was moved to"):
            change()
        assert [one.remedy.body for one in load_shelf(None).lessons] == [SHORT]
    assert add(own(PATHS), registry, None).remedy.body == PATHS


def test_what_was_learned_from_runs_stays_one_lesson_for_its_failure_whatever_its_words() -> None:
    trigger = replace(own().trigger, category=FailureCategory.HALLUCINATION)
    ours = words_for(trigger, Scope())
    measured = replace(own(ours, model=MODEL), trigger=trigger, source="measured")
    edited = replace(measured, remedy=Remedy("prompt_fragment", "Mine."), attempts=("r1",))
    others = replace(measured, source="imported:friends", scope=Scope(language="python"))
    assert len({identity(one) for one in (measured, replace(edited, source="user"), others)}) == 1


def test_words_of_ones_own_do_not_keep_measured_lessons_out(registry: Registry) -> None:
    add(own(), registry, None)
    measured = lesson("Close brackets.", code="", id="", source="measured", attempts=("r1",))
    assert take_in(measured, "r1", registry, RULES).what == "queued"
    assert take_in(replace(measured, attempts=("r2",)), "r2", registry, RULES).what == "again"


def test_a_full_queue_counts_nothing_for_another_kind_of_failure(registry: Registry) -> None:
    waits = lesson("Close brackets.", code="", source="measured", attempts=("r1",))
    trigger = replace(waits.trigger, category=FailureCategory.SYNTAX_ERROR)
    rules = replace(RULES, queue_max=1)
    take_in(waits, "r1", registry, rules)
    assert take_in(replace(waits, trigger=trigger), "r2", registry, rules).what == "refused"
    assert len(waiting(load_shelf(None))) == 1


def test_other_words_begin_anew_and_stay_off_where_they_were(registry: Registry) -> None:
    one = add(own(), registry, None)
    review(Review("off_here", one.id, workspace="there"), registry, None)
    review(Review("edit", one.id, body=PATHS, workspace="here"), registry, None)
    (now,) = load_shelf(None).lessons

    def state(workspace: str) -> str:
        return Judge(recall(registry.path), RULES, registry.now_us(), workspace).standing(now).state

    assert (now.remedy.body, state("here"), state("there")) == (PATHS, "active", "paused")
    assert add(own(), registry, None).id != now.id


def test_a_lesson_does_not_take_the_words_of_another_one(registry: Registry) -> None:
    one, other = add(own(), registry, None), add(own(PATHS), registry, None)
    with pytest.raises(RefusedError, match=f"`{other.id}` says so already"):
        review(Review("edit", one.id, body=PATHS.upper()), registry, None)
    review(Review("edit", one.id, body=SHORT + " Always."), registry, None)
    assert len(load_shelf(None).lessons) == 2


def test_the_narrower_of_two_can_be_merged_and_lessons_for_other_places_are_not_named() -> None:
    wide, narrow, apart = own(), own(path_glob="src/**"), own(language="go")
    assert near(narrow, [wide, apart]) == (wide,)
    assert near(wide, [narrow, apart]) == (narrow,)
    assert near(apart, [wide, narrow]) == near(own(task="fix"), [own(task="tests")]) == ()


def test_one_of_two_that_say_the_same_goes_into_the_other(registry: Registry) -> None:
    wide, narrow = add(own(), registry, None), add(own(path_glob="src/**"), registry, None)
    review(Review("merge", narrow.id, into=wide.id), registry, None)
    assert [one.id for one in load_shelf(None).lessons] == [wide.id]
    assert Judge(recall(registry.path), RULES, 0).standing(wide).why != "rejected"


def entry(words: str = SHORT, model: str = MODEL) -> Entry:
    return Entry(
        *(FailureCategory.LINT_FAILURE, "", "python", model, "prompt_fragment", words, Count(9, 10))
    )


def test_others_get_each_lesson_by_itself_and_the_same_one_once(registry: Registry) -> None:
    lessons = [add(own(SHORT), registry, None), add(own(PATHS), registry, None)]
    for one in lessons:
        for number in range(6):
            store(registry.path, *use_rows(f"{one.id}{number}", one))
    rules = LearningSettings(criterion="raw")
    grounds = Grounds(recall(registry.path), rules, (), {MODEL}, {"python"})
    found = offer([(one, GOOD) for one in lessons], grounds)
    assert sorted(one.words for one in found.entries) == [SHORT, PATHS]
    assert {one.inside for one in found.entries} == {Count(6, 6)}
    assert len(merged((*found.entries, entry(), entry(PATHS)))) == 2


def test_an_import_brings_what_is_new_for_a_place_and_nothing_that_is_said_there(
    registry: Registry, tmp_path: Path
) -> None:
    add(own(SHORT), registry, None)
    file = tmp_path / "friends.json"
    entries = (entry(), entry(PATHS), entry("use  PATHLIB instead of os.path"))
    file.write_text(write_payload(Collected(entries)), encoding="utf-8")
    planned = plan_import(file, "", registry, RULES)
    assert [one.remedy.body for one in planned.lessons] == [PATHS]
    assert min(why for _, why in planned.left_out).startswith("a better proved one")
    carry_out(planned, registry)
    assert plan_import(file, "", registry, RULES).lessons == ()
