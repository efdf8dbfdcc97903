"""What was handed over is not handed over again in another payload that was shown before."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from understudy.core.failures import FailureCategory, RefusedError
from understudy.learning.handed_over import Payload, folder, given, is_outdated, note_given, prepare
from understudy.learning.payload import Collected, Entry, write_payload
from understudy.learning.publishing import publish
from understudy.learning.shares import Count, Share
from understudy.learning.ways_out import way_out

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = Entry(
    *(FailureCategory.LINT_FAILURE, "F401", "python", "anthropic/claude-haiku-4-5"),
    *("prompt_fragment", "Import what you use.", Count(10, 10), Count()),
)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))


def shown(runs: int, code: str = "F401", words: str = ENTRY.words) -> Payload:
    """A payload of a lesson about a code; its own words are the same, however others see them."""
    entry = replace(ENTRY, code=code, words=words, inside=Count(runs, runs))
    share = Share((code, "0123456789abcdef", ENTRY.model), entry.inside)
    return prepare(write_payload(Collected((entry,))), (share,))


async def test_runs_that_are_in_two_payloads_are_handed_over_once() -> None:
    early, late = shown(10), shown(20)
    assert not is_outdated(early)
    note_given(late)
    assert is_outdated(early)
    with pytest.raises(RefusedError, match="Look at them again"):
        await publish(early, way_out("others/lessons", "me/lessons"), None)


def test_what_was_handed_over_itself_can_be_handed_over_again() -> None:
    early = shown(10)
    note_given(early)
    note_given(shown(5))
    assert not is_outdated(early)


def test_payloads_of_other_lessons_and_those_shown_later_stay_good() -> None:
    other = shown(10, "F821")
    note_given(shown(10))
    assert not is_outdated(other)
    assert not is_outdated(shown(7))


def test_what_is_shown_again_is_good_again() -> None:
    early = shown(10)
    note_given(shown(20))
    assert is_outdated(early)
    assert not is_outdated(shown(10))


def test_the_same_runs_are_told_whatever_was_masked_of_their_words() -> None:
    early = shown(10, words="Import what you <name>.")
    note_given(shown(20))
    assert is_outdated(early)
    assert given() == {("F401", "0123456789abcdef", ENTRY.model): (Count(20, 20), Count())}


def test_what_an_earlier_version_handed_over_is_known_by_its_lesson_and_model() -> None:
    early = shown(10)
    row = {
        "key": ["F401", ENTRY.model, "Import what you use."],
        "with": [10, 10],
        "without": [0, 0],
    }
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / "given.jsonl").write_text(
        json.dumps({"payload": "0" * 64, "lessons": [row]}) + "\n"
    )
    assert given() == {("F401", "", ENTRY.model): (Count(10, 10), Count())}
    assert is_outdated(early)
