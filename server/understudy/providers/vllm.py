"""vLLM on this machine, and servers like it. It tells the context that a model was started with."""

from __future__ import annotations

from understudy.providers import COMPATIBLE, Provider, list_compatible

PROVIDER = Provider(
    id="vllm",
    title="vLLM",
    family="openai",
    base_url="http://127.0.0.1:8000/v1",
    quirks=COMPATIBLE,
    any_name=True,
    grants=8_192,
    list_models=list_compatible,
)
