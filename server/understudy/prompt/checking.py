"""What can be told about a fragment before it is used: names, includes, circles, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.prompt.choosing import rough_count
from understudy.prompt.contradicting import contradictions
from understudy.prompt.impossible import impossible, words_of
from understudy.prompt.keys import SLOTS
from understudy.prompt.scopes import OF_ITEM, inner, known_at, plain, scope_of
from understudy.prompt.template import Block, Include, Variable, walk
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.prompt.fragment import Fragment, Reading
    from understudy.prompt.impossible import World
    from understudy.prompt.keys import Known
    from understudy.prompt.library import Library
    from understudy.prompt.template import Node


def troubles_of(reading: Reading, library: Library, world: World) -> tuple[Trouble, ...]:
    """All that is wrong with a file, or may be, in the order of the file.

    Args:
        reading: of the file.
        library: the fragments beside it, with this one in its place if it can be read.
        world: which tasks, languages and the like there are.
    """
    found = [*reading.troubles, *_ids(reading, library)]
    found += _names(reading.nodes, scope_of(reading), _chosen_by(reading))
    found += impossible(reading, world)
    if reading.fragment is not None:
        found += [*_sizes(reading.fragment), *_circle(reading.fragment, library, reading)]
        found += [*contradictions(reading.fragment, library, world), *_hidden(reading, library)]
        found += _unused(reading, library)
    return tuple(sorted(found, key=lambda one: (one.span, one.message)))


def _chosen_by(reading: Reading) -> frozenset[str]:
    """The variables that have a value wherever the fragment is taken."""
    when = reading.fragment.when if reading.fragment is not None else {}
    return frozenset(when.get("has", ()))


def _names(
    nodes: tuple[Node, ...], scope: Mapping[str, Known], sure: frozenset[str] = frozenset()
) -> Iterator[Trouble]:
    """Names that are not known, and such as may have no value."""
    for node in nodes:
        if isinstance(node, Variable):
            yield from _of_variable(node, scope, sure)
        elif isinstance(node, Block):
            known = known_at(node.path, scope)
            yield from _of_block(node, known, scope)
            yield from _names(node.body, inner(node, known, scope), _surer(node, sure))
            otherwise = sure.union(_wholes(node.path)) if node.kind == "unless" else sure
            yield from _names(node.otherwise, scope, otherwise)


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


def _ids(reading: Reading, library: Library) -> Iterator[Trouble]:
    for node in walk(reading.nodes):
        if isinstance(node, Include) and library.find(node.id) is None:
            yield Trouble(node.span, f"There is no fragment `{node.id}`.", code="unknown_include")
    required = {word.text for word in words_of(reading, "requires")}
    for word in words_of(reading, "conflicts"):
        if word.text in required or word.text == reading.id:
            what = "itself" if word.text == reading.id else f"`{word.text}`, which it requires"
            message = f"This fragment conflicts with {what}."
            yield Trouble(word.span, message, "warning", "contradiction")
    for key in ("requires", "conflicts"):
        for word in words_of(reading, key):
            if library.find(word.text) is None:
                message = f"There is no fragment `{word.text}`."
                yield Trouble(word.span, message, "warning", "unknown_id")


def _sizes(fragment: Fragment) -> Iterator[Trouble]:
    """Words of its own that are too many already."""
    slot = SLOTS.get(fragment.slot)
    most = fragment.max_tokens or (slot.most if slot is not None else None)
    own = rough_count(fragment.text[fragment.body :])
    if most is not None and own > most:
        message = f"Its own words have about {own} tokens, and there is room for {most}."
        yield Trouble(Span(fragment.body, len(fragment.text)), message, "warning", "over_budget")


def _circle(fragment: Fragment, library: Library, reading: Reading) -> Iterator[Trouble]:
    for node in walk(reading.nodes):
        if not isinstance(node, Include):
            continue
        way = _way_back(node.id, fragment.id, library)
        if way:
            names = " → ".join((fragment.id, *way))
            message = f"Fragments include each other in a circle: {names}."
            yield Trouble(node.span, message, code="cycle")


def _way_back(start: str, goal: str, library: Library) -> tuple[str, ...]:
    """The ids by which one fragment leads to another; empty when it does not."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        if way[-1] == goal:
            return way
        found = library.find(way[-1])
        if found is None or way[-1] in seen:
            continue
        seen.add(way[-1])
        waiting += [(*way, one.id) for one in walk(found.nodes) if isinstance(one, Include)]
    return ()


def _unused(reading: Reading, library: Library) -> Iterator[Trouble]:
    """A fragment that stands in no slot, and that no other one brings in."""
    fragment = reading.fragment
    if fragment is None or fragment.slot:
        return
    brought = (
        one.id == fragment.id or fragment.id in one.requires or _includes(one, fragment.id)
        for one in library.all()
        if one.path != fragment.path
    )
    if not any(brought):
        message = "This fragment is in no prompt: it has no `slot`, and no other one includes it."
        yield Trouble(reading.id_span, message, "hint", "never_included")


def _includes(fragment: Fragment, name: str) -> bool:
    return any(isinstance(one, Include) and one.id == name for one in walk(fragment.nodes))


def _hidden(reading: Reading, library: Library) -> Iterator[Trouble]:
    fragment = reading.fragment
    counts = library.find(reading.id)
    if fragment is None or counts is None or counts.path == fragment.path:
        return
    message = f"Another fragment with this id counts: {counts.layer}, `{counts.path}`."
    yield Trouble(reading.id_span, message, "hint", "overridden")
