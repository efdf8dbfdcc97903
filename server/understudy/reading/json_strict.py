"""JSON by the letter (RFC 8259), with what `json` passes over in silence."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from understudy.reading import Repair
from understudy.reading.json_text import MAX_DEPTH


class Strict(NamedTuple):
    """A value, and keys that it has twice."""

    value: Any
    repairs: tuple[Repair, ...]


def strict(text: str) -> Strict | None:
    """The value of a text that is JSON by the letter; also of a string that holds such a text."""
    stripped = text.strip("\ufeff \t\r\n")
    if stripped[:1] not in {"{", "[", '"'}:
        return None
    twice: list[str] = []
    value: Any = stripped
    for _ in range(3):
        try:
            value = json.loads(
                value,
                object_pairs_hook=lambda pairs: _object(pairs, twice),
                parse_constant=_no_number,
            )
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, str):
            break
        twice.append("")
    if isinstance(value, str) or _depth_of(value) > MAX_DEPTH:
        return None
    inside = (Repair("JSON inside of a string"),) if "" in twice else ()
    return Strict(value, _told(twice) + inside)


def strict_at(text: str, start: int) -> tuple[Strict, int] | None:
    """The object or array that begins in a text, by the letter, and the place behind it."""
    twice: list[str] = []
    decoder = json.JSONDecoder(
        object_pairs_hook=lambda pairs: _object(pairs, twice), parse_constant=_no_number
    )
    try:
        value, end = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return None if _depth_of(value) > MAX_DEPTH else (Strict(value, _told(twice)), end)


def _told(twice: list[str]) -> tuple[Repair, ...]:
    keys = dict.fromkeys(filter(None, twice))
    return tuple(Repair(f"key `{key[:40]}` twice", "", "high") for key in keys)


def _object(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                twice.append(key or " ")
            seen.add(key)
    return found


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _depth_of(value: Any) -> int:
    depth, level = 0, [value]
    while level and depth <= MAX_DEPTH:
        depth += 1
        inner = (item.values() if isinstance(item, dict) else item for item in level)
        level = [one for items in inner for one in items if isinstance(one, dict | list)]
    return depth
