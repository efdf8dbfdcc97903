from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.models.catalogue import shipped
from understudy.models.families import match, match_open

NAMES = ("gpt-4", "gpt-4o", "gpt-4o-mini", "gpt-5", "claude-opus-5", "gemini-2.0-flash", "o3")
FAMILIES = shipped().families


@pytest.mark.parametrize(
    ("name", "found", "exact"),
    [
        ("gpt-4o-mini", "gpt-4o-mini", True),
        ("gpt-4o-mini-2024-07-18", "gpt-4o-mini", True),
        ("claude-opus-5-20261001", "claude-opus-5", True),
        ("claude-opus-5@20261001", "claude-opus-5", True),
        ("gemini-2.0-flash-001", "gemini-2.0-flash", True),
        ("gpt-5-latest", "gpt-5", True),
        ("gpt-4o-realtime", "gpt-4o", False),
        ("o3-something", "o3", False),
    ],
)
def test_the_longest_name_that_a_name_begins_with_is_its_family(
    name: str, found: str, exact: bool
) -> None:
    result = match(name, NAMES)
    assert result is not None
    assert (result.name, result.exact) == (found, exact)


@pytest.mark.parametrize(
    "name", ["gpt-5.7", "claude-opus-5-7", "gpt-40", "opus-mt", "xgpt-4", "gpt-4o-mni", "o31", ""]
)
def test_another_version_a_slip_and_a_part_of_a_name_are_no_relatives(name: str) -> None:
    assert match(name, NAMES) is None


@pytest.mark.parametrize(
    ("name", "family", "window"),
    [
        ("qwen3-coder", "qwen3-coder", 262_144),
        ("qwen3-coder:30b", "qwen3-coder", 262_144),
        ("qwen:7b", "qwen", 8_192),
        ("llama3.1:8b", "llama3.1", 131_072),
        ("llama3:8b", "llama3", 8_192),
        ("meta-llama/Llama-3.1-8B-Instruct", "llama3.1", 131_072),
        ("phi3:mini", "phi3", 131_072),
        ("phi:2.7b", "phi", 2_048),
        ("phi-4-mini-instruct", "phi4-mini", 131_072),
        ("nemotron:70b", "nemotron", 131_072),
        ("nemotron", "nemotron", 131_072),
        ("qwen2.5-coder-7b-instruct-q4_k_m.gguf", "qwen2.5-coder", 32_768),
        (r"C:\models\gemma-3-27b.gguf", "gemma3", 131_072),
    ],
)
def test_open_weights_are_recognised_however_a_server_spells_them(
    name: str, family: str, window: int
) -> None:
    found = match_open(name, FAMILIES)
    assert found is not None
    assert found.name == family
    assert FAMILIES[family]["window"] == window


@pytest.mark.parametrize("name", ["opus-mt", "llama9", "notqwen", "llama3.9:8b"])
def test_what_is_no_known_family_is_none(name: str) -> None:
    assert match_open(name, FAMILIES) is None


@given(st.text(max_size=40))
def test_any_text_has_a_family_that_it_begins_with_or_none(name: str) -> None:
    found = match(name, NAMES)
    assert found is None or name.startswith(found.name)
    match_open(name, FAMILIES)
