"""After a failed edit, the next question contains what its strategy promises, and is recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.providers import answers
from tests.providers.answers import Says
from tests.providers.stage import GOOD, TEXT, WORSE
from tests.providers.taught import teach
from tests.small_index import SmallIndex
from understudy.config.learning_settings import LearningSettings
from understudy.config.settings import ModelSettings
from understudy.engine.outcome import Status as Ended
from understudy.journal.strategy_records import StrategyUse

if TYPE_CHECKING:
    from tests.providers.asked import Asked
    from tests.providers.stage import Stage

FILLER = "".join(f"    result += {number}\n" for number in range(40))
LONG = TEXT.replace("    for item", f"{FILLER}    for item")


def told(asked: Asked) -> str:
    """All that a model was told."""
    return "\n".join(message["content"] for message in asked.body["messages"])


def uses(stage: Stage) -> list[StrategyUse]:
    """The journal's rows about strategies."""
    return [row for row in stage.rows if isinstance(row, StrategyUse)]


@pytest.fixture
def settled(stage: Stage) -> Stage:
    """A stage on which nothing is tried out: what the journal says is best is done."""
    cache = replace(stage.settings.cache, replies=False)
    stage.settings = replace(stage.settings, cache=cache)
    # What this machine has installed must not matter.
    (stage.root / ".venv" / "lib" / "python3.12" / "site-packages").mkdir(parents=True)
    return stage


async def test_without_a_record_the_question_is_asked_as_before(settled: Stage) -> None:
    settled.server.scripts["one"] = [WORSE, GOOD]
    outcome = await settled.fix()
    assert outcome.status is Ended.OFFERED
    assert settled.models == ["one", "one"]
    assert "This did not do: It leaves a new problem" in told(settled.asked[1])
    assert "About the last attempt" not in told(settled.asked[1])
    (use,) = uses(settled)
    assert (use.strategy, use.why, use.result, use.tokens) == ("plain_retry", "plain", "cleared", 0)
    assert (use.model, use.category, use.language) == ("acme/one", "hallucination", "python")
    assert use.step == 1
    assert use.call_id == settled.calls[1].id


async def test_the_finding_is_shown_with_the_lines_that_are_meant(settled: Stage) -> None:
    teach("show_finding", "hallucination")
    settled.server.scripts["one"] = [WORSE, GOOD]
    assert (await settled.fix()).status is Ended.OFFERED
    second = told(settled.asked[1])
    assert "About the last attempt, ruff (F821) said at line 5" in second
    assert "Undefined name `another_wrong_one`" in second
    assert "        result += item.price\n    return another_wrong_one\n" in second
    (use,) = uses(settled)
    assert (use.strategy, use.why, use.result) == ("show_finding", "measured", "cleared")
    assert use.tokens > 0


async def test_definitions_of_the_names_in_the_failure_are_added(settled: Stage) -> None:
    teach("add_definitions", "hallucination")
    shop = "class Basket:\n    def grand_total(self) -> int:\n        return 7\n"
    settled.index = SmallIndex({"shop.py": shop, settled.name: TEXT})
    wrong = TEXT.replace("something_else_entirely", "grand_total(unheard_of)")
    settled.server.scripts["one"] = [Says(f"```python\n{wrong}```"), GOOD]
    (settled.root / "shop.py").write_text(shop)
    assert (await settled.fix()).status is Ended.OFFERED
    first, second = (told(one) for one in settled.asked)
    assert "What is defined of the names in these lines" in second
    assert "def grand_total(self)" in second.partition("What is defined")[2]
    assert "What is defined" not in first
    (use,) = uses(settled)
    assert (use.strategy, use.result) == ("add_definitions", "cleared")


async def test_without_a_definition_to_show_another_strategy_is_used(settled: Stage) -> None:
    teach("add_definitions", "hallucination")
    settled.server.scripts["one"] = [WORSE, GOOD]
    await settled.fix()
    assert "What is defined" not in told(settled.asked[1])
    assert "add_definitions" not in {one.strategy for one in uses(settled)}


async def test_the_temperature_is_lowered(settled: Stage) -> None:
    teach("lower_temperature", "parse_error")
    settled.server.scripts["one"] = [Says(answers.PROSE), GOOD]
    assert (await settled.fix()).status is Ended.OFFERED
    first, second = settled.asked
    assert "temperature" not in first.body
    assert second.body["temperature"] == 0


async def test_a_model_without_a_temperature_is_not_asked_for_a_lower_one(settled: Stage) -> None:
    teach("lower_temperature", "parse_error")
    models = {"acme/one": ModelSettings(temperature=0.0), "acme/two": ModelSettings()}
    settled.settings = replace(settled.settings, models=models)
    settled.server.scripts["one"] = [Says(answers.PROSE), GOOD]
    await settled.fix()
    assert uses(settled)
    assert "lower_temperature" not in {one.strategy for one in uses(settled)}


