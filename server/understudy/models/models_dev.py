"""Rows of the catalogue out of a file of the shape in which models.dev tells models and prices.

That is `{provider: {"models": {name: model}}}`. Prices there are US dollars for a million tokens, as
here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.models.importing import MOST_TOKENS, Figure, is_wanted, parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.models.importing import Row

_IDS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "gemini",
    "mistral": "mistral",
    "deepseek": "deepseek",
    "groq": "groq",
    "xai": "xai",
    "azure": "azure",
}
"""Providers as the file calls them, each with our own id."""
_CAN = {"tool_call": "tools", "reasoning": "reasoning", "structured_output": "structured-output"}
_MOST_USD = 1_000_000
_FIGURES = {
    **{("limit", field): MOST_TOKENS for field in ("context", "input", "output")},
    **{("cost", field): _MOST_USD for field in ("input", "output", "cache_read", "cache_write")},
}
"""Where figures stand, and what they are below of."""


def is_of_models_dev(table: Mapping[str, Any]) -> bool:
    """Whether a table has this shape."""
    found = (table.get(name) for name in _IDS)
    return any(isinstance(one, dict) and isinstance(one.get("models"), dict) for one in found)


def rows_of_models_dev(table: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """The models of the table that are of use here, each by its id. What can't be read is no row."""
    for provider, name, model in _entries(table):
        row = _row(provider, name, model)
        if row is not None:
            yield f"{provider}/{name}", row


def figures_of_models_dev(table: Mapping[str, Any]) -> Iterator[Figure]:
    """What stands in the table where a figure belongs, model by model."""
    for provider, name, model in _entries(table):
        for (part, field), limit in _FIGURES.items():
            value = _part(model, part).get(field)
            yield Figure(f"{provider}/{name}", f"{part}.{field}", value, limit)


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The provider, the name and the entry of each model that is of use here."""
    for theirs, ours in _IDS.items():
        provider = table.get(theirs)
        models = provider.get("models") if isinstance(provider, dict) else None
        for name, model in models.items() if isinstance(models, dict) else ():
            if isinstance(model, dict) and is_wanted(ours, name):
                yield ours, name, model


def _row(provider: str, name: str, model: Mapping[str, Any]) -> Row | None:
    limit, cost = _part(model, "limit"), _part(model, "cost")
    # Where a provider limits the prompt beside the whole, the prompt is what we ask about.
    window = _count(limit.get("input")) or _count(limit.get("context"))
    writes = _part(model, "modalities").get("output")
    if window is None or (isinstance(writes, list) and "text" not in writes):
        return None
    found: Row = {
        "window": window,
        "output": _count(limit.get("output")),
        "in": _price(cost.get("input")),
        "out": _price(cost.get("output")),
        "read": _price(cost.get("cache_read")),
        "write": _price(cost.get("cache_write")) or None,
        "long": _long(cost),
        "can": sorted(_capabilities(model, cost)),
        "schema": _structured(provider, model),
        "params": sorted(
            parameters(
                provider,
                name,
                thinks=model.get("reasoning") is True,
                sampled=model.get("temperature") is not False,
            )
        ),
    }
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def _part(model: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = model.get(name)
    return found if isinstance(found, dict) else {}


def _capabilities(model: Mapping[str, Any], cost: Mapping[str, Any]) -> Iterator[str]:
    yield "code-generation"
    yield from (word for key, word in _CAN.items() if model.get(key) is True)
    reads = _part(model, "modalities").get("input")
    if isinstance(reads, list) and "image" in reads:
        yield "vision"
    if _price(cost.get("cache_read")) is not None:
        yield "prompt-cache"


def _structured(provider: str, model: Mapping[str, Any]) -> str:
    if model.get("structured_output") is not True:
        return ""
    return "json" if provider == "deepseek" else "schema"


def _long(cost: Mapping[str, Any]) -> list[float] | None:
    """From how many tokens of prompt on other prices count, and these prices.

    The file tells it as a list of tiers; an older form knows 200,000 tokens alone.
    """
    tiers = cost.get("tiers")
    listed = [one for one in tiers if isinstance(one, dict)] if isinstance(tiers, list) else []
    steps: list[tuple[int | None, Mapping[str, Any]]] = [(_step(one), one) for one in listed]
    if not listed:
        steps = [(200_000, _part(cost, "context_over_200k"))]
    found = [
        [size, price_in, price_out]
        for size, prices in steps
        if size is not None
        and (price_in := _price(prices.get("input"))) is not None
        and (price_out := _price(prices.get("output"))) is not None
    ]
    return min(found, default=None)


def _step(tier: Mapping[str, Any]) -> int | None:
    """The size of prompt from which on a tier counts; None where it depends on something else."""
    about = _part(tier, "tier")
    return _count(about.get("size")) if about.get("type") == "context" else None


def _price(usd: object) -> float | None:
    if isinstance(usd, bool) or not isinstance(usd, int | float):
        return None
    return round(float(usd), 6) if 0 <= usd < _MOST_USD else None


def _count(tokens: object) -> int | None:
    is_count = isinstance(tokens, int) and not isinstance(tokens, bool) and tokens > 0
    return tokens if is_count and isinstance(tokens, int) else None
