"""GitHub Models. A token in the environment is mostly there for other purposes."""

from __future__ import annotations

from understudy.providers import COMPATIBLE, Provider

PROVIDER = Provider(
    id="github",
    title="GitHub Models",
    family="openai",
    base_url="https://models.github.ai/inference",
    keys=("GITHUB_MODELS_TOKEN", "GITHUB_TOKEN"),
    quirks=COMPATIBLE,
    offered=False,
    any_name=True,
    key_page="https://github.com/settings/tokens",
)
