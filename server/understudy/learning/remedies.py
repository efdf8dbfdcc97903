"""What a remedy without words can say: the strategies that a question follows, and their values."""

from __future__ import annotations

import re

from understudy.config.settings import HIGHEST_TEMPERATURE

EDIT_FORMATS = ("apply_patch", "json", "region", "search_replace", "unified_diff", "whole_file")
"""Formats that a lesson can ask for."""
_ALONE = ("definitions", "organize_imports", "smaller_scope")
_KNOWN = (*_ALONE, "edit_format=…", "temperature=…")
_NUMBER = re.compile(r"[0-9](?:\.[0-9]{1,2})?")


def flaw(body: str) -> str:
    """Why a remedy without words can't be followed, in a sentence; empty where it can.

    Args:
        body: the name of a strategy, with `=` and a value where it takes one.
    """
    name, sign, value = body.partition("=")
    if name == "temperature":
        return _temperature(value)
    if name == "edit_format":
        return "" if value in EDIT_FORMATS else f"`{value}` is none of {_listed(EDIT_FORMATS)}."
    if name not in _ALONE:
        return f"`{name}` is none of the strategies that there are: {_listed(_KNOWN)}."
    return f"`{name}` takes no value." if sign else ""


def _temperature(value: str) -> str:
    if _NUMBER.fullmatch(value) and float(value) <= HIGHEST_TEMPERATURE:
        return ""
    return f"A temperature is from 0 to {HIGHEST_TEMPERATURE:g}, with two decimals at most."


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
