from __future__ import annotations

import json
import re
import sysconfig
from pathlib import Path
from random import Random
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.caches.ratios import Ratio, with_call
from understudy.models import tokens
from understudy.models.model import Model
from understudy.models.room import Room
from understudy.models.token_estimate import estimated
from understudy.models.tokens import ERRORS, TokenCounter, Waiting, counter_for

SAMPLES: dict[str, tuple[int, str]] = {
    name: (sample["tokens"], sample["text"])
    for name, sample in json.loads(
        Path(__file__).with_name("token_samples.json").read_text("utf-8")
    ).items()
}
"""Texts of many kinds, with their tokens in `o200k_base` as `splintr-rs` counts them."""
LINES = st.text(alphabet="aZ_0(;= \t\n\rπ語한🙂")


def model(name: str) -> Model:
    provider, _, own = name.partition("/")
    return Model(name, "standard", "cloud", frozenset(), provider=provider, name=own)


@pytest.fixture
def without_vocabularies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "encoder", lambda _vocabulary: None)


@pytest.mark.parametrize("name", SAMPLES)
def test_an_estimate_is_near_the_count_in_every_language(name: str) -> None:
    counted, text = SAMPLES[name]
    assert abs(estimated(text) / counted - 1) <= 0.17


def test_half_of_the_estimates_are_nearer_than_a_twentieth() -> None:
    assert median(abs(estimated(text) / count - 1) for count, text in SAMPLES.values()) < 0.05


@given(LINES, LINES)
def test_estimates_of_lines_add_up(first: str, second: str) -> None:
    first += "\n"
    whole = estimated(first + second)
    assert whole <= estimated(first) + estimated(second) <= whole + 2


@given(st.text())
def test_every_text_has_an_estimate(text: str) -> None:
    assert bool(text) == (estimated(text) > 0)
    assert estimated(text) <= 8 * len(text)


def test_a_vocabulary_that_is_at_hand_is_exact() -> None:
    pytest.importorskip("splintr", reason="Only on machines with the extra `tokens`")
    counter = counter_for(model("openai/gpt-4o"))
    assert counter.quality == "exact"
    assert {counter.count(text) == count for count, text in SAMPLES.values()} == {True}
    assert counter.count("<|endoftext|>") > 1


@pytest.mark.usefixtures("without_vocabularies")
@pytest.mark.parametrize(
    ("name", "ratio"),
    [
        ("openai/gpt-4o-mini", 1.0),
        ("anthropic/claude-sonnet-4-5", 1.15),
        ("ollama/qwen2.5-coder:7b", 1.02),
        ("acme/nobody-knows-me", 1.2),
    ],
)
def test_a_model_begins_with_the_ratio_of_its_family(name: str, ratio: float) -> None:
    counter = counter_for(model(name))
    assert (counter.ratio, counter.quality) == (ratio, "estimate")


@pytest.mark.usefixtures("without_vocabularies")
def test_until_calls_have_told_more_an_estimate_is_no_budget_for_context() -> None:
    counter = counter_for(model("openai/gpt-4o-mini"))
    assert all(counter.ceiling(text) >= count for count, text in SAMPLES.values())
    assert any(counter.most(text) < count for count, text in SAMPLES.values())
    called = counter_for(model("openai/gpt-4o-mini"), Ratio(1.1, 0.0, 9))
    assert called.quality == "calibrated"
    assert called.ceiling("some text") == called.most("some text")


def test_surer_counts_put_less_of_the_window_aside() -> None:
    assert sorted(ERRORS.values()) == list(ERRORS.values())
    rooms = [Room(100_000, 4_000, error).prompt for error in ERRORS.values()]
    assert rooms == sorted(rooms, reverse=True)
    assert Room(8_192, 1_024, 0.01).safe == 71
    assert Room(1_000, 2_000, 0.2).prompt == 0


