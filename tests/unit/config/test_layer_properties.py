from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from understudy.config.layers import resolve
from understudy.config.problems import Layer
from understudy.config.settings import CLOSED_PROXY, OFFLINE_MODEL, Settings
from understudy.config.source import (
    Source,
)
from understudy.core.text import apply

if TYPE_CHECKING:
    from collections.abc import Mapping
from tests.unit.config.samples import KNOWN, resolved, user

NAMES = st.sampled_from(
    [
        "gate",
        "auto_apply",
        "autoScore",
        "checkers",
        "ruff",
        "command",
        "enabled",
        "commands",
        "timeout_s",
        "hide",
        "actions",
        "model_routing",
        "modelRouting",
        "debugging",
        "python",
        "environment",
        "providers",
        "openai",
        "acme",
        "base_url",
        "key",
        "headers",
        "models",
        "price_in",
        "budget",
        "per_day_usd",
        "perProviderUsd",
        "cascade",
        "max_total_attempts",
        "actions",
        "network",
        "proxy",
        "privacy",
        "exclude",
        # Misspelt, as someone who hurries would.
        *("budgt", "privcy", "cascad", "modls", "chekers", "providrs", "netwrk", "model_routng"),
        *("per_day_us", "per_providr_usd", "exclde", "action", "base_ur", "enabld", "rufff"),
    ]
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(), max_size=8),
    st.sampled_from([OFFLINE_MODEL, 10**400, "~nobody/x", "\ud800", "a\0b", object()]),
    st.sampled_from(["https://acme.example/v1", "{env:X}", "unlimited", "anthropic", "wait"]),
)
JUNK = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(NAMES | st.text(max_size=6), inner, max_size=4),
    ),
    max_leaves=20,
)
TABLES = st.dictionaries(NAMES | st.text(max_size=6), JUNK, max_size=5)


@given(TABLES, TABLES)
def test_whatever_stands_beside_a_valid_key_does_not_lose_it(
    top: Mapping[str, object], fix: Mapping[str, object]
) -> None:
    for layer in (Layer.USER, Layer.WORKSPACE, Layer.EDITOR):
        values = {**top, "fix": {**fix, "max_candidates": 7}}
        found = resolve((Source(layer, values=values),), KNOWN, Path("/somewhere"))
        assert found.settings.fix.max_candidates == 7
        assert found.provenance["fix.max_candidates"] is layer
        assert all(problem.message and problem.key.isprintable() for problem in found.problems)


@given(TABLES, TABLES)
def test_no_workspace_gains_power(
    below: Mapping[str, object], wanted: Mapping[str, object]
) -> None:
    lower = Source(Layer.USER, values=below)
    before = resolve((lower,), KNOWN, Path("/somewhere")).settings
    after = resolve(
        (lower, Source(Layer.WORKSPACE, values=wanted)), KNOWN, Path("/somewhere")
    ).settings
    assert after.gate.auto_apply <= before.gate.auto_apply
    assert after.gate.auto_score >= before.gate.auto_score
    for checker in ("ruff", "basedpyright"):
        old, new = before.checker(checker), after.checker(checker)
        assert new.enabled <= old.enabled
        assert new.command in ((), old.command) or new.command_from_workspace
    for name, provider in after.providers.items():
        own = before.providers.get(name)
        assert not provider.enabled or own is not None
        if own is not None:
            assert provider.enabled <= own.enabled
        if provider.enabled and own is not None:
            assert (provider.base_url, provider.key) == (own.base_url, own.key)
            assert (provider.kind, provider.headers) == (own.kind, own.headers)
    assert after.network.proxy in (before.network.proxy, CLOSED_PROXY)
    assert after.cascade.max_total_attempts <= before.cascade.max_total_attempts
    assert set(after.privacy.exclude) >= set(before.privacy.exclude)
    for limit in ("per_request_usd", "per_day_usd", "per_month_usd"):
        old_limit, new_limit = getattr(before.budget, limit), getattr(after.budget, limit)
        assert old_limit is None or (new_limit is not None and new_limit <= old_limit)


@given(TABLES)
def test_a_misspelt_table_opens_no_more_than_the_right_one(table: Mapping[str, object]) -> None:
    for right, wrong in (("privacy", "privcy"), ("budget", "budgt")):
        meant = resolve((Source(Layer.USER, values={right: table}),), KNOWN).settings
        found = resolve((Source(Layer.USER, values={wrong: table}),), KNOWN).settings
        if meant.privacy != Settings().privacy:
            assert found.privacy.exclude == ("*",) or found.privacy.local_only == ("*",)
        if meant.budget != Settings().budget:
            assert found.budget != Settings().budget


@given(st.text() | TABLES.map(lambda table: json.dumps(table, default=str)))
def test_no_text_of_a_file_raises(text: str) -> None:
    found = resolved(user(text))
    for problem in found.problems:
        assert problem.span is None or problem.span.end <= len(text)
        assert problem.fix is None or apply(text, [problem.fix])
