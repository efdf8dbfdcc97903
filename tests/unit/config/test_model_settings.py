from __future__ import annotations

import pytest

from tests.unit.config.samples import FILE, modelled, only_problem, user, workspace
from understudy.config.diagnose import describe
from understudy.config.known import Known, Remark
from understudy.config.layers import resolve
from understudy.config.problems import Layer
from understudy.config.settings import (
    CascadeSettings,
    ProviderSettings,
    Settings,
)
from understudy.config.source import from_editor
from understudy.core.text import apply

KEY = "sk-proj-0123456789abcdefghijklmnop"


def test_the_json_of_the_backlog_is_read_as_it_stands() -> None:
    found = modelled(
        from_editor(
            {
                "models": {
                    "claude": {
                        "provider": "openai",
                        "contextWindow": 200000,
                        "costTier": "premium",
                        "capabilities": ["code-generation", "structured-output"],
                        "structuredOutputReliability": "high",
                    }
                },
                "modelRouting": {"debugging": "claude", "documentation": ["builtin/rules"]},
                "cascade": {
                    "enabled": True,
                    "fallbackModel": "openai/gpt-4o",
                    "maxFailuresBeforeEscalate": 3,
                    "escalateOnCategories": ["capability_mismatch", "context_overflow"],
                    "cooldownSeconds": 60,
                    "maxTotalAttempts": 5,
                    "maxExtraCostUsd": 0.25,
                    "restorePrimary": "nextTask",
                },
            }
        )
    )
    assert found.problems == ()
    model = found.settings.models["claude"]
    assert (model.provider, model.context_window, model.cost_tier) == ("openai", 200_000, "premium")
    assert model.capabilities == frozenset({"code-generation", "structured-output"})
    assert model.structured_output_reliability == "high"
    assert found.settings.model_routing["debugging"] == ("claude",)
    cascade = found.settings.cascade
    assert (cascade.fallback_model, cascade.cooldown_seconds) == ("openai/gpt-4o", 60)
    assert (cascade.max_total_attempts, cascade.max_extra_cost_usd) == (5, 0.25)
    assert cascade.restore_primary == "nextTask"
    assert cascade.escalate_on_categories == {"capability_mismatch", "context_overflow"}


def test_a_null_fallback_is_none() -> None:
    found = modelled(from_editor({"cascade": {"fallbackModel": None}}))
    assert found.settings.cascade == CascadeSettings()
    assert found.problems == ()


def test_a_provider_counts_once_it_is_named() -> None:
    assert modelled().settings.providers == {}
    assert resolve(()).settings == Settings()
    assert modelled(user("[providers.ollama]")).settings.providers == {"ollama": ProviderSettings()}
    found = modelled(user('[providers.ollama]\nheaders.X-Team = "blue"\nconcurrency = 2'))
    provider = found.settings.providers["ollama"]
    assert (provider.concurrency, provider.headers) == (2, {"X-Team": "blue"})
    assert found.provenance["providers.ollama.headers.X-Team"] is Layer.USER


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        (
            f'[providers.openai]\nkey = "{KEY}"',
            '[providers.openai]\nkey = "{env:OPENAI_API_KEY}"',
        ),
        (
            f'[providers.my-lab]\nbase_url = "https://lab.example/v1"\nkey = "{KEY}"',
            '[providers.my-lab]\nbase_url = "https://lab.example/v1"\nkey = "{env:MY_LAB_API_KEY}"',
        ),
        (
            '[providers.openai]\nkind = "openai_responses"',
            '[providers.openai]\nkind = "openai-responses"',
        ),
        ('[models."openai/x"]\ncost_tier = "cheap"', None),
        ('cascade.restore_primary = "after_cooldown"', 'cascade.restore_primary = "afterCooldown"'),
        (
            'cascade.escalate_on_categories = ["context_overflw"]',
            'cascade.escalate_on_categories = ["context_overflow"]',
        ),
        ("cascade.actions.rate_limt = 'wait'", "cascade.actions.rate_limit = 'wait'"),
        ('cascade.actions.rate_limit = "switch"', None),
        (
            'model_routing.debugging = ["openai/gpt-4o-mni"]',
            'model_routing.debugging = ["openai/gpt-4o-mini"]',
        ),
        ('cascade.fallback_model = "openai/gpt4o"', 'cascade.fallback_model = "openai/gpt-4o"'),
        ("[providers.opnai]", "[providers.openai]"),
        ('[models.x]\nprovider = "olama"', '[models.x]\nprovider = "ollama"'),
        ('routing.strategy = "cost_optimized"', 'routing.strategy = "cost-optimized"'),
    ],
)
def test_a_mistake_is_told_and_its_fix_mends_it(written: str, mended: str | None) -> None:
    problem = only_problem(modelled(user(written)))
    assert str(FILE) in problem.message
    assert problem.span is not None
    if mended is None:
        assert problem.fix is None
        return
    assert problem.fix is not None
    assert apply(written, [problem.fix]) == mended
    assert modelled(user(mended)).problems == ()


