"""What the registry must know about providers.

The providers themselves are in an upper room, so a script writes what counts here into a file.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from understudy.core.addresses import is_loopback, shown_origin
from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.config.settings import Settings


@dataclass(frozen=True, slots=True)
class Vendor:
    """A provider as the registry sees it.

    Attributes:
        keys: environment variables that may hold its key, the usual one first.
        offered: whether a key in the environment is enough for its models to be offered.
        any_name: whether it may have models under any name, as one's own server has.
        grants: tokens of context that its local server is asked for, or grants as a rule, until
            it told; None when a model's whole window is granted.
    """

    id: str
    base_url: str
    keys: tuple[str, ...] = ()
    offered: bool = True
    any_name: bool = False
    grants: int | None = None

    @property
    def has_key(self) -> bool:
        """Whether the environment holds a key."""
        return any(os.environ.get(name) for name in self.keys)


_OWN_GRANTS = 16_384
_MAX_BYTES = 1024 * 1024
_HANDED_ON = ("-cloud", ":cloud")
"""How the names of models end that a server on this machine does not run itself."""


@cache
def vendors() -> Mapping[str, Vendor]:
    """All providers that are built in, by their ids."""
    # Costs more to import than all else here.
    from importlib import resources

    file = resources.files("understudy.models").joinpath("vendors.json")
    with resources.as_file(file) as path:
        found: dict[str, dict[str, Any]] = json.loads(read_plain(path, _MAX_BYTES))
    return {
        name: Vendor(id=name, **{**row, "keys": tuple(row.get("keys", ()))})
        for name, row in found.items()
    }


def vendor_of(provider: str, settings: Settings) -> Vendor | None:
    """A provider with what settings say about it; None when nobody knows it."""
    known, own = vendors().get(provider), settings.providers.get(provider)
    if known is None and (own is None or not own.base_url):
        return None
    if known is None or (own is not None and own.base_url):
        url = own.base_url if own is not None else ""
        keys = known.keys if known is not None else ()
        grants = (known.grants if known else None) or (_OWN_GRANTS if is_loopback(url) else None)
        any_name = known is None or known.any_name or is_loopback(url)
        return Vendor(provider, url, keys, any_name=any_name, grants=grants)
    return known


def origins_in(settings: Settings) -> Callable[[str], tuple[str, str]]:
    """Tells where a provider is asked by these settings, and where it usually is, as origins."""

    def origins(provider: str) -> tuple[str, str]:
        known, now = vendors().get(provider), vendor_of(provider, settings)
        return (
            shown_origin(now.base_url if now is not None else ""),
            shown_origin(known.base_url if known is not None else ""),
        )

    return origins


def is_local(vendor: Vendor) -> bool:
    """Whether a provider runs on this machine, so that nothing leaves it."""
    return is_loopback(vendor.base_url)


def runs_here(vendor: Vendor, name: str) -> bool:
    """Whether a provider runs a model of this name on this machine.

    A local Ollama hands what is asked of models such as `gpt-oss:120b-cloud` on to its vendor.
    """
    return is_local(vendor) and not name.lower().endswith(_HANDED_ON)


def active(settings: Settings) -> list[Vendor]:
    """Providers that may be asked: configured, or with a key in the environment."""
    found = []
    for provider in sorted({*vendors(), *settings.providers}):
        vendor = vendor_of(provider, settings)
        own = settings.providers.get(provider)
        if vendor is None or (own is not None and not own.enabled):
            continue
        if own is not None or (vendor.offered and vendor.has_key):
            found.append(vendor)
    return found
