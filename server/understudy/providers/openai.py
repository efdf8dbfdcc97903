"""OpenAI. Models that only its newer API serves are asked by that."""

from __future__ import annotations

from understudy.providers import Provider

PROVIDER = Provider(
    id="openai",
    title="OpenAI",
    family="openai",
    base_url="https://api.openai.com/v1",
    keys=("OPENAI_API_KEY",),
    quirks=frozenset({"obfuscates"}),
    families=((r"-pro$|-codex|^codex", "openai-responses"),),
    key_page="https://platform.openai.com/api-keys",
)
