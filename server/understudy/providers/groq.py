"""Groq, which serves models with open weights. Which ones changes often."""

from __future__ import annotations

from understudy.providers import Provider

PROVIDER = Provider(
    id="groq",
    title="Groq",
    family="openai",
    base_url="https://api.groq.com/openai/v1",
    keys=("GROQ_API_KEY",),
    quirks=frozenset({"system-role", "no-cache-key"}),
    any_name=True,
    key_page="https://console.groq.com/keys",
)
