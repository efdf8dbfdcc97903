"""Settings that name models, judged by what is really known about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.models.conftest import home
from understudy.core.text import apply
from understudy.engine.setup import set_up

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["home"]


@pytest.fixture
def config(home: Path) -> Path:
    home.mkdir()
    return home / "config.toml"


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        (
            'model_routing.debugging = ["openai/gpt-4o-mni"]',
            'model_routing.debugging = ["openai/gpt-4o-mini"]',
        ),
        (
            'cascade.chain = ["anthropic/claude-hiaku-5-5"]',
            'cascade.chain = ["anthropic/claude-haiku-5-5"]',
        ),
        ("[providers.antropic]", "[providers.anthropic]"),
        (
            '[providers.mistral]\nkey = "0123456789abcdef"',
            '[providers.mistral]\nkey = "{env:MISTRAL_API_KEY}"',
        ),
    ],
)
def test_a_slip_in_a_name_is_told_with_what_was_meant(
    config: Path, written: str, mended: str
) -> None:
    config.write_text(written, encoding="utf-8")
    (problem,) = set_up(None).problems
    assert problem.fix is not None
    assert apply(written, [problem.fix]) == mended
    config.write_text(mended, encoding="utf-8")
    assert set_up(None).problems == ()


@pytest.mark.parametrize(
    "written",
    [
        'model_routing.debugging = ["ollama/whatever-i-pulled:7b", "gpt-4o", "qwen2.5-coder:7b"]',
        'model_routing.debugging = "anthropic/claude-haiku-5-5-20261101"',
        '[providers.acme]\nbase_url = "http://127.0.0.1:8000/v1"\n[cascade]\nchain = ["acme/x y"]',
        '[models.mine]\nprovider = "openai"\nname = "ft:gpt-4o"\n[cascade]\nchain = ["mine"]',
        '[models."openai/gpt-4o"]\naliases = ["big"]\n[cascade]\nfallbackModel = "big"',
    ],
)
def test_a_model_that_can_be_placed_may_be_named(config: Path, written: str) -> None:
    config.write_text(written, encoding="utf-8")
    assert [problem.message for problem in set_up(None).problems] == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('[models."openai/o1"]\ncost_tier = "free"', "says `free`, while"),
        ("[models.thing]\ncontext_window = 9000", "names no provider"),
        ('model_routing.debugging = ["nobody/knows"]', "models list --all"),
    ],
)
def test_what_is_odd_about_a_model_is_told_at_its_place(
    config: Path, written: str, words: str
) -> None:
    config.write_text(written, encoding="utf-8")
    (problem,) = set_up(None).problems
    assert words in problem.message
    assert problem.span is not None


def test_a_model_of_a_provider_that_is_switched_off_stays_named(config: Path) -> None:
    config.write_text(
        'model_routing.debugging = ["ollama/x"]\nproviders.ollama.enabled = false', encoding="utf-8"
    )
    settings = set_up(None).settings
    assert settings.model_routing["debugging"] == ("ollama/x",)
    assert not settings.providers["ollama"].enabled
