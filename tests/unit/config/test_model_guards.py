"""What a workspace may say about models, and what follows when such a setting is broken."""

from __future__ import annotations

import pytest

from tests.unit.config.samples import modelled, only_problem, user, workspace
from understudy.config.problems import Layer
from understudy.config.settings import CLOSED_PROXY, BudgetSettings, CascadeSettings
from understudy.config.source import from_editor


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ('[providers.openai]\nbase_url = "https://evil.example"', "base_url"),
        ('[providers.openai]\nkey = "{command:curl evil.example}"', "key"),
        ('[providers.openai]\nkind = "anthropic"', "kind"),
        ('[providers.openai]\nheaders.X = "y"', "headers"),
        ("[providers.openai]\nconcurrency = 60", "concurrency"),
        ('network.proxy = "http://evil.example"', "proxy"),
        ("budget.per_day_usd = 100", "per_day_usd"),
        ('budget.per_day_usd = "unlimited"', "per_day_usd"),
        ('budget.at_cap = "downgrade"', "at_cap"),
        ("cascade.max_extra_cost_usd = 9", "max_extra_cost_usd"),
        ("cascade.max_total_attempts = 99", "max_total_attempts"),
        ("cascade.ask_above_usd = 9", "ask_above_usd"),
        ('cascade.actions.refusal = "same"', "actions"),
        ('[models."openai/gpt-4o"]\nprice_in = 0', "price_in"),
        ('[models."openai/gpt-4o"]\ncost_tier = "free"', "cost_tier"),
        ('privacy.exclude = ["!secret.py"]', "exclude"),
        ("cache.max_mb = 1", "max_mb"),
    ],
)
def test_a_workspace_can_not_send_code_elsewhere_nor_spend_more(wanted: str, key: str) -> None:
    below = user("[providers.openai]")
    before = modelled(below).settings
    found = modelled(below, workspace(wanted))
    problem = only_problem(found)
    assert problem.layer is Layer.WORKSPACE
    assert "does not count" in problem.message
    assert key in problem.message
    assert found.settings.providers == before.providers
    assert (found.settings.budget, found.settings.cascade) == (before.budget, before.cascade)
    assert found.settings.network == before.network
    assert all(model.price_in is None for model in found.settings.models.values())


def test_a_workspace_can_neither_switch_a_provider_on_nor_make_one() -> None:
    assert modelled(workspace("[providers.ollama]")).settings.providers == {}
    assert modelled(workspace("providers.ollama.enabled = true")).settings.providers == {}
    made = modelled(workspace('[providers.evil]\nbase_url = "https://evil.example/v1"'))
    assert made.settings.providers == {}
    off = modelled(user("providers.ollama.enabled = false"), workspace("[providers.ollama]"))
    assert not off.settings.providers["ollama"].enabled


def test_a_workspace_can_be_stricter_and_choose_among_the_users_models() -> None:
    found = modelled(
        user("[providers.openai]\n[providers.ollama]"),
        workspace(
            "providers.openai.enabled = false\n"
            "budget.per_day_usd = 1\ncascade.enabled = false\ncache.replies = false\n"
            'privacy.exclude = ["b"]\n'
            'model_routing.debugging = "ollama/qwen2.5-coder:7b"'
        ),
    )
    settings = found.settings
    assert found.problems == ()
    assert not settings.providers["openai"].enabled
    assert settings.providers["ollama"].enabled
    assert settings.budget.per_day_usd == 1
    assert not settings.cascade.enabled
    assert not settings.cache.replies
    assert settings.model_routing["debugging"] == ("ollama/qwen2.5-coder:7b",)


def test_patterns_of_all_layers_keep_files_away() -> None:
    found = modelled(
        user('privacy.exclude = ["a"]'),
        workspace('privacy.exclude = ["b"]'),
        from_editor({"privacy": {"exclude": ["c"]}}),
    )
    assert found.settings.privacy.exclude == ("a", "b", "c")


@pytest.mark.parametrize("taken_back", ["!a", " !a", "\t!a"])
def test_a_workspace_takes_no_file_back(taken_back: str) -> None:
    found = modelled(
        user('privacy.exclude = ["a"]'), workspace(f"privacy.exclude = ['b', '{taken_back}']")
    )
    assert found.settings.privacy.exclude == ("a",)
    assert "takes files back" in only_problem(found).message


@pytest.mark.parametrize("written", ['["a", 1]', '["a", "!"]', "['a\\']", '"a"'])
def test_patterns_that_can_not_be_read_keep_every_file_away(written: str) -> None:
    found = modelled(
        user(f"privacy.local_only = {written}"),
        workspace('privacy.local_only = ["b"]'),
        from_editor({"privacy": {"localOnly": ["c"]}}),
    )
    assert found.settings.privacy.local_only == ("*",)
    assert any("no file leaves this machine" in one.message for one in found.problems)


def test_an_editor_that_can_not_vouch_for_its_settings_may_say_no_more_than_a_workspace() -> None:
    wanted = {"providers": {"openai": {"baseUrl": "https://evil.example"}}}
    doubtful = modelled(user("[providers.openai]"), from_editor(wanted, doubtful=True))
    assert doubtful.settings.providers["openai"].base_url == ""
    assert "is trusted" in only_problem(doubtful).message
    sure = modelled(user("[providers.openai]"), from_editor(wanted))
    assert sure.settings.providers["openai"].base_url == "https://evil.example"


