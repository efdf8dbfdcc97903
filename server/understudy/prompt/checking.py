"""What can be told about a fragment before it is used: names, includes, circles, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.prompt.choosing import rough_count
from understudy.prompt.contradicting import contradictions
from understudy.prompt.impossible import impossible, words_of
from understudy.prompt.keys import SLOTS
from understudy.prompt.scopes import inner, known_at, plain, scope_of
from understudy.prompt.template import Block, Include, Variable, walk
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.prompt.fragment import Fragment, Reading
    from understudy.prompt.impossible import World
    from understudy.prompt.keys import Known
    from understudy.prompt.library import Library
    from understudy.prompt.template import Node

_ITEM = frozenset({"@index", "@number", "@first", "@last"})


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
            if known is None and node.path not in _ITEM:
                yield _unknown(node.path, node.span, scope)
            yield from _names(node.body, inner(node, known, scope), _surer(node, sure))
            yield from _names(node.otherwise, scope, sure)


def _of_variable(
    node: Variable, scope: Mapping[str, Known], sure: frozenset[str]
) -> Iterator[Trouble]:
    if node.path in _ITEM:
        return
    known = known_at(node.path, scope)
    if known is None:
        yield _unknown(node.path, node.span, scope)
    elif known.kind in {"parts", "list"}:
        message = f"`{node.path}` holds parts and can't be shown as a whole."
        yield Trouble(node.span, message, code="no_text")
    elif node.default is None and not _is_sure(node.path, scope, sure):
        message = (
            f"`{node.path}` may have no value, which ends a request before it is sent: put it into"
            f" `{{{{#if {_condition(node.path)}}}}}`, choose the fragment by `has`, or give a"
            " `default`."
        )
        yield Trouble(node.span, message, "hint", "may_be_missing")


def _condition(path: str) -> str:
    """What is asked about a variable: the whole that it is a part of."""
    name = plain(path)
    return path[: len(path) - len(name)] + name.split(".")[0]


def _is_sure(path: str, scope: Mapping[str, Known], sure: frozenset[str]) -> bool:
    """Whether a variable has a value wherever the fragment is used."""
    parts = plain(path).removeprefix("this.").split(".")
    names = [".".join(parts[: n + 1]) for n in range(len(parts))]
    known = (known_at(name, scope) for name in names)
    return all(
        one is None or one.is_always or name in sure for name, one in zip(names, known, strict=True)
    )


def _surer(node: Block, sure: frozenset[str]) -> frozenset[str]:
    return sure | {plain(node.path)} if node.kind in {"if", "with", "each"} else sure


def _unknown(path: str, span: Span, scope: Mapping[str, Known]) -> Trouble:
    import difflib

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


def _hidden(reading: Reading, library: Library) -> Iterator[Trouble]:
    fragment = reading.fragment
    counts = library.find(reading.id)
    if fragment is None or counts is None or counts.path == fragment.path:
        return
    message = f"Another fragment with this id counts: {counts.layer}, `{counts.path}`."
    yield Trouble(reading.id_span, message, "hint", "overridden")
