"""The classes of our own requests and notifications, from which both clients' types are made."""

from __future__ import annotations

from typing import Any, get_args

import attrs

from understudy.lsp import exchanges


def kinds_of_messages() -> dict[str, type[Any]]:
    """All of them by their names, with the classes that stand in them."""
    kinds: dict[str, type[Any]] = {}
    for one in exchanges.REQUESTS.values():
        _collect(one.params, kinds)
        _collect(one.result, kinds)
    for sent in exchanges.NOTIFICATIONS.values():
        _collect(sent, kinds)
    return kinds


def _collect(kind: type[Any], kinds: dict[str, type[Any]]) -> None:
    kinds[kind.__name__] = kind
    for one in attrs.fields(attrs.resolve_types(kind)):
        for inner in (one.type, *get_args(one.type)):
            if attrs.has(inner) and inner.__name__ not in kinds:
                _collect(inner, kinds)
