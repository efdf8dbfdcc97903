from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.failures.cases import body_of, cases
from understudy.core.failures import FailureCategory
from understudy.failures import reply
from understudy.failures.body import read_body
from understudy.failures.reply import classify_reply

Json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["error", "message", "code", "details", "type", "metadata", "raw", "loc"]
            )
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def _error(message: str, **more: object) -> str:
    return json.dumps({"error": {"message": message, **more}})


@given(st.text(max_size=300), st.none() | st.integers(0, 999))
def test_any_text_is_classified(body: str, status: int | None) -> None:
    failure = classify_reply("openai", status, {}, body)
    assert failure.message


@given(Json, st.sampled_from([None, 200, 400, 429, 500]))
def test_any_json_is_classified(body: object, status: int | None) -> None:
    assert classify_reply("acme", status, {}, json.dumps(body)).message


def test_json_that_is_nested_without_end_is_no_trouble() -> None:
    assert classify_reply("acme", 500, {}, "[" * 100_000).code == "server"


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_tables_does_not_matter(random: object) -> None:
    tables = list(reply._tables())
    body = _error("Rate limit reached. Please try again in 2s.", code="rate_limit_exceeded")
    before = [classify_reply(name, 429, {}, body) for name in ("groq", "azure", "unheard")]
    random.shuffle(tables)  # type: ignore[attr-defined]  # hypothesis gives a Random
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reply, "_tables", lambda: tuple(tables))
        after = [classify_reply(name, 429, {}, body) for name in ("groq", "azure", "unheard")]
    assert before == after


def test_words_about_rates_in_a_400_are_an_echo() -> None:
    failure = classify_reply("acme", 400, {}, _error("cannot use: rate limit exceeded, 429"))
    assert (failure.category, failure.code) == (FailureCategory.UNKNOWN, "bad_request")
    assert failure.advice == "stop"


def test_a_quota_of_a_day_ends_at_midnight_in_california() -> None:
    details = [
        {"violations": [{"quotaId": "GenerateRequestsPerDayPerProject"}]},
        {"retryDelay": "30s"},
    ]
    body = json.dumps({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "details": details}})
    failure = classify_reply("gemini", 429, {}, body)
    assert failure.category is FailureCategory.QUOTA_EXHAUSTED
    assert failure.after_s is not None
    assert 0 < failure.after_s <= 86400


def test_a_wait_of_minutes_is_no_reason_to_wait() -> None:
    failure = classify_reply("acme", 429, {"Retry-After": "600"}, "")
    assert (failure.advice, failure.after_s) == ("switch_model", 600)


def test_a_provider_that_forbids_trying_again_is_obeyed() -> None:
    failure = classify_reply("openai", 429, {"x-should-retry": "false", "retry-after": "1"}, "")
    assert failure.advice == "switch_model"


def test_a_key_in_the_message_is_masked() -> None:
    key = "sk-proj-" + "aB3xY9kLm2Qw7Zt5Rp8V" * 3
    failure = classify_reply("openai", 401, {}, _error(f"Incorrect API key provided: {key}."))
    assert key not in repr(failure)
    assert "<secret:openai:" in failure.evidence.text


def test_a_long_message_is_cut() -> None:
    failure = classify_reply("openai", 500, {}, _error("x" * 100_000))
    assert len(failure.evidence.text) == 500


def test_the_fingerprint_ignores_numbers_and_names() -> None:
    one = classify_reply("acme", 500, {}, _error("Worker 12 of `alpha` died at /srv/a/b.py:3"))
    two = classify_reply("acme", 500, {}, _error("Worker 7 of `beta` died at /opt/c.py:99"))
    three = classify_reply("acme", 500, {}, _error("The disk of `beta` is full"))
    assert one.fingerprint == two.fingerprint
    assert one.fingerprint != three.fingerprint


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["rate limit ", "' quota ", "{", "data: {}\n\n", "a.", "<html"])
def test_a_body_of_megabytes_ends_in_time(piece: str) -> None:
    assert classify_reply("acme", 429, {}, piece * (3_000_000 // len(piece))).message


def test_an_error_that_nobody_knows_stays_unknown_and_lets_another_model_try() -> None:
    failure = classify_reply("acme", 200, {}, json.dumps({"error": {"message": "hmm"}}))
    assert failure.category is FailureCategory.UNKNOWN
    assert (failure.advice, failure.blame) == ("switch_model", "provider")
    assert failure.confidence < 0.5
    assert failure.fingerprint


ECHOED = [
    message
    for case in cases()
    if "body" in case.line
    if len(message := read_body(body_of(case.line)).message) >= 8
]


@pytest.mark.parametrize("lead", ["Could not parse: '", 'messages.1.content: "', "contents[0]: "])
@pytest.mark.parametrize("provider", ["openai", "anthropic", "gemini", "ollama", "acme"])
def test_what_an_error_echoes_never_decides(provider: str, lead: str) -> None:
    for message in ECHOED:
        failure = classify_reply(provider, 400, {}, _error(lead + message))
        assert failure.category is FailureCategory.UNKNOWN, message


def test_a_limit_of_nothing_is_no_wait_of_seconds() -> None:
    text = "You exceeded your current quota. * Quota exceeded, limit: 0, model: m\nPlease retry in 36s."
    body = {"error": {"code": 429, "message": text, "status": "RESOURCE_EXHAUSTED"}}
    failure = classify_reply("gemini", 429, {"retry-after": "36"}, json.dumps(body))
    assert failure.category is FailureCategory.QUOTA_EXHAUSTED
    assert failure.after_s is None


def test_a_page_in_place_of_a_reply_is_none_but_code_that_holds_one_is() -> None:
    page = classify_reply("acme", 200, {}, "<html>login</html>")
    assert (page.category, page.code) == (FailureCategory.PROVIDER_UNAVAILABLE, "malformed")
    event = 'data: {"choices":[{"delta":{"content":"<html>"},"finish_reason":"length"}]}\n\n'
    assert classify_reply("acme", 200, {}, event).category is FailureCategory.INCOMPLETE_OUTPUT


@pytest.mark.parametrize("body", ["", "Unauthorized", "<html><h1>401</h1></html>", "{}"])
def test_a_refusal_without_a_reason_need_not_be_about_the_key(body: str) -> None:
    failure = classify_reply("acme", 401, {}, body)
    assert (failure.category, failure.code) == (FailureCategory.AUTH_ERROR, "bare")
    assert "on the way" in failure.message


@pytest.mark.parametrize("body", ["Incorrect API key", '{"error": "no"}', '{"detail": "no"}'])
def test_a_refusal_with_a_reason_is_about_the_key(body: str) -> None:
    failure = classify_reply("acme", 401, {}, body)
    assert failure.category is FailureCategory.AUTH_ERROR
    assert failure.code != "bare"


def test_a_proxy_that_wants_a_password_is_no_wrong_key() -> None:
    page = "<html><title>Proxy Authentication Required</title></html>"
    failure = classify_reply("acme", 407, {}, page)
    assert (failure.category, failure.code) == (FailureCategory.PROVIDER_UNAVAILABLE, "proxy")
    assert failure.blame == "user"
    assert "name and a password" in failure.message
