from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import FailureCategory
from understudy.failures.finish import finish_failure
from understudy.failures.network import Trouble, network_failure


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_last_word_is_a_success_or_a_failure(word: str, text: str) -> None:
    failure = finish_failure("acme", word, text=text)
    assert failure is None or failure.message


def test_a_word_that_nobody_knows_is_no_proof_of_a_complete_answer() -> None:
    failure = finish_failure("acme", "brand_new", text="x")
    assert failure is not None
    assert failure.category is FailureCategory.INCOMPLETE_OUTPUT
    assert failure.confidence < 0.5


def test_an_empty_answer_to_a_prompt_that_fills_the_window_is_an_overflow() -> None:
    failure = finish_failure("lmstudio", "stop", text="", prompt_tokens=4090, window=4096)
    assert failure is not None
    assert failure.category is FailureCategory.CONTEXT_OVERFLOW
    assert failure.limit == 4096
    short = finish_failure("lmstudio", "stop", text="", prompt_tokens=40, window=4096)
    assert short is not None
    assert short.category is FailureCategory.EMPTY_OUTPUT


def test_a_window_that_filled_up_while_writing_asks_for_less_context() -> None:
    failure = finish_failure("anthropic", "model_context_window_exceeded", text="x")
    assert failure is not None
    assert failure.advice == "reduce_context"


@pytest.mark.parametrize("kind", get_args(Trouble))
def test_every_network_trouble_leads_to_another_model(kind: Trouble) -> None:
    failure = network_failure("acme", kind, "something broke")
    assert failure.advice == "switch_model"
    assert failure.message.endswith(".")
    assert failure.code == kind


@pytest.mark.parametrize(
    "kind", ["timeout_connect", "timeout_first_token", "timeout_idle", "timeout_total"]
)
def test_time_outs_are_told_apart_by_their_codes(kind: Trouble) -> None:
    failure = network_failure("acme", kind, "5 s")
    assert (failure.category, failure.code) == (FailureCategory.TIMEOUT, kind)


@pytest.mark.parametrize("address", ["http://127.0.0.1:11434", "http://localhost:1234", "[::1]:80"])
def test_a_connection_that_this_machine_refuses_means_that_no_server_runs(address: str) -> None:
    failure = network_failure("ollama", "connect", f"{address}: connection refused")
    assert failure.code == "not_running"
    assert "not running" in failure.message


def test_a_remote_address_is_not_taken_for_this_machine() -> None:
    assert network_failure("acme", "connect", "https://api.acme.test refused").code == "connect"
