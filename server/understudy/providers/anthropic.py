"""Anthropic."""

from __future__ import annotations

from understudy.providers import Provider

PROVIDER = Provider(
    id="anthropic",
    title="Anthropic",
    family="anthropic",
    base_url="https://api.anthropic.com",
    keys=("ANTHROPIC_API_KEY",),
    key_page="https://platform.claude.com/settings/keys",
)
