"""Forms of words that no ending makes: `written`, `children`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def first_forms(form: str) -> tuple[str, ...]:
    """The words that something in small letters is a form of: `find` for `found`; mostly none."""
    return _first_forms().get(form, ())


@cache
def _first_forms() -> Mapping[str, tuple[str, ...]]:
    text = (files("understudy.learning") / "irregular_forms.txt").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        first, *others = line.split() if not line.startswith("#") else ("",)
        for other in others:
            found[other] = (*found.get(other, ()), first)
    return found
