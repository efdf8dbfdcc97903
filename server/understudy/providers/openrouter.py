"""OpenRouter, a gateway to the models of many others. Its list has windows, prices and abilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.core.json_rows import count, inside, listed, text
from understudy.models.observed import Found
from understudy.providers import COMPATIBLE, Provider

if TYPE_CHECKING:
    from understudy.providers import Ask

_MILLION = 1_000_000
_ABILITIES = {
    "structured_outputs": "structured-output",
    "tools": "tools",
    "reasoning": "reasoning",
}


async def list_models(ask: Ask) -> tuple[Found, ...]:
    """Prices come as text, in US dollars for one token; a negative one depends on the request."""
    rows = listed(await ask("models"), "data")
    return tuple(_found(row) for row in rows if text(row, "id"))


def _found(row: dict[str, Any]) -> Found:
    prices, best = inside(row, "pricing"), inside(row, "top_provider")
    parameters = row.get("supported_parameters")
    words = parameters if isinstance(parameters, list) else []
    window = count(row, "context_length")
    return Found(
        name=text(row, "id"),
        window=window,
        window_max=window,
        max_output=count(best, "max_completion_tokens"),
        price_in=_price(prices.get("prompt")),
        price_out=_price(prices.get("completion")),
        capabilities=frozenset(_ABILITIES[one] for one in _ABILITIES if one in words),
    )


def _price(value: object) -> float | None:
    try:
        price = float(str(value)) * _MILLION
    except ValueError:
        return None
    return round(price, 6) if 0 <= price < _MILLION else None


PROVIDER = Provider(
    id="openrouter",
    title="OpenRouter",
    family="openai",
    base_url="https://openrouter.ai/api/v1",
    keys=("OPENROUTER_API_KEY",),
    quirks=COMPATIBLE | {"cache-marks"},
    any_name=True,
    list_models=list_models,
    key_page="https://openrouter.ai/settings/keys",
)