async def test_another_edit_format_is_asked_for_and_read(settled: Stage) -> None:
    teach("other_format", "parse_error")
    block = (
        "basket.py\n<<<<<<< SEARCH\n    return something_else_entirely\n=======\n"
        "    return result\n>>>>>>> REPLACE\n"
    )
    settled.server.scripts["one"] = [Says(answers.PROSE), Says(block)]
    assert (await settled.fix()).status is Ended.OFFERED
    first, second = (told(one) for one in settled.asked)
    assert "<<<<<<< SEARCH" not in first
    assert "<<<<<<< SEARCH" in second
    assert [call.edit_format for call in settled.calls] == ["region", "search_replace"]
    assert [(one.strategy, one.result) for one in uses(settled)] == [("other_format", "cleared")]


async def test_fewer_lines_are_asked_about_and_all_others_stay(settled: Stage) -> None:
    teach("smaller_scope", "parse_error")
    settled.text = LONG
    settled.server.scripts["one"] = [
        Says(answers.PROSE),
        Says("```python\n        result += item.price\n    return result\n```"),
    ]
    outcome = await settled.fix()
    second = told(settled.asked[1])
    assert "This time only lines 42 to 45 may be rewritten" in second
    assert outcome.status is Ended.OFFERED or outcome.candidate is not None
    (use,) = uses(settled)[:1]
    assert use.strategy == "smaller_scope"


async def test_what_is_easily_mended_needs_no_second_question(settled: Stage) -> None:
    text = TEXT.replace("something_else_entirely", "Path(str(result))")
    settled.server.scripts["one"] = [Says(f"The path.\n```python\n{text}```")]
    outcome = await settled.fix()
    assert outcome.status is Ended.OFFERED
    assert settled.models == ["one"]
    assert outcome.candidate is not None
    assert "from pathlib import Path" in "".join(one.text for one in outcome.candidate.edits)
    assert "Path" in outcome.candidate.why
    (use,) = uses(settled)
    assert (use.strategy, use.why, use.result) == ("tidy_first", "free", "cleared")
    assert use.call_id == settled.calls[0].id
    assert outcome.tried == 2


async def test_what_can_be_mended_only_in_part_is_asked_for_again(settled: Stage) -> None:
    text = TEXT.replace("something_else_entirely", "Path(another_wrong_one)")
    settled.server.scripts["one"] = [Says(f"```python\n{text}```"), GOOD]
    assert (await settled.fix()).status is Ended.OFFERED
    assert settled.models == ["one", "one"]
    assert [one.strategy for one in uses(settled)][-1] == "plain_retry"


async def test_a_strategy_under_which_the_same_comes_back_is_changed(settled: Stage) -> None:
    settled.server.scripts["one"] = [WORSE]
    settled.server.scripts["two"] = [WORSE]
    await settled.fix()
    found = [(one.model, one.step, one.strategy, one.result) for one in uses(settled)]
    first = [one for one in found if one[0] == "acme/one"]
    assert [(one[1], one[3]) for one in first] == [(1, "same"), (2, "same")]
    assert len({one[2] for one in first}) == 2
    assert {one.fingerprint for one in uses(settled)} == {uses(settled)[0].fingerprint}


async def test_strategies_can_be_switched_off(settled: Stage) -> None:
    teach("show_finding", "hallucination")
    settled.settings = replace(settled.settings, learning=LearningSettings(strategies=False))
    settled.server.scripts["one"] = [WORSE]
    await settled.fix()
    assert {one.strategy for one in uses(settled)} == {"plain_retry"}
    assert all("About the last attempt" not in told(one) for one in settled.asked)


async def test_with_the_journal_switched_off_nothing_is_known(settled: Stage) -> None:
    teach("show_finding", "hallucination")
    journal = replace(settled.settings.journal, enabled=False)
    settled.settings = replace(settled.settings, journal=journal)
    settled.server.scripts["one"] = [WORSE, GOOD]
    await settled.fix()
    assert [one.strategy for one in uses(settled)] == ["plain_retry"]


async def test_a_secret_in_the_failed_lines_leaves_masked(settled: Stage) -> None:
    teach("show_finding", "hallucination")
    secret = "ghp_" + "a1B2c3D4e5F6" * 3
    settled.text = TEXT.replace("result = 0", f'result = 0; key = "{secret}"')
    wrong = Says(
        "```python\n" + settled.text.replace("something_else_entirely", "nothing_known") + "```"
    )
    settled.server.scripts["one"] = [wrong, GOOD]
    await settled.fix()
    assert len(settled.asked) > 1
    assert all(secret not in told(one) for one in settled.asked)


async def test_a_run_without_a_reply_says_nothing_of_its_strategy(settled: Stage) -> None:
    down = answers.Status(503, {"error": {"message": "Service Unavailable"}})
    settled.server.scripts["one"] = [WORSE, down]
    await settled.fix()
    assert uses(settled)[0].result == "unanswered"
