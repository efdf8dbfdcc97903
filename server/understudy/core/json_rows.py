"""Values out of JSON that someone else wrote: what has another shape counts as missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows_in(text: str) -> Iterator[dict[str, Any]]:
    """The objects in lines of JSON; lines that hold something else are left out."""
    for line in text.split("\n"):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            yield row


def listed(value: object, key: str) -> list[dict[str, Any]]:
    """The objects in the list under a key of an object."""
    rows = value.get(key) if isinstance(value, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def inside(value: object, *keys: str) -> dict[str, Any]:
    """The object below an object, key by key; empty when there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def text(row: dict[str, Any], key: str) -> str:
    """A text; empty when there is none."""
    value = row.get(key)
    return value if isinstance(value, str) else ""


def count(row: dict[str, Any], key: str) -> int | None:
    """A number of things, larger than none; None when there is no such number."""
    value = row.get(key)
    is_count = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return value if is_count and isinstance(value, int) else None
