"""What can be told about a fragment before it is used: names, includes, circles, contradictions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.prompt.choosing import rough_count
from understudy.prompt.keys import ALL_OF, SLOTS, VARIABLES
from understudy.prompt.template import Block, Include, Variable, walk
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.prompt.fragment import Fragment, Reading
    from understudy.prompt.front_matter import Word
    from understudy.prompt.keys import Known
    from understudy.prompt.library import Library
    from understudy.prompt.template import Node

    Names = Mapping[str, frozenset[str]]

_ITEM = frozenset({"@index", "@number", "@first", "@last"})
_OPEN = frozenset({"model", "family", "provider", "capability"})
"""Keys whose values are known only as far as they are set up."""
_CONTRADICTIONS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE), what)
    for one, other, what in (
        (
            r"\b(no|without|don't|do not|never)\b[^.\n]{0,40}\b(think|reason)(ing)?\b"
            r"(?![^.\n]{0,20}\bless)",
            r"<think(ing)?>|\bthink step by step|\bthink aloud",
            "one says that nothing is thought aloud, the other asks for it",
        ),
        (
            r"\b(no|without|never use)\b[^.\n]{0,20}\b(code )?(fences|fenced)",
            r"\bexactly one fenced block|\bin (a|one) fenced block",
            "one forbids fences, the other asks for one",
        ),
        (
            r"\bone JSON object and nothing else",
            r"\banswer in markdown|\bexactly one fenced block",
            "one asks for JSON alone, the other for something else",
        ),
        (
            r"\b(only|just) the (changed|new) (lines|part)",
            r"\b(the )?whole (new )?(file|text)\b[^.\n]{0,60}\bnothing may be left out",
            "one asks for changed lines only, the other for all of them",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class World:
    """What exists in rooms that fragments can't look into, by the keys of `when`."""

    names: Names = field(default_factory=lambda: MappingProxyType({}))


def troubles_of(reading: Reading, library: Library, world: World) -> tuple[Trouble, ...]:
    """All that is wrong with a file, or may be, in the order of the file.

    Args:
        reading: of the file.
        library: the fragments beside it, with this one in its place if it can be read.
        world: which tasks, languages and the like there are.
    """
    found = [*reading.troubles, *_ids(reading, library)]
    found += _names(reading.nodes, _scope_of(reading), _chosen_by(reading))
    found += _when(reading, world)
    if reading.fragment is not None:
        found += [*_sizes(reading.fragment), *_circle(reading.fragment, library, reading)]
        found += [*_contradictions(reading.fragment, library), *_hidden(reading, library)]
    return tuple(sorted(found, key=lambda one: (one.span, one.message)))


def _chosen_by(reading: Reading) -> frozenset[str]:
    """The variables that have a value wherever the fragment is taken."""
    when = reading.fragment.when if reading.fragment is not None else {}
    return frozenset(when.get("has", ()))


def _scope_of(reading: Reading) -> Mapping[str, Known]:
    """The names that a fragment may use; one that others include may be in the middle of a list."""
    if reading.fragment is None or reading.fragment.slot:
        return VARIABLES
    inner = {name: part for one in VARIABLES.values() for name, part in one.parts.items()}
    return {**inner, **VARIABLES}


def _names(
    nodes: tuple[Node, ...], scope: Mapping[str, Known], sure: frozenset[str] = frozenset()
) -> Iterator[Trouble]:
    """Names that are not known, and such as may have no value."""
    for node in nodes:
        if isinstance(node, Variable):
            yield from _of_variable(node, scope, sure)
        elif isinstance(node, Block):
            known = _known(node.path, scope)
            if known is None and node.path not in _ITEM:
                yield _unknown(node.path, node.span, scope)
            yield from _names(node.body, _inner(node, known, scope), _surer(node, sure))
            yield from _names(node.otherwise, scope, sure)


def _of_variable(
    node: Variable, scope: Mapping[str, Known], sure: frozenset[str]
) -> Iterator[Trouble]:
    if node.path in _ITEM:
        return
    known = _known(node.path, scope)
    if known is None:
        yield _unknown(node.path, node.span, scope)
    elif known.kind in {"parts", "list"}:
        message = f"`{node.path}` holds parts and can't be shown as a whole."
        yield Trouble(node.span, message, code="no_text")
    elif node.default is None and not _is_sure(node.path, scope, sure):
        message = (
            f"`{node.path}` may have no value, which ends a request before it is sent: put it into"
            f" `{{{{#if {node.path.split('.')[0]}}}}}`, choose the fragment by `has`, or give a"
            " `default`."
        )
        yield Trouble(node.span, message, "hint", "may_be_missing")


