"""Whatever fails, however often: the cascade ends, goes forward alone, and keeps to its limits."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.models_factory import BUILT_IN, cloud, failure, local
from understudy.config.settings import CascadeSettings
from understudy.core.failures import FailureCategory
from understudy.engine.cascade import About, Cascade
from understudy.journal.ledger import MemoryLedger

MODELS = (
    BUILT_IN,
    local("ollama/qwen2.5-coder:7b", context_window=8_000),
    cloud("acme/a"),
    cloud("acme/b", context_window=64_000),
    cloud("other/c", price_in=None, price_out=None, cost_tier="premium"),
    cloud("third/d", capabilities=frozenset({"vision"})),
)
WORDS = ["same", "refine", "reduce_context", "wait", "switch_model", "ask", "stop"]
COST_USD = 0.04

failures = st.builds(
    failure,
    st.sampled_from(FailureCategory),
    phase=st.sampled_from(["request", "stream", "parse", "check"]),
    fingerprint=st.sampled_from(["1", "2"]),
    code=st.sampled_from(["", "not_sent", "loading", "model_missing"]),
    after_s=st.sampled_from([None, 0.0, 0.5, 5.0, 500.0]),
    limit=st.sampled_from([None, 4_000]),
    parameter=st.sampled_from(["", "vision", "temperature"]),
    advice=st.sampled_from(["stop", "ask", "switch_model"]),
)
limits = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "max_failures_before_escalate": st.integers(1, 4),
        "max_total_attempts": st.integers(1, 12),
        "max_extra_cost_usd": st.sampled_from([0.0, 0.1, 1.0]),
        "ask_above_usd": st.sampled_from([0.0, 0.1, 1.0]),
        "max_wait_s": st.sampled_from([0.0, 2.0, 600.0]),
        "restore_primary": st.sampled_from(["afterCooldown", "nextTask", "never"]),
        "actions": st.dictionaries(
            st.sampled_from([one.value for one in FailureCategory]), st.sampled_from(WORDS)
        ).map(MappingProxyType),
    }
)


def test_a_yes_that_lifts_nothing_is_not_asked_for_again() -> None:
    one = Cascade(
        order=[MODELS[1]],
        settings=CascadeSettings(enabled=False),
        state=MemoryLedger(),
        about=About("fix", "file"),
        estimate=lambda model: model.price_in and COST_USD,
    )
    spent = failure(FailureCategory.BUDGET_EXCEEDED, advice="ask")
    assert one.first().action == "ask"
    assert one.failed(spent, cost_usd=0.0).action == "confirm"
    assert one.confirmed(True).action == "ask"
    assert one.failed(spent, cost_usd=0.0).action == "stop"


@settings(max_examples=150)
@given(
    order=st.lists(st.sampled_from(MODELS), max_size=6),
    chosen=limits,
    script=st.lists(st.tuples(failures, st.booleans(), st.booleans()), min_size=1, max_size=40),
    deadline=st.sampled_from([0.0, 3.0, 1_000.0]),
)
def test_any_script_of_failures_ends_within_all_limits(
    order: list[Any], chosen: dict[str, Any], script: list[tuple[Any, bool, bool]], deadline: float
) -> None:
    now = [0.0]
    one = Cascade(
        order=order,
        settings=CascadeSettings(**chosen),
        state=MemoryLedger(),
        about=About("fix", "file"),
        estimate=lambda model: model.price_in and COST_USD,
        clock=lambda: now[0],
        deadline=deadline,
    )
    step, path, extra, calls, primary = one.first(), [], 0.0, 0, ""
    for number in range(200):
        happens, agrees, costs = script[number % len(script)]
        if step.action == "stop":
            break
        if step.action == "confirm":
            step = one.confirmed(agrees)
            continue
        path.append(step.model)
        if step.after_s:
            assert now[0] + step.after_s < deadline
            assert step.after_s <= chosen["max_wait_s"]
        now[0] += step.after_s
        sent = happens.category is not FailureCategory.BUDGET_EXCEEDED
        if step.model != BUILT_IN.id:
            calls += sent
            primary = primary or step.model
        price = next(model.price_in for model in order if model.id == step.model)
        cost = COST_USD if costs and price and sent else 0.0
        extra += cost if step.model != primary and step.model != BUILT_IN.id else 0.0
        step = one.failed(happens, cost_usd=cost)
    assert (step.action, bool(step.why)) == ("stop", True)
    assert calls <= chosen["max_total_attempts"]
    assert extra <= chosen["max_extra_cost_usd"] + 1e-9
    order_asked = list(dict.fromkeys(path))
    # Once another model took over, none comes back.
    assert [name for at, name in enumerate(path) if at == 0 or path[at - 1] != name] == order_asked
    places = [[model.id for model in one.order].index(name) for name in order_asked]
    assert places == sorted(places)
    assert len(one.trace) <= 200
