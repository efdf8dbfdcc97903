"""Tables whose keys are names of providers, roles or tasks: a slip in one is no silent loss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.config.samples import FILE, WITH_MODELS, modelled, only_problem, user, workspace
from understudy.config.known import Remark
from understudy.config.layers import resolve
from understudy.config.problems import Layer
from understudy.core.text import apply

ACME = '[providers.acme]\nbase_url = "http://127.0.0.1:9/v1"\n'


@pytest.mark.parametrize(
    ("slip", "meant"), [("acm", "acme"), ("opena", "openai"), ("Acme", "acme")]
)
def test_a_limit_for_a_provider_that_nobody_knows_closes_that_of_the_one_that_was_meant(
    slip: str, meant: str
) -> None:
    written = f"{ACME}[budget.per_provider_usd]\n{slip} = 3.0\n"
    found = modelled(user(written))
    problem = only_problem(found)
    assert problem.message == (
        f"`budget.per_provider_usd.{slip}` in `{FILE}` is for no known provider, so it does not"
        f" count and nothing may be spent on that provider. Did you mean `{meant}`?"
    )
    assert problem.span is not None
    assert problem.span.of(written) == slip
    assert problem.fix is not None
    assert apply(written, [problem.fix]) == written.replace(f"{slip} = 3.0", f"{meant} = 3.0")
    assert found.settings.budget.per_provider_usd == {meant: 0.0}
    assert found.provenance[f"budget.per_provider_usd.{meant}"] is Layer.USER


def test_a_slip_closes_the_right_limit_even_where_that_is_set_too() -> None:
    found = modelled(user(f"{ACME}[budget.per_provider_usd]\nacme = 5.0\nacm = 3.0\n"))
    assert only_problem(found).suggestion == "acme"
    assert found.settings.budget.per_provider_usd == {"acme": 0.0}


def test_a_limit_for_a_name_that_is_near_no_provider_is_told_and_limits_none() -> None:
    found = modelled(user("[budget.per_provider_usd]\nzzz = 3.0\n"))
    problem = only_problem(found)
    assert problem.fix is None
    assert problem.message == (
        f"`budget.per_provider_usd.zzz` in `{FILE}` is for no known provider, so it limits nothing."
        " Known: `ollama` and `openai`."
    )
    assert found.settings.budget.per_provider_usd == {}


def test_limits_of_providers_that_are_there_count() -> None:
    found = modelled(
        user(f"{ACME}[budget.per_provider_usd]\nacme = 3.0\n"),
        workspace("[budget.per_provider_usd]\nopenai = 0.0\nollama = 1\n"),
    )
    assert found.problems == ()
    assert found.settings.budget.per_provider_usd == {"acme": 3.0, "openai": 0.0, "ollama": 1.0}


def test_a_remark_about_a_key_stands_on_the_key_and_names_another_for_it() -> None:
    remark = Remark(("model_routing", "debuging"), "serves nothing", meant="debugging", on_key=True)
    known = replace(WITH_MODELS, remarks=lambda _: (remark,))
    written = 'model_routing.debuging = "openai/gpt-4o"'
    problem = only_problem(resolve((user(written),), known))
    assert problem.message.endswith("serves nothing. Did you mean `debugging`?")
    assert problem.fix is not None
    assert apply(written, [problem.fix]) == 'model_routing.debugging = "openai/gpt-4o"'
