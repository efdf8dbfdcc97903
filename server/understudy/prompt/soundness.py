"""What keeps a fragment from being put together: names, includes and circles.

Hints about names that may have no value are found on the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.prompt.scopes import OF_ITEM, inner, known_at, plain, scope_of
from understudy.prompt.template import Block, Include, Variable, walk
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.core.text import Span
    from understudy.prompt.fragment import Fragment
    from understudy.prompt.keys import Known
    from understudy.prompt.rendering import Find
    from understudy.prompt.template import Node


def errors_of(fragment: Fragment, find: Find) -> tuple[Trouble, ...]:
    """Why a fragment can't be put together with these beside it; nothing when it can.

    Args:
        fragment: read without errors.
        find: gives the fragment that an id means beside it.
    """
    found = [
        *wrong_names(fragment.nodes, scope_of(fragment)),
        *unknown_includes(fragment.nodes, find),
        *circles(fragment, find),
    ]
    return tuple(one for one in found if one.severity == "error")


def unknown_includes(nodes: tuple[Node, ...], find: Find) -> Iterator[Trouble]:
    """Fragments that are included and not there."""
    for node in walk(nodes):
        if isinstance(node, Include) and find(node.id) is None:
            yield Trouble(node.span, f"There is no fragment `{node.id}`.", code="unknown_include")


def circles(fragment: Fragment, find: Find) -> Iterator[Trouble]:
    """Includes that lead back to the fragment."""
    for node in walk(fragment.nodes):
        if not isinstance(node, Include):
            continue
        way = _way_back(node.id, fragment.id, find)
        if way:
            names = " → ".join((fragment.id, *way))
            message = f"Fragments include each other in a circle: {names}."
            yield Trouble(node.span, message, code="cycle")


def _way_back(start: str, goal: str, find: Find) -> tuple[str, ...]:
    """The ids by which one fragment leads to another; empty when it does not."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        if way[-1] == goal:
            return way
        found = find(way[-1])
        if found is None or way[-1] in seen:
            continue
        seen.add(way[-1])
        waiting += [(*way, one.id) for one in walk(found.nodes) if isinstance(one, Include)]
    return ()


def wrong_names(
    nodes: tuple[Node, ...], scope: Mapping[str, Known], sure: frozenset[str] = frozenset()
) -> Iterator[Trouble]:
    """Names that are not known, and such as may have no value."""
    for node in nodes:
        if isinstance(node, Variable):
            yield from _of_variable(node, scope, sure)
        elif isinstance(node, Block):
            known = known_at(node.path, scope)
            yield from _of_block(node, known, scope)
            yield from wrong_names(node.body, inner(node, known, scope), _surer(node, sure))
            otherwise = sure.union(_wholes(node.path)) if node.kind == "unless" else sure
            yield from wrong_names(node.otherwise, scope, otherwise)


def _of_block(node: Block, known: Known | None, scope: Mapping[str, Known]) -> Iterator[Trouble]:
    if known is None:
        yield _unknown(node.path, node.span, scope)
    elif node.kind == "each" and known.kind != "list":
        message = f"`{node.path}` is no list, so `{{{{#each}}}}` shows nothing of it."
        yield Trouble(node.span, message, "warning", "no_list")


def _of_variable(
    node: Variable, scope: Mapping[str, Known], sure: frozenset[str]
) -> Iterator[Trouble]:
    known = known_at(node.path, scope)
    if known is None:
        yield _unknown(node.path, node.span, scope)
    elif known.kind in {"parts", "list"}:
        message = f"`{node.path}` holds parts and can't be shown as a whole."
        yield Trouble(node.span, message, code="no_text")
    elif node.default is None and (asked := _unsure(node.path, scope, sure)):
        message = (
            f"`{node.path}` may have no value, which ends a request before it is sent: put it into"
            f" `{{{{#if {asked}}}}}`, choose the fragment by `has`, or give a"
            " `default`."
        )
        yield Trouble(node.span, message, "hint", "may_be_missing")


def _wholes(path: str) -> list[str]:
    """A variable and all that it is a part of, the largest first."""
    parts = plain(path).removeprefix("this.").split(".")
    return [".".join(parts[: n + 1]) for n in range(len(parts))]


def _unsure(path: str, scope: Mapping[str, Known], sure: frozenset[str]) -> str:
    """What has to be asked about before a variable is shown; empty when it always has a value."""
    wholes = _wholes(path)
    before = path.removesuffix(wholes[-1])
    for name in wholes:
        known = known_at(name, scope)
        if known is not None and not known.is_always and name not in sure:
            return before + name
    return ""


def _surer(node: Block, sure: frozenset[str]) -> frozenset[str]:
    """What has a value within a block: what it asks for, and all that this is a part of."""
    return sure.union(_wholes(node.path)) if node.kind in {"if", "with", "each"} else sure


def _unknown(path: str, span: Span, scope: Mapping[str, Known]) -> Trouble:
    import difflib

    if plain(path) in OF_ITEM:
        message = f"`{path}` has a value only within `{{{{#each}}}}`."
        return Trouble(span, message, code="outside_each")
    near = difflib.get_close_matches(path.split(".")[0], scope, 1)
    hint = f" Is `{near[0]}` meant?" if near else ""
    return Trouble(span, f"There is no variable `{path}`.{hint}", code="unknown_variable")
