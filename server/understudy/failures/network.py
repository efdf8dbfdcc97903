"""What it means when no reply came, or only a part of one."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from understudy.core.failures import FailureCategory as Category
from understudy.failures.build import Finding, build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Failure, Phase

Trouble = Literal[
    "connect",
    "dns",
    "tls",
    "proxy",
    "proxy_away",
    "reset",
    "timeout_connect",
    "timeout_first_token",
    "timeout_idle",
    "timeout_total",
    "too_large",
    "repeats",
    "malformed",
]

_MEANINGS: Mapping[Trouble, tuple[Category, Phase]] = MappingProxyType(
    {
        "connect": (Category.PROVIDER_UNAVAILABLE, "request"),
        "dns": (Category.PROVIDER_UNAVAILABLE, "request"),
        "tls": (Category.PROVIDER_UNAVAILABLE, "request"),
        "proxy": (Category.PROVIDER_UNAVAILABLE, "request"),
        "proxy_away": (Category.PROVIDER_UNAVAILABLE, "request"),
        "reset": (Category.PROVIDER_UNAVAILABLE, "stream"),
        "timeout_connect": (Category.TIMEOUT, "request"),
        "timeout_first_token": (Category.TIMEOUT, "stream"),
        "timeout_idle": (Category.TIMEOUT, "stream"),
        "timeout_total": (Category.TIMEOUT, "stream"),
        "too_large": (Category.INCOMPLETE_OUTPUT, "stream"),
        "repeats": (Category.INCOMPLETE_OUTPUT, "stream"),
        "malformed": (Category.PROVIDER_UNAVAILABLE, "stream"),
    }
)

_OF_THE_NETWORK = frozenset({"dns", "proxy", "proxy_away", "tls"})
_LOOPBACK = re.compile(
    r"\b(?:localhost|127(?:\.[0-9]{1,3}){3})\b|\[?::1\]?(?![0-9a-f:])", re.IGNORECASE
)


def network_failure(provider: str, kind: Trouble, detail: str) -> Failure:
    """The failure of a connection. `detail` is evidence: the address and what the system said.

    A connection that was refused on this very machine has the code `not_running`.
    """
    category, phase = _MEANINGS[kind]
    local = kind == "connect" and _LOOPBACK.search(detail[:1000]) is not None
    finding = Finding(
        category,
        code="not_running" if local else kind,
        advice="switch_model",
        blame="user" if local or kind in _OF_THE_NETWORK else "provider",
    )
    return build(finding, provider, detail or kind, phase)