def test_context_gets_what_the_rest_leaves_and_never_more_than_the_user_wants() -> None:
    room = Room(32_000, 2_000, 0.06)
    assert room.left(3_200, 8_000) == 8_000
    assert room.left(24_000, 8_000) == 32_000 - 2_000 - 1_800 - 24_000
    assert room.left(40_000, 8_000) == 0


def other_tokenizer(text: str) -> int:
    """One that cuts words after six letters and takes each digit of its own."""
    return len(re.findall(r"[A-Za-z]{1,6}|[^\W\d_]|\d|[^\w\s]+|_|\n| {1,16}|\s", text))


def requests(count: int) -> list[str]:
    """Real source files, three for each request."""
    folder = Path(sysconfig.get_path("stdlib"))
    files = sorted((*folder.glob("*.py"), *folder.glob("json/*.py"), *folder.glob("asyncio/*.py")))
    files = [file for file in files if 1_000 < file.stat().st_size < 60_000]
    random = Random(5)  # noqa: S311 - the same files in every run
    return [
        "\n".join(file.read_text("utf-8") for file in random.sample(files, 3)) for _ in range(count)
    ]


@pytest.mark.usefixtures("without_vocabularies")
def test_after_twenty_calls_counts_are_off_by_less_than_a_tenth() -> None:
    asked = model("acme/unknown")
    ratio: Ratio | None = None
    errors, shortfalls = [], []
    for number, text in enumerate(requests(40)):
        told = other_tokenizer(text)
        counter = counter_for(asked, ratio)
        if number >= 20:
            errors.append(abs(counter.count(text) / told - 1))
            shortfalls.append(counter.most(text) < told)
        ratio = with_call(ratio, counter.raw(text), told)
    assert max(errors) < 0.10
    assert mean(errors) < 0.05
    assert mean(shortfalls) <= 0.15
    assert counter_for(asked, ratio).quality == "calibrated"


@pytest.mark.usefixtures("without_vocabularies")
def test_few_calls_never_make_a_prompt_longer_than_the_family_allows() -> None:
    counter = counter_for(model("acme/unknown"), Ratio(0.7, 0.0, 1))
    assert (counter.ratio, counter.bound, counter.quality) == (0.7, 1.2, "estimate")


def test_a_provider_that_counts_otherwise_corrects_even_a_vocabulary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tokens, "encoder", lambda _vocabulary: len)
    assert counter_for(model("openai/gpt-4o"), Ratio(1.01, 0.0, 9)) == TokenCounter(
        len, 1.0, 1.0, "exact"
    )
    assert counter_for(model("openai/gpt-4o"), Ratio(1.3, 0.0, 9)) == TokenCounter(
        len, 1.3, 1.3, "calibrated"
    )


@given(st.lists(st.tuples(st.integers(-5, 10_000), st.integers(-5, 20_000)), max_size=30))
def test_no_calls_lead_to_a_ratio_that_no_tokenizer_has(calls: list[tuple[int, int]]) -> None:
    ratio: Ratio | None = None
    for counted, told in calls:
        ratio = with_call(ratio, counted, told)
    assert ratio is None or (0.6 <= ratio.mean <= 2.0 and 0 <= ratio.deviation <= 1.4)


def test_a_vocabulary_that_waits_is_done_without_until_it_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tokens, "_loaded", lambda _vocabulary: len)
    told: list[str] = []
    waiting = Waiting()
    monkeypatch.setattr(tokens, "waiting", waiting)
    assert counter_for(model("openai/gpt-5")).quality == "exact"
    waiting.begin(lambda: told.append("now"))
    for _ in range(2):
        assert counter_for(model("openai/gpt-5")).quality == "estimate"
        assert counter_for(model("anthropic/claude-x")).quality == "estimate"
    assert told == ["now"]
    waiting.load()
    assert counter_for(model("openai/gpt-5")).quality == "exact"
    assert counter_for(model("anthropic/claude-x")).quality == "vocabulary"
    assert counter_for(model("meta/codellama")).quality == "estimate"
    assert told == ["now", "now"]
    waiting.end()
    assert counter_for(model("meta/codellama")).quality == "exact"
