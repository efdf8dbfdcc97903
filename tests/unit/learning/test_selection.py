from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.learning.lessons import MODEL, lesson
from understudy.config.learning_settings import LearningSettings
from understudy.core.failures import FailureCategory as F
from understudy.learning.conflicts import conflict, conflicts, without_worse
from understudy.learning.evidence import Evidence
from understudy.learning.lesson import Lesson, Remedy, Scope, Situation, Trigger
from understudy.learning.matching import caused_by, fits, is_for
from understudy.learning.recall import Failed
from understudy.learning.selection import Chosen, select
from understudy.learning.standing import Standing
from understudy.learning.tiers import Tier

RULES = LearningSettings()
HERE = Situation(
    MODEL, "acme", "python", "fix", "shop/basket.py", failures=frozenset({("lint_failure", "F821")})
)
RUNS = [f"run-{number}" for number in range(400)]


def chosen(
    one: Lesson,
    *,
    state: str = "active",
    lift: float = 0.0,
    bound: float = 0.8,
    usable: bool = True,
) -> Chosen:
    evidence = Evidence(good=5 + 5 * lift, total=10, held_good=5, held_total=10)
    return Chosen(one, Standing(state, Tier.LOG, "proved", bound, evidence, usable))  # type: ignore[arg-type]  # a state


def bodies(found: tuple[Chosen, ...]) -> list[str]:
    return [one.lesson.remedy.body for one in found]


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        (Scope(), True),
        (Scope(model="acme/*"), True),
        (Scope(model="acme/small"), False),
        (Scope(provider="ACME"), True),
        (Scope(provider="other"), False),
        (Scope(language="go"), False),
        (Scope(task="explain"), False),
        (Scope(path_glob="shop/**"), True),
        (Scope(path_glob="*.py"), True),
        (Scope(path_glob="/basket.py"), False),
    ],
)
def test_where_a_lesson_counts(scope: Scope, holds: bool) -> None:
    assert fits(scope, HERE) is holds


def test_a_document_without_a_path_is_in_no_place() -> None:
    assert not fits(Scope(path_glob="*"), replace(HERE, path=""))


def test_a_lesson_waits_until_its_failure_has_happened() -> None:
    assert is_for(lesson(source="measured"), HERE)
    assert not is_for(lesson(code="F401", source="model"), HERE)
    assert is_for(lesson(code="F401"), HERE)
    assert not is_for(lesson(trigger=Trigger(F.SYNTAX_ERROR), source="file"), HERE)
    assert is_for(lesson(trigger=Trigger(F.LINT_FAILURE), source="file"), HERE)
    named = lesson(trigger=Trigger(F.TYPE_ERROR, fingerprint="abc"), source="file")
    assert is_for(named, replace(HERE, fingerprints=frozenset({"abc"})))


def test_the_failure_of_a_lesson_is_known_by_its_code_or_else_its_fingerprint() -> None:
    trigger = Trigger(F.LINT_FAILURE, code="F821")
    assert caused_by(trigger, Failed("lint_failure", "f821", "x"))
    assert not caused_by(trigger, Failed("lint_failure", "F401", "x"))
    assert not caused_by(trigger, Failed("type_error", "F821", "x"))
    assert caused_by(Trigger(F.TYPE_ERROR, fingerprint="x"), Failed("type_error", "", "x"))
    assert not caused_by(Trigger(F.TYPE_ERROR, fingerprint="x"), Failed("type_error", "", "y"))


def test_an_active_lesson_is_left_out_of_one_in_so_many_runs_and_a_shadow_is_in_as_few() -> None:
    counts = {"active": [0, 0], "shadow": [0, 0]}
    for state, count in counts.items():
        for run in RUNS:
            found = select([chosen(lesson(), state=state)], HERE, run, RULES, len)
            count[0] += len(found.words)
            count[1] += len(found.held_out)
    assert counts["active"][0] + counts["active"][1] == len(RUNS)
    assert 20 <= counts["active"][1] <= 60
    assert counts["shadow"] == counts["active"][::-1]