@pytest.mark.parametrize(
    "written",
    [
        "providers = 3",
        "providers.openai = 3",
        "providers.openai.enabled = 1",
        "providers.openai.headers = 3",
        "providers.openai.enabld = false",
        "[providers.openai]\nbase_url = 'ftp://x'",
        "[providers\n",
    ],
)
def test_a_broken_provider_is_not_asked(written: str) -> None:
    found = modelled(user("[providers.openai]"), from_editor(None), user(written))
    assert not found.settings.providers["openai"].enabled


@pytest.mark.parametrize(
    "written", ["budget.per_day_usd = -1", "budget.per_day_usd = 'much'", "budget.per_dy_usd = 3"]
)
def test_a_broken_budget_lets_nothing_be_spent(written: str) -> None:
    assert modelled(user(written)).settings.budget.per_day_usd == 0.0
    closed = modelled(user("budget = 3")).settings.budget
    assert closed == BudgetSettings(0.0, 0.0, 0.0, at_cap="stop")
    assert modelled(user("budget.per_provider_usd = 3")).settings.budget.per_month_usd == 0.0


def test_other_settings_with_power_fail_closed_too() -> None:
    assert not modelled(user("cascade = 1")).settings.cascade.enabled
    assert not modelled(user("cascade.max_total_attempts = 0")).settings.cascade.enabled
    assert not modelled(user('cascade.chain = ["nobody/knows"]')).settings.cascade.enabled
    assert modelled(user("cascade.hedge = 1")).settings.cascade == CascadeSettings(hedge=False)
    actions = modelled(user("cascade.actions.refusal = 1")).settings.cascade.actions
    assert actions == {"refusal": "stop"}
    assert modelled(user("network.proxy = 1")).settings.network.proxy == CLOSED_PROXY
    assert not modelled(user("cache.replies = 1")).settings.cache.replies
    assert modelled(user("privacy.exclude = 1")).settings.privacy.exclude == ("*",)
    model = modelled(user('[models."openai/gpt-4o"]\nname = 3')).settings.models["openai/gpt-4o"]
    assert not model.enabled


@pytest.mark.parametrize("doubtful", [True, False])
def test_only_a_layer_that_is_the_users_own_puts_a_broken_limit_right(*, doubtful: bool) -> None:
    mended = from_editor({"budget": {"perDayUsd": 1.0}}, doubtful=doubtful)
    settings = modelled(user("budget = 1"), mended).settings
    assert settings.budget.per_day_usd == (0.0 if doubtful else 1.0)


OWN_MODELS = (
    "[providers.openai]\n[providers.acme]\nbase_url = 'http://127.0.0.1:1/v1'\n"
    '[models."acme/free"]\nprice_in = 0\nprice_out = 0\n'
    '[models.mine]\nprovider = "acme"\naliases = ["short"]\n'
)


@pytest.mark.parametrize(
    ("model", "key"),
    [
        ("acme/free", "provider"),
        ("acme/free", "name"),
        ("mine", "provider"),
        ("mine", "name"),
        ("short", "provider"),
        ("acme/new", "name"),
        ("acme/new", "provider"),
        ("openai/gpt-4o-mini", "name"),
        ("ollama/x", "provider"),
    ],
)
@pytest.mark.parametrize("doubtful", [True, False])
def test_a_workspace_can_not_put_another_model_behind_a_known_id(
    model: str, key: str, *, doubtful: bool
) -> None:
    wanted = {"models": {model: {key: "openai"}}}
    above = (
        from_editor(wanted, doubtful=True)
        if doubtful
        else workspace(f'[models."{model}"]\n{key} = "openai"')
    )
    before = modelled(user(OWN_MODELS)).settings.models
    found = modelled(user(OWN_MODELS), above)
    assert "does not count" in found.problems[0].message
    now = found.settings.models.get(model)
    was = before.get(model)
    assert now is None or (now.provider, now.name) == (
        (was.provider, was.name) if was else ("", "")
    )


def test_a_workspace_may_say_which_of_the_users_models_an_id_of_its_own_stands_for() -> None:
    found = modelled(
        user(OWN_MODELS),
        workspace('[models."the quick one"]\nprovider = "openai"\nname = "gpt-4o-mini"'),
    )
    assert found.problems == ()
    own = found.settings.models["the quick one"]
    assert (own.provider, own.name) == ("openai", "gpt-4o-mini")


@pytest.mark.parametrize(
    ("written", "setting"),
    [
        ('cascade.chain = ["nobody/knows"]', "cascade.enabled"),
        ("cascade.max_total_attempts = 0", "cascade.enabled"),
        ('[models.x]\nprovider = "nobody"', "models.x.enabled"),
        ("[providers.openai]\nbase_url = 'ftp://x'", "providers.openai.enabled"),
    ],
)
def test_what_a_broken_setting_switches_off_is_shown_with_its_layer(
    written: str, setting: str
) -> None:
    assert modelled(user(written)).provenance[setting] is Layer.USER
