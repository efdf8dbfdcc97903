"""Every family has its own address, and keeps the key in a header."""

from __future__ import annotations

import pytest

from tests.unit.wire.raw_server import ask
from tests.unit.wire.speaking import endpoint
from understudy.wire.families import Family, all_families


def test_the_families_are_those_that_settings_may_name() -> None:
    assert set(all_families()) == {"openai", "openai-responses", "anthropic", "gemini", "ollama"}


@pytest.mark.parametrize("family", all_families().values(), ids=lambda family: family.id)
def test_a_key_is_in_a_header_and_never_in_the_address_or_the_body(family: Family) -> None:
    place = endpoint(family.id, key="planted-key")
    assert any("planted-key" in value for value in family.headers(place).values())
    assert "planted-key" not in family.url(place, "m")
    assert "planted-key" not in str(family.body(ask(), place))


@pytest.mark.parametrize("family", all_families().values(), ids=lambda family: family.id)
def test_without_a_key_no_header_carries_one(family: Family) -> None:
    sent = family.headers(endpoint(family.id, key=""))
    assert not {"authorization", "x-api-key", "api-key", "x-goog-api-key"} & set(sent)


@pytest.mark.parametrize(
    ("family", "base", "expected"),
    [
        ("openai", "https://a.test/v1", "https://a.test/v1/chat/completions"),
        (
            "openai",
            "https://a.test/v1?api-version=1",
            "https://a.test/v1/chat/completions?api-version=1",
        ),
        ("openai-responses", "https://a.test/v1", "https://a.test/v1/responses"),
        ("anthropic", "https://a.test", "https://a.test/v1/messages"),
        ("anthropic", "https://a.test/v1", "https://a.test/v1/messages"),
        ("ollama", "http://a.test", "http://a.test/api/chat"),
        ("ollama", "http://a.test/api", "http://a.test/api/chat"),
        (
            "gemini",
            "https://a.test/v1beta",
            "https://a.test/v1beta/models/m:streamGenerateContent?alt=sse",
        ),
        (
            "gemini",
            "https://a.test",
            "https://a.test/v1beta/models/m:streamGenerateContent?alt=sse",
        ),
        (
            "gemini",
            "https://a.test/v1?x=1",
            "https://a.test/v1/models/m:streamGenerateContent?alt=sse&x=1",
        ),
    ],
)
def test_a_request_goes_where_the_family_listens(family: str, base: str, expected: str) -> None:
    assert all_families()[family].url(endpoint(family, base_url=base), "m") == expected


def test_a_model_name_can_not_lead_to_another_address() -> None:
    url = all_families()["gemini"].url(endpoint("gemini"), "../../files?key=1#")
    assert url.endswith("/models/..%2F..%2Ffiles%3Fkey%3D1%23:streamGenerateContent?alt=sse")
