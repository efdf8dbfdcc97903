"""Mistral."""

from __future__ import annotations

from understudy.providers import COMPATIBLE, Provider

PROVIDER = Provider(
    id="mistral",
    title="Mistral",
    family="openai",
    base_url="https://api.mistral.ai/v1",
    keys=("MISTRAL_API_KEY",),
    quirks=COMPATIBLE | {"no-stream-usage"},
    key_page="https://console.mistral.ai/api-keys",
)
