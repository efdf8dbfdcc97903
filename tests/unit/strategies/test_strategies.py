"""Strategies: for which failures they are, and what their words for the model may say."""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint, EntryPoints
from typing import TYPE_CHECKING

import pytest

from understudy.core import plugins
from understudy.core.failures import Failure, Phase
from understudy.core.failures import FailureCategory as F
from understudy.core.text import Span
from understudy.prompt.choosing import Addressee
from understudy.prompt.composing import compose
from understudy.prompt.library import load_library
from understudy.prompt.samples import sample_values
from understudy.strategies import GROUP, PLAIN, Change, Setback, Strategy, all_strategies
from understudy.workspace.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.prompt.fragment import Fragment

FOUND = (Diagnostic("ruff", "F821", "Undefined name `x`", Span(0, 1)),)
NEEDED = {
    "again.show_finding": {"finding"},
    "again.add_definitions": {"finding", "named"},
    "again.smaller_scope": set[str](),
}
"""Variables without which a fragment has nothing to say."""
SECTIONS = {
    "finding": ("last attempt", "said at line"),
    "named": ("is defined", "are defined", "definition"),
}
"""Words that point at what only stands there when a variable holds something."""
SHOUTING = re.compile(r"!|\b[A-Z]{3,}\b|\b(?i:must|never|always|important|warning)\b")


def setback(category: F, phase: Phase = "check", **open_ways: object) -> Setback:
    failure = Failure(category, phase, "model", "It failed.", fingerprint="one")
    return Setback(failure, **open_ways)  # type: ignore[arg-type] # the fields of a setback


def fitting(given: Setback) -> set[str]:
    return {name for name, one in all_strategies().items() if one.is_for(given)}


def own_fragments() -> list[Fragment]:
    return [one for one in load_library(None).all() if "strategy" in one.when]


def said(strategy: str, *missing: str) -> str:
    """What a prompt says for a strategy where these variables hold nothing."""
    values = {**sample_values(), "asks": "fix", "strategy": strategy, **dict.fromkeys(missing)}
    made = compose(load_library(None), Addressee(edit_format="region"), values)
    parts = [part for turn in made.turns for part in turn.parts]
    return "\n".join(part.text for part in parts if part.name.startswith("again."))


def test_there_are_at_least_seven_and_the_plain_one_is_for_every_failure() -> None:
    assert len(all_strategies()) >= 7
    assert all(PLAIN in fitting(setback(category)) for category in F)
    assert all_strategies()[PLAIN].change == Change()


def test_every_other_strategy_changes_something() -> None:
    plain = {name for name, one in all_strategies().items() if one.change == Change()}
    assert plain == {PLAIN}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (setback(F.TYPE_ERROR, found=FOUND), {"show_finding", "add_definitions", "tidy_first"}),
        (setback(F.TYPE_ERROR), set()),
        (setback(F.PARSE_ERROR, "parse", other_formats=("json",)), {"other_format"}),
        (setback(F.PARSE_ERROR, "parse", can_cool=True), {"lower_temperature"}),
        (setback(F.PARSE_ERROR, "parse", can_narrow=True), {"smaller_scope"}),
        (setback(F.SYNTAX_ERROR, found=FOUND), {"show_finding", "tidy_first"}),
        (setback(F.REFUSAL, found=FOUND, can_cool=True, can_narrow=True), set()),
    ],
)
def test_a_strategy_is_only_for_failures_that_leave_it_something_to_do(
    given: Setback, expected: set[str]
) -> None:
    assert fitting(given) == expected | {PLAIN}


def test_each_strategy_that_shows_something_brings_a_fragment() -> None:
    shows = {
        name
        for name, one in all_strategies().items()
        if one.change.finding or one.change.definitions or one.change.narrower
    }
    assert {one for each in own_fragments() for one in each.when["strategy"]} == shows
    assert {one.id for one in own_fragments()} == NEEDED.keys()


@pytest.mark.parametrize("name", NEEDED)
def test_a_fragment_shows_the_failure_whole_and_in_place(name: str) -> None:
    text = said(name.removeprefix("again."))
    assert "Undefined name `price`" in text
    assert "ruff (F821)" in text
    assert "return sum(item.price for item in items)" in text


@pytest.mark.parametrize("name", NEEDED)
def test_a_fragment_never_shouts(name: str) -> None:
    library = load_library(None)
    for id_ in (name, "failing"):
        fragment = library.find(id_)
        assert fragment is not None
        own = re.sub(r"\{\{.*?\}\}", "", fragment.text[fragment.body :])
        assert SHOUTING.search(own) is None


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("missing", SECTIONS)
def test_a_fragment_never_mentions_what_is_not_there(name: str, missing: str) -> None:
    text = said(name.removeprefix("again."), missing)
    assert not any(word in text for word in SECTIONS[missing])
    assert bool(text) == (missing not in NEEDED[name])


def test_a_question_without_a_strategy_has_none_of_their_words() -> None:
    assert said("") == ""


@pytest.fixture
def entry_points(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    """The entry points of installed packages, as far as they are ours to load."""
    there: list[EntryPoint] = []

    def found(group: str) -> EntryPoints:
        return EntryPoints(one for one in there if one.group == group)

    monkeypatch.setattr("importlib.metadata.entry_points", found)
    plugins._installed.cache_clear()
    yield there
    plugins._installed.cache_clear()


def test_another_package_can_bring_a_strategy(entry_points: list[EntryPoint]) -> None:
    where = "tests.unit.strategies.test_strategies:FOREIGN"
    entry_points.append(EntryPoint("cooler", where, GROUP))
    assert all_strategies()["cooler"] is FOREIGN


def test_a_package_that_breaks_or_brings_something_else_is_left_out(
    entry_points: list[EntryPoint], caplog: pytest.LogCaptureFixture
) -> None:
    here = "tests.unit.strategies.test_strategies"
    entry_points += [
        EntryPoint("gone", f"{here}.nowhere:STRATEGY", GROUP),
        EntryPoint("wrong", f"{here}:FOUND", GROUP),
    ]
    assert {"gone", "wrong"}.isdisjoint(all_strategies())
    assert "can't be loaded" in caplog.text
    assert "is no Strategy" in caplog.text


FOREIGN = Strategy(id="cooler", change=Change(temperature=0.1))