@pytest.mark.parametrize(
    "written",
    [
        f'[providers.openai]\nkey = "{KEY}"',
        f'[providers.openai]\nheaders.Authorization = "{KEY}"',
        f'[providers.openai]\napi_key = "{KEY}"',
        f'[providers.openai]\nbase_url = "https://user:{KEY}@lab.example"',
        f'[providers.openai]\nbase_url = "https://lab.example/v1?key={KEY}"',
        f'network.proxy = "http://user:{KEY}@proxy.example"',
    ],
)
def test_a_key_in_a_file_is_an_error_and_is_shown_nowhere(written: str) -> None:
    found = modelled(user(written))
    problem = only_problem(found)
    assert KEY not in problem.message + str(problem.suggestion)
    assert KEY not in repr(found.settings) + repr(dict(found.provenance))
    if "api_key" not in written and "proxy" not in written:
        assert not found.settings.providers["openai"].enabled


@pytest.mark.parametrize(
    "reference", ["{env:X}", "{file:~/key}", "{keyring:acme/me}", "{command:pass show x}", ""]
)
def test_a_reference_to_a_key_is_taken(reference: str) -> None:
    found = modelled(user(f'[providers.openai]\nkey = "{reference}"'))
    assert found.problems == ()
    assert found.settings.providers["openai"].key == reference


def test_no_limit_can_be_written() -> None:
    found = modelled(user('budget.per_month_usd = "unlimited"\nbudget.per_provider_usd.openai = 2'))
    assert found.problems == ()
    assert found.settings.budget.per_month_usd is None
    assert found.settings.budget.per_provider_usd == {"openai": 2.0}


def test_a_model_is_known_whichever_layer_makes_it_so() -> None:
    chain = 'model_routing.debugging = "acme/large"'
    assert "no known model" in only_problem(modelled(user(chain))).message
    both = modelled(
        user('[providers.acme]\nbase_url = "http://127.0.0.1:8000/v1"\n[models."acme/large"]'),
        workspace(chain),
    )
    assert both.problems == ()
    assert both.settings.model_routing["debugging"] == ("acme/large",)


def test_a_remark_stands_at_its_setting_and_changes_nothing() -> None:
    path = ("models", "x", "cost_tier")
    known = Known(remarks=lambda _: [Remark(path, "says `free`")])
    text = '[models.x]\ncost_tier = "free"'
    found = resolve((user(text),), known)
    problem = only_problem(found)
    assert problem.message == f"`models.x.cost_tier` in `{FILE}` says `free`."
    assert problem.span is not None
    assert problem.span.of(text) == '"free"'
    assert found.settings.models["x"].cost_tier == "free"


def test_keys_inside_entries_are_described() -> None:
    text = '[models."acme/large"]\ncontext_window = 1\n[providers.x.headers]\nA = "b"\n'
    window = describe(text, text.index("context_window"))
    assert window is not None
    assert "a whole number from 256" in window
    header = describe(text, text.index("A ="))
    assert header is not None
    assert "providers.x.headers.A" in header
