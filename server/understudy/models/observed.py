"""What servers told about their own models, kept until they tell it anew.

The engine asks them; here it is only kept, so that the registry knows it in every process.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from understudy.config.paths import state_folder
from understudy.core.plain_files import read_plain
from understudy.core.replacing import replace_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FORMAT = 1
_MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """One model, as its server tells; None where it does not.

    Attributes:
        window: tokens of context that it grants, or is to be asked for.
        window_max: tokens that it could grant as it runs now.
        price_in: US dollars for a million tokens.
    """

    name: str
    window: int | None = None
    window_max: int | None = None
    max_output: int | None = None
    price_in: float | None = None
    price_out: float | None = None
    capabilities: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What one server told.

    Attributes:
        base_url: where it was asked; elsewhere, it does not count.
        at: seconds since the epoch.
    """

    base_url: str
    at: float
    models: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Observed:
    """What all servers told, by provider."""

    providers: Mapping[str, Told] = field(default_factory=dict)

    def of(self, provider: str, base_url: str) -> Mapping[str, Found]:
        """What a provider told at an address, by the names of its models."""
        told = self.providers.get(provider)
        if told is None or told.base_url != base_url:
            return {}
        return {found.name: found for found in told.models}


NOTHING = Observed()


def observed_file() -> Path:
    """Where it is kept."""
    return state_folder() / "discovered.json"


def observed() -> Observed:
    """What was told so far. Reads a file when it changed; one that is damaged tells nothing."""
    path = observed_file()
    try:
        found = path.stat()
    except OSError:
        return NOTHING
    return _read(path, found.st_mtime_ns, found.st_size)


def keep(observed: Observed) -> None:
    """Keep it, in place of what was kept before. Raises OSError."""
    path = observed_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    providers = {
        name: {
            "base_url": told.base_url,
            "at": told.at,
            "models": [_plain(found) for found in told.models],
        }
        for name, told in observed.providers.items()
    }
    replace_text(path, json.dumps({"format": _FORMAT, "providers": providers}))


def _plain(found: Found) -> dict[str, Any]:
    row = {key: value for key, value in asdict(found).items() if value is not None}
    if found.capabilities is not None:
        row["capabilities"] = sorted(found.capabilities)
    return row


@lru_cache(maxsize=2)
def _read(path: Path, _changed_ns: int, size: int) -> Observed:
    if size > _MAX_BYTES:
        return NOTHING
    try:
        found = json.loads(read_plain(path, _MAX_BYTES))
        if found["format"] != _FORMAT:
            return NOTHING
        return Observed({name: _told(told) for name, told in found["providers"].items()})
    except (OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return NOTHING


def _told(told: dict[str, Any]) -> Told:
    models = tuple(_found(row) for row in told["models"])
    return Told(str(told["base_url"]), float(told["at"]), models)


def _found(row: dict[str, Any]) -> Found:
    can = row.get("capabilities")
    return Found(
        name=str(row["name"]),
        window=_count(row.get("window")),
        window_max=_count(row.get("window_max")),
        max_output=_count(row.get("max_output")),
        price_in=_price(row.get("price_in")),
        price_out=_price(row.get("price_out")),
        capabilities=None if can is None else frozenset(str(one) for one in can),
    )


def _count(value: object) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return value if is_count and isinstance(value, int) else None


def _price(value: object) -> float | None:
    is_price = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    return float(value) if is_price and isinstance(value, int | float) else None
