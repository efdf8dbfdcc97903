"""Which names there are at a place of a fragment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.prompt.keys import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.prompt.fragment import Reading
    from understudy.prompt.keys import Known
    from understudy.prompt.template import Block


def scope_of(reading: Reading) -> Mapping[str, Known]:
    """The names that a fragment may use; one that others include may be in the middle of a list."""
    if reading.fragment is None or reading.fragment.slot:
        return VARIABLES
    parts = {name: part for one in VARIABLES.values() for name, part in one.parts.items()}
    return {**parts, **VARIABLES}


def inner(node: Block, known: Known | None, scope: Mapping[str, Known]) -> Mapping[str, Known]:
    """The names within a block; an item has a value wherever it is one."""
    if known is None or node.kind not in {"each", "with"}:
        return scope
    item = replace(known, kind="parts" if known.parts else known.kind, is_always=True)
    named = {node.name: item} if node.name else {}
    return {**scope, **known.parts, **named, "this": item}


def known_at(path: str, scope: Mapping[str, Known]) -> Known | None:
    """What a path means; None for nothing that is known."""
    path = plain(path)
    if path in {".", "this"}:
        return scope.get("this", VARIABLES["file"])
    first, *rest = path.split(".")
    found = scope.get(first)
    for name in rest:
        found = found.parts.get(name) if found is not None else None
    return found


def plain(path: str) -> str:
    """A path without what says from where on it is looked up."""
    while path.startswith("../"):
        path = path.removeprefix("../")
    return path.removeprefix("@root.")
