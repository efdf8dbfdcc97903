"""Lessons in Neovim with the plugin: reviewed, remembered, handed to others and taken from others."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.journal.samples import store
from tests.unit.learning.lessons import use_rows
from understudy.config.learning_settings import LearningSettings
from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.failures import FailureCategory as F
from understudy.journal.records import RunEnded
from understudy.learning.intake import take_in
from understudy.learning.lesson import Lesson, Remedy, Scope, Trigger
from understudy.learning.payload import Collected, Entry, hash_of, write_payload
from understudy.learning.registry import Registry
from understudy.learning.reviewing import add
from understudy.learning.shares import Count
from understudy.learning.shelf import load_shelf
from understudy.models.catalogue import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.editors.nvim_editor import Nvim
    from tests.editors.trial import Trial

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Only on systems with terminals."),
    pytest.mark.timeout(240),
]

WORDS = "Import what you use."
PUBLIC = next(one for one in sorted(shipped().models) if one.startswith("anthropic/"))


def lesson(body: str = WORDS, code: str = "F821") -> Lesson:
    trigger = Trigger(F.LINT_FAILURE, code)
    return Lesson("", trigger, Remedy("prompt_fragment", body), Scope(language="python"), "model")


@pytest.fixture
def registry(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Of the journal that the server of the editor has as well."""
    monkeypatch.setenv("UNDERSTUDY_HOME", str(trial.folder / "home"))
    return Registry(journal_file(), now_us)


def queued(registry: Registry, *lessons: Lesson) -> list[str]:
    taken = [take_in(one, "R", registry, LearningSettings()).lesson for one in lessons]
    return [one.id for one in taken if one is not None]


def until_told(editor: Nvim, text: str) -> None:
    editor.wait(f"table.concat(trial.messages, '\\n'):find({text!r}, 1, true)")


def standing() -> dict[str, tuple[str, str, str]]:
    found = load_shelf(None).lessons
    return {one.id: (one.state, one.review, one.remedy.body) for one in found}


def test_lessons_that_wait_are_reviewed_one_after_the_other(
    start: Callable[..., Any], registry: Registry
) -> None:
    one, two = queued(registry, lesson(), lesson("Return what was summed up.", "F822"))
    with start() as editor:
        editor.choose("waiting", "Accept this lesson")
        editor.command("Understudy review-lesson")
        for id_ in (one, two):
            until_told(editor, f"`{id_}` is in use from now on.")
        # The last one that waited ends the review.
        assert editor.ask("#trial.menus") == 4
    assert {state for state, _, _ in standing().values()} == {"active"}


def test_a_lesson_is_put_into_other_words_and_two_that_say_nearly_the_same_are_merged(
    start: Callable[..., Any], registry: Registry
) -> None:
    one, two = queued(registry, lesson(), lesson("Import what you use!", "F401"))
    with start() as editor:
        editor.choose(f"({one}", f"Merge `{two}` into")
        editor.command("Understudy review-lesson")
        until_told(editor, f"`{two}` is one with `{one}` now.")
        editor.choose(f"({one}", "Edit this lesson")
        editor.command("Understudy review-lesson")
        editor.until_shown(f"In which words? {WORDS}")
        editor.type("\x15Use what is there.\r")
        until_told(editor, "is in use from now on.")
        editor.command(f"Understudy review-lesson id={one} action=pause")
        until_told(editor, "is paused everywhere.")
    assert standing() == {one: ("paused", "accepted", "Use what is there.")}


def test_the_evidence_is_shown_where_it_is_asked_for(
    start: Callable[..., Any], registry: Registry
) -> None:
    (one,) = queued(registry, lesson())
    with start() as editor:
        editor.choose(WORDS, "Show the evidence")
        editor.command("Understudy review-lesson")
        assert f"## {one}\n" in editor.wait('trial.window("markdown")')


def test_a_run_is_remembered_in_the_words_of_the_user(
    start: Callable[..., Any], registry: Registry
) -> None:
    rows = use_rows("R1", lesson(), failed=("lint_failure", "F821"), at_us=now_us())
    store(registry.path, *rows[:-1], RunEnded("R1", "offered", "acme/large", 1.0))
    with start() as editor:
        editor.command("Understudy remember-run runId=R1")
        editor.until_shown("What is to be done next time?")
        editor.type("\x1b")
        # Without words, there is nothing to remember: no way to ask again cleared this run.
        editor.command("Understudy remember-run runId=R1")
        editor.until_shown("What is to be done next time?")
        editor.type("\r")
        until_told(editor, "say in a sentence what to do next time")
        assert editor.ask("#trial.messages") == 1
        editor.command("Understudy runs")
        editor.until_shown("m remember")
        editor.wait("trial.window('understudy-runs'):find('acme/large', 1, true)")
        editor.type("m")
        editor.until_shown("What is to be done next time?")
        editor.type("Sum with x=1.\r")
        until_told(editor, "There is a lesson to review")
    (kept,) = load_shelf(None).lessons
    assert (kept.remedy.body, kept.review, kept.attempts) == ("Sum with x=1.", "waiting", ("R1",))


def test_others_get_the_bytes_that_were_shown(
    start: Callable[..., Any], trial: Trial, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.unit.learning.lessons.MODEL", PUBLIC)
    one = add(lesson(), registry, None)
    rows = [row for n in range(10) for row in use_rows(f"R{n}", one, at_us=now_us())]
    store(registry.path, *rows)
    place = trial.folder / "handed.json"
    with start() as editor:
        editor.command(f"Understudy contribute-lessons {place}")
        until_told(editor, "Look at what others would get first")
        assert not place.exists()
        editor.command("Understudy contribute-lessons")
        shown = editor.wait('trial.window("text")')
        until_told(editor, "1 lesson could be handed over.")
        editor.command(f"Understudy contribute-lessons {place}")
        until_told(editor, f"The lessons were written to {place}.")
        text = place.read_bytes().decode("ascii")
        assert text == f"{shown}\n"
        until_told(editor, f"Confirmed: {hash_of(text)}. Nothing was sent.")


def test_lessons_of_others_are_shown_and_come_into_the_queue(
    start: Callable[..., Any], trial: Trial, registry: Registry
) -> None:
    assert not registry.path.exists()
    entry = Entry(F.HALLUCINATION, "", "python", "", "prompt_fragment", "Be sure.", Count(90, 90))
    file = trial.folder / "friends of mine.json"
    file.write_text(write_payload(Collected((entry,))), encoding="utf-8")
    with start() as editor:
        editor.command(f"Understudy import-lessons {file} dry-run tag=friends")
        assert "+Be sure." in editor.wait('trial.window("diff")')
        until_told(editor, "1 lesson of `friends` would wait for your review.")
        assert standing() == {}
        editor.command(f"Understudy import-lessons {file} tag=friends")
        until_told(editor, "1 lesson of `friends` waits for your review.")
        assert [one[1:] for one in standing().values()] == [("waiting", "Be sure.")]
        editor.command("Understudy revoke-lessons foes")
        until_told(editor, "Nothing was imported from `foes`.")
        editor.choose("friends: 1 lessons of friends of mine.json")
        editor.command("Understudy revoke-lessons")
        until_told(editor, "1 lesson of `friends` is gone.")
        assert standing() == {}
        editor.command("Understudy revoke-lessons")
        until_told(editor, "No lessons of others were imported.")
