"""xAI."""

from __future__ import annotations

from understudy.providers import COMPATIBLE, Provider

PROVIDER = Provider(
    id="xai",
    title="xAI",
    family="openai",
    base_url="https://api.x.ai/v1",
    keys=("XAI_API_KEY",),
    quirks=COMPATIBLE,
    key_page="https://console.x.ai",
)
