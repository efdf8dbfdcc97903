"""Models, failures and a journal-less ledger for the cascade, the router and the budget."""

from __future__ import annotations

from typing import Any

from understudy.core.failures import Failure, FailureCategory
from understudy.models.registry import Model, offline_model

BUILT_IN = offline_model()


def cloud(name: str, **values: Any) -> Model:
    """A cloud model; its provider stands before the first `/`."""
    filled: dict[str, Any] = {
        "cost_tier": "economy",
        "locality": "cloud",
        "capabilities": frozenset({"code-generation"}),
        "provider": name.partition("/")[0],
        "name": name.partition("/")[2],
        "context_window": 32_000,
        "price_in": 0.5,
        "price_out": 1.5,
    }
    return Model(id=name, **{**filled, **values})


def local(name: str, **values: Any) -> Model:
    free = {"locality": "local", "price_in": 0.0, "price_out": 0.0, "cost_tier": "free"}
    return cloud(name, **{**free, **values})


def failure(category: FailureCategory = FailureCategory.TYPE_ERROR, **values: Any) -> Failure:
    filled: dict[str, Any] = {
        "phase": "check",
        "blame": "model",
        "message": f"It failed with {category.value}.",
        "fingerprint": f"f:{category.value}",
    }
    return Failure(category=category, **{**filled, **values})
