"""Two names of one model are told from those of two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.models.sameness import are_one


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("one", "one"),
        ("gpt-4o", "openai/gpt-4o"),
        ("gpt-4o", "gpt-4o-2024-08-06"),
        ("gpt-4o-2024-05-13", "gpt-4o-2024-08-06"),
        ("gpt-4-0613", "gpt-4"),
        ("claude-sonnet-4-5", "anthropic/claude-sonnet-4.5"),
        ("claude-sonnet-4-5-20250929", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
        ("claude-3-5-sonnet-latest", "claude-3.5-sonnet@20240620"),
        ("claude-opus-4-0", "claude-opus-4"),
        ("mistral-large-latest", "mistralai/mistral-large-2411"),
        ("codestral-latest", "mistralai/codestral-2508"),
        ("mistral-medium-3-5", "mistralai/mistral-medium-3.5"),
        ("gemini-2.0-flash-001", "google/gemini-2.0-flash"),
        ("gemini-2.5-flash-preview-05-20", "gemini-2.5-flash"),
        ("llama3.1:8b", "meta-llama/llama-3.1-8b-instruct:free"),
        ("llama3.1:8b", "accounts/fireworks/models/llama-v3p1-8b-instruct"),
        ("llama3.1", "Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf"),
        ("llama3.3:70b", "llama-3.3-70b-versatile"),
        ("qwen2.5-coder:32b", "qwen/qwen-2.5-coder-32b-instruct"),
        ("qwen3:30b-a3b", "qwen/qwen3-30b-a3b"),
        ("deepseek-chat", "deepseek/deepseek-v3.2"),
        ("grok-4.20-reasoning", "grok-4.20-non-reasoning"),
    ],
)
def test_one_model_has_many_names(name: str, other: str) -> None:
    assert are_one(name, other)
    assert are_one(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("one", "two"),
        ("gpt-4o", "gpt-4o-mini"),
        ("gpt-4o", "gpt-4.1"),
        ("gpt-5", "gpt-5.1"),
        ("gpt-5.1", "gpt-5.1-codex"),
        ("claude-sonnet-4-5", "claude-sonnet-5"),
        ("claude-sonnet-4-5", "claude-opus-4-5"),
        ("claude-haiku-4-5-20251001", "claude-haiku-5-5"),
        ("gemini-2.5-flash", "gemini-2.5-pro"),
        ("gemini-2.5-flash", "gemini-2.5-flash-lite"),
        ("llama3.1:8b", "llama3.1:70b"),
        ("llama3.1:8b", "llama3.2:8b"),
        ("qwen2.5-coder:32b", "qwen2.5:32b"),
        ("mistral-large-latest", "mistral-small-latest"),
        ("mistral-large-latest", "mistral-medium-latest"),
        ("deepseek-r1", "deepseek-v3"),
        ("o3", "o3-mini"),
        ("o3", "o4"),
        ("gpt-oss-20b", "gpt-oss-120b"),
    ],
)
def test_another_version_size_or_kind_is_another_model(name: str, other: str) -> None:
    assert not are_one(name, other)
    assert not are_one(other, name)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_name_is_itself_and_two_are_compared_either_way(name: str, other: str) -> None:
    assert are_one(name, name)
    assert are_one(name, other) == are_one(other, name)
