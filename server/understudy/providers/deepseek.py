"""DeepSeek. It holds answers to JSON, but not to a schema."""

from __future__ import annotations

from understudy.providers import COMPATIBLE, Provider

PROVIDER = Provider(
    id="deepseek",
    title="DeepSeek",
    family="openai",
    base_url="https://api.deepseek.com",
    keys=("DEEPSEEK_API_KEY",),
    quirks=COMPATIBLE | {"json-object", "no-effort"},
    key_page="https://platform.deepseek.com/api_keys",
)
