"""Azure OpenAI.

Each user has an address of their own, `https://<name>.openai.azure.com/openai/v1`, and models are
called as they were deployed.
"""

from __future__ import annotations

from understudy.providers import Provider

PROVIDER = Provider(
    id="azure",
    title="Azure OpenAI",
    family="openai",
    keys=("AZURE_OPENAI_API_KEY", "AZURE_API_KEY"),
    quirks=frozenset({"api-key"}),
    families=((r"-pro$|-codex|^codex", "openai-responses"),),
    any_name=True,
    key_page="https://portal.azure.com",
)
