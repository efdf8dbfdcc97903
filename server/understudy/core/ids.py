"""Identifiers that sort by the time they were made."""

from __future__ import annotations

import secrets
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, as ULID uses it (https://github.com/ulid/spec)."""


def new_id() -> str:
    """A ULID: 48 bits of milliseconds and 80 random bits, 26 characters."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))
