"""Identifiers that sort by the time they were made."""

from __future__ import annotations

import secrets
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, as ULID uses it (https://github.com/ulid/spec)."""
_LENGTH = 26


def new_id() -> str:
    """A ULID: 48 bits of milliseconds and 80 random bits, 26 characters."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))


def made_us(name: str) -> int:
    """When an id of `new_id` was made, in microseconds since 1970; 0 for any other text."""
    value = 0
    for letter in name[:10]:
        digit = _ALPHABET.find(letter)
        if digit < 0:
            return 0
        value = value << 5 | digit
    return value * 1_000 if len(name) == _LENGTH else 0