def test_what_is_held_out_of_a_run_is_the_same_each_time_and_differs_between_lessons() -> None:
    one, other = chosen(lesson()), chosen(lesson("Another.", symbol="b"))
    out = {run: bodies(select([one, other], HERE, run, RULES, len).held_out) for run in RUNS}
    again = {run: bodies(select([one, other], HERE, run, RULES, len).held_out) for run in RUNS}
    assert out == again
    assert {len(found) for found in out.values()} >= {0, 1}


def test_lessons_share_a_number_of_tokens_and_those_that_bring_most_come_first() -> None:
    many = [chosen(lesson(f"{'x' * 149}{n}", symbol=str(n)), lift=n / 10) for n in range(5)]
    short = chosen(lesson("y" * 90, symbol="short"), lift=-0.5)
    found = select([*many, short], HERE, "no-hold-out-2", replace(RULES, hold_out=100), len)
    assert [body[-1] for body in bodies(found.words)] == ["4", "3", "y"]
    assert sum(map(len, bodies(found.words))) <= RULES.max_tokens


def test_what_had_no_room_is_not_taken_for_held_out() -> None:
    found = select(
        [chosen(lesson("x" * 401))], HERE, "no-hold-out-2", replace(RULES, hold_out=100), len
    )
    assert (found.words, found.held_out) == ((), ())


def test_lessons_that_may_not_be_used_are_in_no_prompt_and_not_held_out() -> None:
    for run in RUNS[:50]:
        found = select([chosen(lesson(), usable=False)], HERE, run, RULES, len)
        assert (found.all_in, found.held_out) == ((), ())


def test_remedies_that_are_no_words_are_strategies() -> None:
    one = lesson(remedy=Remedy("model_param", "temperature=0"))
    found = select([chosen(one)], HERE, "no-hold-out-2", replace(RULES, hold_out=100), len)
    assert (bodies(found.words), bodies(found.strategies)) == ([], ["temperature=0"])


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (("model_param", "temperature=0"), ("model_param", "temperature=1"), True),
        (("model_param", "temperature=0"), ("model_param", "temperature=0"), False),
        (("model_param", "temperature=0"), ("routing_hint", "temperature=1"), False),
        (("prompt_fragment", "Always use tabs."), ("prompt_fragment", "Never use tabs."), True),
        (("prompt_fragment", "Use tabs"), ("prompt_fragment", "Do not use tabs."), True),
        (("prompt_fragment", "Use tabs."), ("prompt_fragment", "Don\u2019t use tabs."), True),
        (("prompt_fragment", "Use tabs."), ("prompt_fragment", "Use blanks."), False),
    ],
)
def test_remedies_that_contradict(
    one: tuple[str, str], other: tuple[str, str], clash: bool
) -> None:
    first, second = (lesson(remedy=Remedy(*each)) for each in (one, other))  # type: ignore[arg-type]  # kinds
    assert conflict(first, second) is clash
    assert conflict(second, first) is clash


def test_lessons_about_different_failures_or_places_do_not_contradict() -> None:
    one = lesson("Use tabs.")
    for other in (
        lesson("Don't use tabs.", code="F401"),
        lesson("Don't use tabs.", language="go"),
        lesson("Don't use tabs.", trigger=Trigger(F.TYPE_ERROR, code="F821")),
    ):
        assert not conflict(one, other)


def test_of_two_that_contradict_only_the_better_proved_one_is_used() -> None:
    worse, better = lesson("Use tabs."), lesson("Don't use tabs.")
    pair = [chosen(worse, bound=0.75, lift=0.4), chosen(better, bound=0.9, lift=0.1)]
    for run in RUNS[:50]:
        found = select(pair, HERE, run, RULES, len)
        assert "Use tabs." not in bodies((*found.words, *found.held_out))
    assert list(conflicts([worse, better])) == [(worse, better)]
    assert without_worse([better, worse]) == [better]


def test_a_look_at_a_question_shows_what_is_in_use_and_holds_nothing_out() -> None:
    pair = [
        chosen(lesson("In use.", symbol="a")),
        chosen(lesson("Tried.", symbol="b"), state="shadow"),
    ]
    found = select(pair, HERE, "", RULES, len)
    assert bodies(found.words) == ["In use."]