def _is_sure(path: str, scope: Mapping[str, Known], sure: frozenset[str]) -> bool:
    """Whether a variable has a value wherever the fragment is used."""
    parts = path.removeprefix("this.").removeprefix("@root.").split(".")
    names = [".".join(parts[: n + 1]) for n in range(len(parts))]
    known = (_known(name, scope) for name in names)
    return all(
        one is None or one.is_always or name in sure for name, one in zip(names, known, strict=True)
    )


def _surer(node: Block, sure: frozenset[str]) -> frozenset[str]:
    return sure | {node.path} if node.kind in {"if", "with", "each"} else sure


def _inner(node: Block, known: Known | None, scope: Mapping[str, Known]) -> Mapping[str, Known]:
    if known is None or node.kind not in {"each", "with"}:
        return scope
    named = {node.name: known} if node.name else {}
    return {**scope, **known.parts, **named, "this": known}


def _known(path: str, scope: Mapping[str, Known]) -> Known | None:
    while path.startswith("../"):
        path = path.removeprefix("../")
    path = path.removeprefix("@root.")
    if path in {".", "this"}:
        return scope.get("this", VARIABLES["file"])
    first, *rest = path.split(".")
    found = scope.get(first)
    for name in rest:
        found = found.parts.get(name) if found is not None else None
    return found


def _unknown(path: str, span: Span, scope: Mapping[str, Known]) -> Trouble:
    import difflib

    near = difflib.get_close_matches(path.split(".")[0], scope, 1)
    hint = f" Is `{near[0]}` meant?" if near else ""
    return Trouble(span, f"There is no variable `{path}`.{hint}", code="unknown_variable")


def _ids(reading: Reading, library: Library) -> Iterator[Trouble]:
    for node in walk(reading.nodes):
        if isinstance(node, Include) and library.find(node.id) is None:
            yield Trouble(node.span, f"There is no fragment `{node.id}`.", code="unknown_include")
    for key in ("requires", "conflicts"):
        for word in _words(reading, key):
            if library.find(word.text) is None:
                message = f"There is no fragment `{word.text}`."
                yield Trouble(word.span, message, "warning", "unknown_id")


def _words(reading: Reading, key: str) -> tuple[Word, ...]:
    return next((one.words for one in reading.front.entries if one.key.text == key), ())


def _when(reading: Reading, world: World) -> Iterator[Trouble]:
    """Conditions that never hold."""
    below = next((one.below for one in reading.front.entries if one.key.text == "when"), ())
    for entry in below:
        known = world.names.get(entry.key.text)
        if entry.key.text == "has":
            known = frozenset(VARIABLES)
        if known is None:
            continue
        unknown = [word for word in entry.words if word.text.lstrip("!") not in known]
        unknown = [word for word in unknown if not any(mark in word.text for mark in "*?[")]
        is_open = entry.key.text in _OPEN
        for word in unknown:
            message = f"There is no `{entry.key.text}` called `{word.text.lstrip('!')}`."
            yield Trouble(word.span, message, "hint" if is_open else "warning", "unknown_value")
        if unknown and len(unknown) == len(entry.words) and not is_open:
            message = "This fragment is never taken: none of the values exists."
            yield Trouble(entry.key.span, message, "warning", "never_selected")


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


def _contradictions(fragment: Fragment, library: Library) -> Iterator[Trouble]:
    """Rules that speak against those of another fragment that may stand beside it."""
    words = fragment.text[fragment.body :]
    for other in library.all():
        if other.id == fragment.id or not other.slot or _is_apart(fragment, other):
            continue
        theirs = other.text[other.body :]
        for first, second, what in _CONTRADICTIONS:
            found = first.search(words) if second.search(theirs) else None
            found = found or (second.search(words) if first.search(theirs) else None)
            if found is not None:
                span = Span(fragment.body + found.start(), fragment.body + found.end())
                message = f"This contradicts the fragment `{other.id}`: {what}."
                yield Trouble(span, message, "warning", "contradiction")


def _is_apart(one: Fragment, other: Fragment) -> bool:
    """Whether two fragments are never in one prompt."""
    if other.id in one.conflicts or one.id in other.conflicts:
        return True
    return any(
        key not in ALL_OF and _exclude(wanted, other.when.get(key, ()))
        for key, wanted in one.when.items()
    )


def _exclude(wanted: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether no value is in both lists, as far as both name values."""
    both = (*wanted, *theirs)
    if not wanted or not theirs or any(mark in value for value in both for mark in "!*?["):
        return False
    return not set(wanted) & set(theirs)


def _hidden(reading: Reading, library: Library) -> Iterator[Trouble]:
    fragment = reading.fragment
    counts = library.find(reading.id)
    if fragment is None or counts is None or counts.path == fragment.path:
        return
    message = f"Another fragment with this id counts: {counts.layer}, `{counts.path}`."
    yield Trouble(reading.id_span, message, "hint", "overridden")
