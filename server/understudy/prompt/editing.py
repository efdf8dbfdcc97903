"""What an editor offers in a fragment's file: completions, where ids lead to, another id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.core.lines import LineIndex
from understudy.core.text import Edit, Span
from understudy.prompt.fragment import read_fragment
from understudy.prompt.keys import KEYS, SLOTS, VARIABLES, WHEN
from understudy.prompt.scopes import all_names, anywhere, plain, top, within
from understudy.prompt.template import Block, Include, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.prompt.fragment import Reading
    from understudy.prompt.front_matter import Entry
    from understudy.prompt.impossible import World
    from understudy.prompt.keys import Known
    from understudy.prompt.layers import Library

_OPEN_TAG = re.compile(
    r"\{\{\{?~?[ \t]*(?P<mark>[#/>]?)[ \t]*(?P<before>(?:(?:else[ \t]+)?\w+[ \t]+)?)(?P<word>[\w.@/-]*)\Z"
)
_LINE_KEY = re.compile(r"(?P<indent>[ \t]*)(?P<word>[\w-]*)\Z")
_LINE_VALUE = re.compile(
    r"[ \t]*(?P<key>\w+):[ \t]*(?:\[?[^\]]*?[\[, \t])??!?(?P<word>[\w./*-]*)\Z"
)
_ITEM_VALUE = re.compile(r"[ \t]*-[ \t]+!?(?P<word>[\w./*-]*)\Z")
_BLOCKS = ("if", "unless", "each", "with")
_ID_KEYS = frozenset({"requires", "conflicts"})
_FIXED: Mapping[str, tuple[str, ...]] = {
    "slot": tuple(SLOTS),
    "cache": ("stable", "volatile"),
    "has": tuple(VARIABLES),
}


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on.

    Attributes:
        span: what it takes the place of.
        about: what it means, for people.
    """

    label: str
    kind: Literal["key", "value", "variable", "id", "block"]
    span: Span
    about: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An id in a file, where it is defined or used."""

    id: str
    span: Span
    is_definition: bool = False


def completions(text: str, offset: int, library: Library, world: World) -> list[Completion]:
    """What can stand at a place; in any order, without regard to what is written there."""
    reading = read_fragment(text, "")
    if reading.front.is_there and offset <= reading.front.span.end - 1:
        return list(_in_front(text, offset, reading, library, world))
    found = _OPEN_TAG.search(text, max(text.rfind("{{", 0, offset), 0), offset)
    if found is None:
        return []
    span = Span(offset - len(found["word"]), offset)
    if found["mark"] == ">":
        return list(_ids(library, span))
    if found["mark"] == "/" or (found["mark"] == "#" and not found["before"]):
        return [Completion(one, "block", span) for one in _BLOCKS]
    return list(_variables(found["word"], span, scope_at(reading, offset)))


def _in_front(
    text: str, offset: int, reading: Reading, library: Library, world: World
) -> Iterator[Completion]:
    index = LineIndex(text)
    line = index.line_of(offset)
    before = text[index.start(line) : offset]
    if (found := _LINE_KEY.fullmatch(before)) is not None:
        span = Span(offset - len(found["word"]), offset)
        keys = WHEN if found["indent"] else KEYS
        used = {one.key.text for one in entries_of(reading) if one.key.span.start != span.start}
        for key in keys:
            if key not in used:
                yield Completion(key, "key", span, keys[key])
        return
    value = _LINE_VALUE.fullmatch(before)
    item = _ITEM_VALUE.fullmatch(before)
    key = value["key"] if value is not None else _key_above(index, line) if item else ""
    match = value or item
    if match is None:
        return
    span = Span(offset - len(match["word"]), offset)
    if key in _ID_KEYS:
        yield from _ids(library, span)
    for name in sorted(_FIXED.get(key, ()) or world.names.get(key, ())):
        about = SLOTS[name].about if key == "slot" else ""
        yield Completion(name, "value", span, about)


def _key_above(index: LineIndex, line: int) -> str:
    for above in range(line - 1, 0, -1):
        found = re.match(r"[ \t]*(\w+):", index.content(above))
        if found is not None:
            return found[1]
    return ""


def _ids(library: Library, span: Span) -> Iterator[Completion]:
    for one in library.all():
        yield Completion(one.id, "id", span, one.purpose)


def _variables(word: str, span: Span, scope: Mapping[str, Known]) -> Iterator[Completion]:
    """The names that can stand there; behind a point, the parts of what stands before it."""
    first, point, rest = plain(word).rpartition(".")
    known: Mapping[str, Known] | None = scope
    for name in first.split(".") if point else ():
        found = known.get(name) if known is not None else None
        known = found.parts if found is not None else None
    here = Span(span.end - len(rest), span.end) if point else span
    for name, one in (known or {}).items():
        yield Completion(name, "variable", here, one.about)


def scope_at(reading: Reading, offset: int) -> dict[str, Known]:
    """The names at a place: those of the prompt, and of the items of the blocks around it."""
    frames = top() if _has_slot(reading) else anywhere()
    for node in walk(reading.nodes):
        if isinstance(node, Block) and node.span.start < offset <= node.span.end:
            frames = within(node, frames)
    return all_names(frames)


def _has_slot(reading: Reading) -> bool:
    return any(entry.key.text == "slot" for entry in reading.front.entries)


def entries_of(reading: Reading) -> Iterator[Entry]:
    """The keys of a file, those below `when` as well."""
    for entry in reading.front.entries:
        yield entry
        yield from entry.below


def names_in(reading: Reading) -> Iterator[Named]:
    """Every id in a file: its own, those it includes, requires and conflicts with."""
    for entry in reading.front.entries:
        if entry.key.text == "id":
            yield from (Named(word.text, word.span, is_definition=True) for word in entry.words)
        elif entry.key.text in _ID_KEYS:
            yield from (Named(word.text, word.span) for word in entry.words)
    for node in walk(reading.nodes):
        if isinstance(node, Include):
            yield Named(node.id, _inner_span(reading, node))


def _inner_span(reading: Reading, node: Include) -> Span:
    """The id alone, without the marks around it."""
    text = reading.text[node.span.start : node.span.end]
    start = node.span.start + text.find(node.id)
    return Span(start, start + len(node.id))


def named_at(reading: Reading, offset: int) -> Named | None:
    """The id at a place; the whole tag of an include counts as its id."""
    for node in walk(reading.nodes):
        if isinstance(node, Include) and node.span.start <= offset <= node.span.end:
            return Named(node.id, _inner_span(reading, node))
    return next(
        (one for one in names_in(reading) if one.span.start <= offset <= one.span.end), None
    )


def renamed(texts: Mapping[str, str], old: str, new: str) -> dict[str, list[Edit]]:
    """The edits that give a fragment another id, by file; in every file that names it.

    Args:
        texts: of all files that may be changed, by their names.
        old: the id as it is.
        new: the id as it is to be.
    """
    found = {}
    for name, text in texts.items():
        edits = [Edit(one.span, new) for one in names_in(read_fragment(text, "")) if one.id == old]
        if edits:
            found[name] = edits
    return found
