"""Which names there are at a place of a fragment."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.prompt.keys import VARIABLES, Known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.prompt.fragment import Fragment
    from understudy.prompt.template import Block

OF_ITEM: Mapping[str, Known] = MappingProxyType(
    {
        "@index": Known("number", "the item's place in the list, counted from 0", is_always=True),
        "@number": Known("number", "the item's place, counted from 1", is_always=True),
        "@first": Known("flag", "whether it is the first item", is_always=True),
        "@last": Known("flag", "whether it is the last item", is_always=True),
    }
)
"""What is known of an item of a list beside its parts."""
_ROOT = "@root."


def scope_of(fragment: Fragment | None) -> Mapping[str, Known]:
    """The names that a fragment may use; one that others include may be in the middle of a list."""
    if fragment is None or fragment.slot:
        return VARIABLES
    parts = {name: part for one in VARIABLES.values() for name, part in one.parts.items()}
    return {**OF_ITEM, **parts, **VARIABLES}


def inner(node: Block, known: Known | None, scope: Mapping[str, Known]) -> Mapping[str, Known]:
    """The names within a block; an item has a value wherever it is one."""
    if node.kind == "each":
        scope = {**scope, **OF_ITEM}
    if known is None or node.kind not in {"each", "with"}:
        return scope
    item = replace(known, kind="parts" if known.parts else known.kind, is_always=True)
    named = {node.name: item} if node.name else {}
    return {**scope, **known.parts, **named, "this": item}


def known_at(path: str, scope: Mapping[str, Known]) -> Known | None:
    """What a path means; None for nothing that is known."""
    if _from_root(path):
        scope = VARIABLES
    path = plain(path)
    if path in {".", "this"}:
        return scope.get("this", VARIABLES["file"])
    first, *rest = path.split(".")
    if first == "this" and first not in scope:
        # Outside of a list, it is all that the prompt is filled with.
        first, *rest = rest
    found = scope.get(first)
    for name in rest:
        found = found.parts.get(name) if found is not None else None
    return found


def plain(path: str) -> str:
    """A path without what says from where on it is looked up."""
    while path.startswith("../"):
        path = path.removeprefix("../")
    return path.removeprefix(_ROOT)


def _from_root(path: str) -> bool:
    """Whether a path begins at the names of the whole prompt."""
    while path.startswith("../"):
        path = path.removeprefix("../")
    return path.startswith(_ROOT)
