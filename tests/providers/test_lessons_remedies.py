"""Lessons without words: what they do with the first question of a run, and with its edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.providers.answers import Says
from tests.providers.stage import MENDED, TEXT
from tests.small_index import SmallIndex
from understudy.config.learning_settings import LearningSettings
from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.failures import FailureCategory as F
from understudy.core.text import apply
from understudy.engine.outcome import Status as Ended
from understudy.journal.prompt_records import CallLesson
from understudy.journal.strategy_records import StrategyUse
from understudy.learning.identity import identity
from understudy.learning.lesson import Lesson, Remedy, Scope, Trigger
from understudy.learning.registry import Registry
from understudy.learning.reviewing import add

if TYPE_CHECKING:
    from tests.providers.asked import Asked
    from tests.providers.stage import Stage
    from understudy.engine.outcome import Outcome
    from understudy.learning.lesson import RemedyKind

NEVER_HELD_OUT = 2**60
SHOP = "def price_of(item: object) -> int:\n    base = 7\n    return base + len(str(item))\n"
PRICED = "from shop import price_of\n\n\n" + TEXT.replace("item.price", "price_of(item)")
_PATHS = MENDED.replace("return result", "return Path(str(result))")
CARELESS = f"import json\n\n\n{_PATHS}"
"""What a model wrote that thought of everything but its imports."""
TIDY = f"from pathlib import Path\n\n\n{_PATHS}"


def learned(kind: RemedyKind, body: str) -> str:
    """The identity of a lesson of the user's that counts from now on."""
    trigger = Trigger(F.HALLUCINATION)
    lesson = Lesson("", trigger, Remedy(kind, body), Scope(language="python"))
    return identity(add(lesson, Registry(journal_file(), now_us), None))


@pytest.fixture
def taught(stage: Stage) -> Stage:
    """A stage on which lessons are never held out, and replies are never remembered."""
    rules = LearningSettings(hold_out=NEVER_HELD_OUT, exploration=0.0)
    cache = replace(stage.settings.cache, replies=False)
    stage.settings = replace(stage.settings, learning=rules, cache=cache)
    return stage


def told(asked: Asked) -> str:
    return "\n".join(message["content"] for message in asked.body["messages"])


def used(stage: Stage) -> list[tuple[str, str]]:
    return [(row.lesson, row.role) for row in stage.rows if isinstance(row, CallLesson)]


def crowded(stage: Stage) -> None:
    """Put the broken file beside another one, with hardly any room for it in the question."""
    stage.text = PRICED
    stage.index = SmallIndex({"shop.py": SHOP, stage.name: PRICED})
    (stage.root / "shop.py").write_text(SHOP)
    stage.settings = replace(stage.settings, context=replace(stage.settings.context, max_tokens=45))
    mended = PRICED.replace("something_else_entirely", "result")
    stage.server.scripts["one"] = [Says(f"```python\n{mended}```")]


async def test_definitions_of_the_names_in_question_are_in_the_first_question(
    taught: Stage,
) -> None:
    crowded(taught)
    assert (await taught.fix()).status is Ended.OFFERED
    plain = told(taught.asked[0])
    assert "base + len(str(item))" not in plain
    one = learned("context_rule", "definitions")
    taught.rows.clear()
    assert (await taught.fix()).status is Ended.OFFERED
    question = told(taught.asked[1])
    head, _, shown = question.partition("What the names in these lines are defined as:")
    assert "From shop.py:" in shown
    assert "return base + len(str(item))" in shown
    assert "base + len(str(item))" not in head
    assert used(taught) == [(one, "in")]


async def test_a_definition_that_is_shown_anyway_is_not_shown_twice(taught: Stage) -> None:
    roomy = taught.settings.context
    crowded(taught)
    taught.settings = replace(taught.settings, context=roomy)
    learned("context_rule", "definitions")
    await taught.fix()
    assert told(taught.asked[0]).count("return base + len(str(item))") == 1
    assert used(taught) == []


async def test_without_a_definition_to_show_the_lesson_had_no_part_in_the_question(
    taught: Stage,
) -> None:
    learned("context_rule", "definitions")
    await taught.fix()
    assert "are defined as" not in told(taught.asked[0])
    assert used(taught) == []


def text_of(outcome: Outcome) -> str:
    assert outcome.candidate is not None
    return apply(TEXT, outcome.candidate.edits)


def attempt_of(outcome: Outcome) -> int:
    assert outcome.candidate is not None
    assert outcome.candidate.facts is not None
    return outcome.candidate.facts.attempt


def mended(stage: Stage) -> list[str]:
    return [row.strategy for row in stage.rows if isinstance(row, StrategyUse)]


async def test_the_imports_of_an_edit_are_put_in_order_before_it_is_proved(taught: Stage) -> None:
    taught.server.scripts["one"] = [Says(f"```python\n{CARELESS}```")]
    plain = await taught.fix()
    assert (text_of(plain), mended(taught)) == (TIDY, ["tidy_first"])
    assert attempt_of(plain) > 1
    one = learned("post_processor", "organize_imports")
    taught.rows.clear()
    outcome = await taught.fix()
    # The model's first edit is the one that is offered: nothing failed, so nothing was mended.
    assert (text_of(outcome), attempt_of(outcome), mended(taught)) == (TIDY, 1, [])
    assert (outcome.status, outcome.tried) == (Ended.OFFERED, 1)
    assert used(taught) == [(one, "in")]
    assert told(taught.asked[1]) == told(taught.asked[0])


async def test_imports_are_put_in_order_in_an_edit_that_fails_by_something_else(
    taught: Stage,
) -> None:
    learned("post_processor", "organize_imports")
    wrong = CARELESS.replace("result = 0", "result = unheard_of_zero")
    taught.server.scripts["one"] = [Says(f"```python\n{wrong}```")]
    await taught.fix()
    again = told(taught.asked[1])
    assert "unheard_of_zero" in again
    assert "+from pathlib import Path" in again
    assert "import json" not in again


async def test_an_edit_with_nothing_to_say_of_its_imports_stays_as_it_is(taught: Stage) -> None:
    learned("post_processor", "organize_imports")
    assert text_of(await taught.fix()) == MENDED
