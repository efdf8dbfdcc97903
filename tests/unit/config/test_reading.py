from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.config.samples import FILE, only_problem, resolved, user, workspace
from understudy.config.source import (
    from_editor,
)
from understudy.core.text import apply

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.config.source import Source


def test_a_misspelt_key_is_marked_and_its_fix_repairs_the_file() -> None:
    text = "[fix]\nmaxCandidate = 3\nunsafe = false\n"
    found = resolved(user(text))
    problem = only_problem(found)
    assert problem.message == (
        f"`fix.maxCandidate` in `{FILE}` is not a setting. Did you mean `maxCandidates`?"
    )
    assert problem.span is not None
    assert problem.span.of(text) == "maxCandidate"
    assert problem.fix is not None
    mended = resolved(user(apply(text, [problem.fix])))
    assert mended.problems == ()
    assert mended.settings.fix.max_candidates == 3
    assert not found.settings.fix.unsafe


def test_a_misspelt_section_says_what_follows_from_what_it_holds() -> None:
    found = resolved(user('[privcy]\nlocl_only = ["src/**"]\nlocal_only = ["x"]\n'))
    assert only_problem(found).message == (
        f"`privcy` in `{FILE}` is not a setting, so it does not count and no file leaves this"
        " machine. Did you mean `privacy`?"
    )
    assert found.settings.privacy.local_only == ("*",)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("gate.auto_score = 1.5", "gate.auto_score = 1"),
        ("gate.max_deleted_share = -1", "gate.max_deleted_share = 0"),
        ('gate.auto_apply = "false"', "gate.auto_apply = false"),
        ('journal.keep_days = "30"', "journal.keep_days = 30"),
        ("fix.timeout_s = 100000", "fix.timeout_s = 600"),
        (
            'checkers.ruff.command = "uvx ruff"',
            'checkers.ruff.command = ["uvx", "ruff"]',
        ),
        (
            'model_routing.debugging = ["builtin/rule"]',
            'model_routing.debugging = ["builtin/rules"]',
        ),
        ("[checkers.rufff]\nenabled = true", "[checkers.ruff]\nenabled = true"),
        ("[gaet]\nauto_score = 0.99", "[gate]\nauto_score = 0.99"),
    ],
)
def test_an_obvious_mistake_has_a_fix(written: str, mended: str) -> None:
    problem = only_problem(resolved(user(written)))
    assert problem.fix is not None
    assert apply(written, [problem.fix]) == mended
    assert resolved(user(mended)).problems == ()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("gate.auto_score = nan", "a number from 0 to 1"),
        ("gate.auto_score = true", "a number from 0 to 1, not true"),
        ("fix.max_candidates = 2.5", "a whole number from 1 to 100, not 2.5"),
        ("gate = 3", "a table, not 3"),
        ("checkers = []", "no checker runs"),
        ("checkers.ruff = true", "the checker `ruff` does not run"),
        ('checkers.ruff.command = [" "]', "the first string must name a program"),
        ("model_routing.debugging = []", "at least one"),
        ('model_routing.debugging = "acme/large"', "no known model"),
        ("checkers.mypi.enabled = true", "not a known checker"),
        ("colour = 1", "Known here: `actions`, `budget`, `cache`"),
    ],
)
def test_a_problem_names_key_and_file_and_what_is_accepted(written: str, words: str) -> None:
    problem = only_problem(resolved(user(written)))
    assert words in problem.message
    assert str(FILE) in problem.message
    assert problem.message.endswith((".", "?"))
    assert problem.span is not None
    assert problem.span.of(written)


def test_a_string_in_the_wrong_place_is_not_repeated() -> None:
    problem = only_problem(resolved(user('gate.auto_score = "s3cret"')))
    assert "s3cret" not in problem.message


def test_the_editor_is_named_as_the_source_and_has_no_span() -> None:
    problem = only_problem(resolved(from_editor({"gate": {"autoScore": 7}})))
    assert problem.message == (
        "`gate.autoScore` in the editor's settings must be a number from 0 to 1, not 7, so it does"
        " not count."
    )
    assert (problem.path, problem.span, problem.fix) == (None, None, None)
    assert problem.key == "gate.auto_score"


def test_settings_that_are_no_object_are_one_problem() -> None:
    assert "must be an object" in only_problem(resolved(from_editor([1]))).message


@pytest.mark.parametrize("key", ["commands = ['x']", "enable = false", "command = 1"])
def test_a_misspelt_setting_with_power_fails_closed(key: str) -> None:
    assert not resolved(user(f"[checkers.ruff]\n{key}")).settings.checker("ruff").enabled


@pytest.mark.parametrize("layer", [user, workspace])
@pytest.mark.parametrize(
    "text",
    [
        "[budgt]\nx = 1\n",
        "[privcy]\nfoo = 1\n",
        "[budgt.per_day_usd]\na = 1\n",
        "[budgt]\nper_provider_usd = 3\n",
        "[cascad]\nactionss = 3\n",
        "[providrs.acme]\nfoo = 1\nheaders = 2\n",
        "[chekers.rufff]\nenabled = 3\n",
    ],
)
def test_what_exists_under_no_spelling_is_told_and_nothing_else(
    layer: Callable[[str], Source], text: str
) -> None:
    found = resolved(layer(text))
    message = only_problem(found).message
    assert "is not a setting" in message
    assert "Did you mean" in message
    assert resolved(layer("")).settings.journal == found.settings.journal


@pytest.mark.parametrize(
    "table", ["privcy = 3", "[privcy]\nexclude = ['*.txt']", "[privcy]\nexclde = ['*.txt']"]
)
def test_a_misspelt_table_of_private_files_shows_none(table: str) -> None:
    assert resolved(user(table)).settings.privacy.exclude == ("*",)


@pytest.mark.parametrize("line", ["per_day_usd = 1", "perDayUsd = 1", "per_day_us = 'x'"])
def test_a_misspelt_budget_allows_nothing(line: str) -> None:
    assert resolved(user(f"[budgt]\n{line}")).settings.budget.per_day_usd == 0.0


def test_a_key_in_two_spellings_does_not_count_and_fails_closed() -> None:
    found = resolved(user("[gate]\nauto_apply = true\nautoApply = false"))
    assert "set twice" in only_problem(found).message
    assert not found.settings.gate.auto_apply


def test_a_key_at_fault_is_told_and_not_the_value_under_it() -> None:
    problem = only_problem(resolved(user('[failures.rules]\n"" = "timeout"\n')))
    assert problem.message.startswith('`failures.rules.""` in ')
    assert "can't be a key (its text must have at least " in problem.message
    assert "not this string" not in problem.message
