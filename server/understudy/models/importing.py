"""Rows of the catalogue out of the table of models and prices that the package `litellm` carries.

Only the JSON inside the wheel is read, or the same JSON as a file; nothing of the package runs. Prices there are US dollars for
one token, here for a million.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from understudy.core.failures import BadRequestError
from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Row = dict[str, Any]
"""One model as the catalogue's file spells it; `understudy.models.catalogue` says what is what."""

_TABLE = re.compile(r"litellm/model_prices_and_context_window\w*\.json")
_MAX_BYTES = 64 * 1024 * 1024
_WHEEL = re.compile(r"litellm-(\d[\w.]*)-")
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_CHAT = frozenset({"chat", "responses"})
_WANTED = {
    "openai": r"gpt-(?:3\.5-turbo|4|5|6)|o[134]",
    "anthropic": r"claude-",
    "gemini": r"gemini-(?:\d|flash|pro)|gemma-[34]",
    "mistral": r"codestral|devstral|magistral|ministral|mistral-(?:large|medium|small)|open-mistral",
    "deepseek": r"deepseek-",
    "groq": r"openai/|qwen/|meta-llama/llama-[34]|moonshotai/|llama-",
    "xai": r"grok-",
    "azure": r"gpt-(?:4\.1|4o|5|6)|o[34]",
}
_LEFT_OUT = re.compile(
    r"\d{4}-\d\d-\d\d|-20\d{6}|-\d{4}$|-\d{4}-|audio|search|research|chat-latest|gpt-[\d.]+-chat$|computer|cyber"
    r"|rosalind|-law|guard|-tts|image|live|robotics|omni|exp|beta|multi-agent|-gv2|customtools|16k"
    r"|mamba|ministral-3-|/(?:us|eu|apac|us-gov|global)"
)
MOST_TOKENS = 1_000_000_000
_FIGURES = {
    "max_input_tokens": MOST_TOKENS,
    "max_output_tokens": MOST_TOKENS,
    "input_cost_per_token": 1,
    "output_cost_per_token": 1,
    "cache_read_input_token_cost": 1,
    "cache_creation_input_token_cost": 1,
}
"""Where figures stand, and what they are below of."""
_ABOVE = re.compile(r"input_cost_per_token_above_(\d+)k_tokens")
_THINKS_ALWAYS = re.compile(r"o\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a file says where a figure belongs.

    Attributes:
        field: as the file calls it.
        value: None where the file says nothing.
        limit: what a figure is below of.
    """

    model: str
    field: str
    value: Any
    limit: int

    @property
    def is_odd(self) -> bool:
        """Whether something is said that is no figure, or none that can be."""
        if self.value is None:
            return False
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        return not (is_number and 0 <= self.value < self.limit)


def read_wheel(path: Path) -> tuple[dict[str, Any], str]:
    """The table in a wheel, and the wheel's version. Reads one file; no code of it runs.

    Raises:
        BadRequestError: when it is no such wheel.
    """
    version = _WHEEL.match(path.name)
    return _inside(path), version[1] if version else "unknown"


def read_table(path: Path) -> dict[str, Any]:
    """The table in a file of JSON, or in a wheel of `litellm`. Reads one file.

    Raises:
        BadRequestError: when it is neither, or holds no table.
    """
    if zipfile.is_zipfile(path):
        return _inside(path)
    try:
        return _table(read_plain(path, _MAX_BYTES), path)
    except OSError as failure:
        raise BadRequestError(f"`{path}` can't be read: {failure.strerror}.") from failure
    except (ValueError, RecursionError) as failure:
        text = f"`{path}` is neither JSON nor a wheel with a table of models."
        raise BadRequestError(text) from failure


def _inside(path: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as wheel:
            names = [info for info in wheel.infolist() if _TABLE.fullmatch(info.filename)]
            if not names or names[0].file_size > _MAX_BYTES:
                raise BadRequestError(f"`{path}` holds no table of models.")
            return _table(wheel.read(names[0]), path)
    except OSError as failure:
        raise BadRequestError(f"`{path}` can't be read: {failure.strerror}.") from failure
    except (zipfile.BadZipFile, ValueError, RecursionError) as failure:
        raise BadRequestError(f"`{path}` is no wheel with a table of models.") from failure


def _table(raw: bytes, path: Path) -> dict[str, Any]:
    table = json.loads(raw)
    if not isinstance(table, dict):
        raise BadRequestError(f"`{path}` holds no table of models.")
    return table


def rows(table: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """The models of the table that are of use here, each by its id. What can't be read is no row."""
    for provider, name, entry in _entries(table):
        row = _row(provider, name, entry)
        if row is not None:
            yield f"{provider}/{name}", row


def figures(table: Mapping[str, Any]) -> Iterator[Figure]:
    """What stands in the table where a figure belongs, model by model; `rows` leaves out what is none."""
    for provider, name, entry in _entries(table):
        for field, limit in _FIGURES.items():
            yield Figure(f"{provider}/{name}", field, entry.get(field), limit)


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The provider, the name and the entry of each model that is of use here."""
    for key, entry in table.items():
        if not isinstance(entry, dict) or str(entry.get("mode")) not in _CHAT:
            continue
        provider = str(entry.get("litellm_provider"))
        name = key.removeprefix(f"{provider}/")
        if is_wanted(provider, name):
            yield provider, name, entry


def is_wanted(provider: str, name: str) -> bool:
    """Whether a model of a provider has a place in the catalogue: one that writes code, by name."""
    wanted = _WANTED.get(provider)
    return wanted is not None and bool(re.match(wanted, name)) and not _LEFT_OUT.search(name)


def _row(provider: str, name: str, entry: Mapping[str, Any]) -> Row | None:
    window = _count(entry.get("max_input_tokens"))
    if window is None:
        return None
    found: Row = {
        "window": window,
        "output": _count(entry.get("max_output_tokens")),
        "in": per_million(entry.get("input_cost_per_token")),
        "out": per_million(entry.get("output_cost_per_token")),
        "read": per_million(entry.get("cache_read_input_token_cost")),
        "write": per_million(entry.get("cache_creation_input_token_cost")) or None,
        "long": _long(entry),
        "can": sorted(_capabilities(entry)),
        "schema": _structured(provider, entry),
        "params": sorted(
            parameters(
                provider,
                name,
                thinks=entry.get("supports_reasoning") is True,
                sampled=entry.get("supports_sampling_params") is not False,
            )
        ),
        "ends": _day(entry.get("deprecation_date")),
    }
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def per_million(price: object) -> float | None:
    """US dollars for a million tokens out of those for one; None for what is no price."""
    if isinstance(price, bool) or not isinstance(price, int | float) or not 0 <= price < 1:
        return None
    return round(price * 1_000_000, 6)


def _day(text: object) -> str:
    """A day that there is; empty for everything else."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _count(tokens: object) -> int | None:
    """A number of tokens; some files write whole ones as 1e6."""
    if isinstance(tokens, float) and tokens.is_integer():
        tokens = int(tokens)
    is_count = isinstance(tokens, int) and not isinstance(tokens, bool) and tokens > 0
    return tokens if is_count and isinstance(tokens, int) else None


def _long(entry: Mapping[str, Any]) -> list[float] | None:
    """From how many tokens of prompt on other prices count, and these prices."""
    starts = [int(found[1]) for key in entry if (found := _ABOVE.fullmatch(key))]
    if not starts:
        return None
    suffix = f"above_{min(starts)}k_tokens"
    prices = [
        per_million(entry.get(f"{word}_cost_per_token_{suffix}")) for word in ("input", "output")
    ]
    if prices[0] is None or prices[1] is None:
        return None
    return [min(starts) * 1000, prices[0], prices[1]]


def _capabilities(entry: Mapping[str, Any]) -> Iterator[str]:
    yield "code-generation"
    words = {
        "supports_response_schema": "structured-output",
        "supports_function_calling": "tools",
        "supports_vision": "vision",
        "supports_reasoning": "reasoning",
        "supports_prompt_caching": "prompt-cache",
    }
    yield from (word for key, word in words.items() if entry.get(key) is True)


def _structured(provider: str, entry: Mapping[str, Any]) -> str:
    """`schema` where the provider keeps an answer to a schema, `json` where only to JSON."""
    if entry.get("supports_response_schema") is not True:
        return ""
    return "json" if provider == "deepseek" else "schema"


def parameters(provider: str, name: str, *, thinks: bool, sampled: bool) -> Iterator[str]:
    """The parameters that a model takes, by what is known of it and of its provider's habits."""
    if thinks and provider != "deepseek":
        yield "effort"
    # OpenAI's reasoning models answer an error to any temperature but their own.
    fixed = provider in {"openai", "azure"} and (thinks or _THINKS_ALWAYS.match(name) is not None)
    if not fixed and sampled:
        yield "temperature"
