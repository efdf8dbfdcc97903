"""Configuration layers for the tests of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from understudy.config.known import Known
from understudy.config.layers import Resolved, resolve
from understudy.config.problems import Layer
from understudy.config.settings import OFFLINE_MODEL
from understudy.config.source import Source, from_text

if TYPE_CHECKING:
    from understudy.config.problems import ConfigProblem

FILE = Path("/home/ada/config.toml")
KNOWN = Known(
    checkers=lambda: ("ruff", "basedpyright"),
    providers=lambda: {"openai": "OPENAI_API_KEY", "ollama": ""},
)

MODELS = (OFFLINE_MODEL, "openai/gpt-4o", "openai/gpt-4o-mini", "ollama/qwen2.5-coder:7b")
WITH_MODELS = Known(
    checkers=lambda: ("ruff",),
    providers=lambda: {"openai": "OPENAI_API_KEY", "ollama": ""},
    models=lambda settings: (*MODELS, *settings.models),
)


def user(text: str) -> Source:
    return from_text(Layer.USER, FILE, text)


def workspace(text: str) -> Source:
    return from_text(Layer.WORKSPACE, Path("/somewhere/.understudy/config.toml"), text)


def resolved(*sources: Source) -> Resolved:
    return resolve(sources, KNOWN)


def only_problem(found: Resolved) -> ConfigProblem:
    assert len(found.problems) == 1, [problem.message for problem in found.problems]
    return found.problems[0]


def modelled(*sources: Source) -> Resolved:
    """Settings where a few models are known."""
    return resolve(sources, WITH_MODELS)
