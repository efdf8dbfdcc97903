"""What editors call languages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def language_ids() -> frozenset[str]:
    """Ids in small letters: of the Language Server Protocol, and those that editors add to them."""
    text = (files("understudy.learning") / "language_ids.txt").read_text("utf-8")
    return frozenset(
        word for line in text.split("\n") if not line.startswith("#") for word in line.split()
    )
