"""The definitions of a text in order and within each other, from what an outline found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

from understudy.index.borders import stop_row
from understudy.index.facts import Definition
from understudy.index.matching import SCOPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.index.borders import Borders
    from understudy.index.facts import Facts, Kind
    from understudy.index.matching import Found, Matched

MAX_DEFINITIONS = 5_000
"""Files with more of them are tables that a program wrote; what others are made of is kept first."""
_IMPORTANCE = {"class": 0, "type": 0, "module": 0, "function": 1, "method": 1}
_LEAST = 2
_CALLED = frozenset({"function", "method"})
_HOLDS_FIELDS = frozenset({"class", "type"})
_NEVER_AROUND = frozenset({"field", "constant", "variable", "macro", SCOPE})

_NAME = re.compile(r"[#~]?[\w$][\w$.:-]*|operator\b.{0,60}")
_MODULE = re.compile(r"@?[\w$][\w$./-]*")
"""A module that is declared by what imports call it: `declare module "@house/tools"`."""
_MAX_BASES_CHARS = 1_000
_ARGUMENTS = re.compile(r"<[^<>]*>|\[[^\[\]]*\]|(?<=\w)\([^()]*\)")
_BASE = re.compile(r"[^\W\d][\w$]*(?:(?:\.|::)[^\W\d][\w$]*)*")
_KEYWORD = re.compile(r"\b\w+\s*=[^,]*")
"""Such as `metaclass=Meta`."""
_NO_BASES = frozenset(
    {"dyn", "extends", "final", "for", "implements", "private", "protected", "public", "typename"}
    | {"virtual", "where"}
)


class _Open(NamedTuple):
    """A definition, or a scope, that the one at hand may be within. `body` is a line."""

    start: int
    end: int
    kind: str
    number: int
    owner: str
    body: int


_NOBODY = _Open(-1, -1, "", -1, "", 0)


def nested(found: Matched, borders: Borders) -> tuple[Definition, ...]:
    """The definitions, in the order of the text; one comes before those within it."""
    ordered = sorted(found.definitions, key=lambda one: (one.start, -one.end, one.name_at))
    opened: list[_Open] = []
    placed: list[Definition] = []
    fields: set[tuple[int, str]] = set()
    for one in ordered:
        while opened and opened[-1].end <= one.start:
            opened.pop()
        if one.kind == SCOPE:
            owner = _word(one.captures["owner"][0], borders)
            opened.append(_Open(one.start, one.end, SCOPE, -1, owner, 0))
            continue
        definition = _definition(one, opened, found, borders)
        if definition is None:
            continue
        if definition.kind == "field":
            if (definition.parent, definition.name) in fields:
                continue
            fields.add((definition.parent, definition.name))
        number, body = len(placed), definition.body
        opened.append(_Open(one.start, one.end, definition.kind, number, "", body))
        placed.append(definition)
    return tuple(placed if len(placed) <= MAX_DEFINITIONS else _most_telling(placed))


def is_cut(facts: Facts) -> bool:
    """Whether a file may have more definitions than those that are known."""
    return len(facts.definitions) >= MAX_DEFINITIONS


def _most_telling(placed: list[Definition]) -> Iterator[Definition]:
    """As many as are kept: types and modules first, then functions, then all else, each in order.

    Nothing is kept without what it stands within, as it would seem to stand at the top.
    """
    ranks: list[int] = []
    for one in placed:
        around = ranks[one.parent] if one.parent >= 0 else 0
        ranks.append(max(_IMPORTANCE.get(one.kind, _LEAST), around))
    best = sorted(range(len(placed)), key=lambda at: (ranks[at], at))[:MAX_DEFINITIONS]
    numbers = {-1: -1} | {at: number for number, at in enumerate(sorted(best))}
    for at in sorted(best):
        yield placed[at]._replace(parent=numbers[placed[at].parent])


def _definition(
    one: Found, opened: list[_Open], found: Matched, borders: Borders
) -> Definition | None:
    """The definition; None for one that does not count where it stands."""
    captures, node, named = one.captures, one.node, one.name
    name, owner = _name_and_owner(one, borders)
    if not name or named is None or (one.is_outer and any(e.kind in _CALLED for e in opened)):
        return None
    depth = len(opened)
    while depth and opened[depth - 1].start == one.start and opened[depth - 1].end == one.end:
        # Several names of one statement are not within each other.
        depth -= 1
    parent = _parent(one.kind, opened, depth)
    if one.kind == "field" and parent is _NOBODY:
        return None
    if not owner and depth:
        owner = opened[depth - 1].owner
    row = node.start_point.row
    stop = stop_row(node, row)
    head = borders.head(row, named)
    body = captures.get("body")
    bases = one.start in found.bases or "bases" in captures
    return Definition(
        name,
        _kind(one.kind, name, owner, parent),
        borders.first(min(found.around.get(one.start, row), row), parent.body),
        head,
        stop if body is None else borders.body(body[0], head, stop),
        stop,
        parent.number,
        _bases(one, found, borders) if bases else (),
        owner,
    )


def _name_and_owner(one: Found, borders: Borders) -> tuple[str, str]:
    """The name, empty when it is none, and the type that it belongs to as far as it is told."""
    if one.name is None:
        return "", ""
    name = _word(one.name, borders)
    if "name" not in one.captures:
        owner, _, name = _without_arguments(name[:_MAX_BASES_CHARS]).rpartition("::")
        return _name(name, one.kind), "::".join(part.strip() for part in owner.split("::"))
    owners = one.captures.get("owner")
    return _name(name, one.kind), _word(owners[0], borders) if owners else ""


def _name(text: str, kind: str) -> str:
    if text.isidentifier():
        return text
    name = " ".join(text.strip("\"'").split())
    is_one = _NAME.fullmatch(name) or (kind == "module" and _MODULE.fullmatch(name))
    return name if is_one else ""


def _parent(kind: str, opened: list[_Open], depth: int) -> _Open:
    """The innermost of the first `depth` that such a definition may be within."""
    for at in range(depth - 1, -1, -1):
        each = opened[at]
        if kind == "field":
            if each.kind in _HOLDS_FIELDS:
                return each
        elif each.kind not in _NEVER_AROUND or (kind == "method" and each.kind == "constant"):
            return each
    return _NOBODY


def _kind(kind: str, name: str, owner: str, parent: _Open) -> Kind:
    in_class = parent.kind == "class"
    if kind == "function" and (in_class or owner):
        kind = "method"
    elif kind == "variable":
        kind = "field" if in_class else "constant" if name.isupper() else kind
    return cast("Kind", kind)


def _bases(one: Found, found: Matched, borders: Borders) -> tuple[str, ...]:
    """The names in the lists of what it is built on, without type arguments."""
    nodes = (*one.captures.get("bases", ()), *found.bases.get(one.start, ()))
    names: dict[str, None] = {}
    for node in nodes:
        text = _without_arguments(_word(node, borders)[:_MAX_BASES_CHARS].strip())
        for name in _BASE.findall(_KEYWORD.sub("", text)):
            if name not in _NO_BASES:
                names[name] = None
    return tuple(names)


def _without_arguments(text: str) -> str:
    """A text without what stands in brackets behind words, however deep."""
    before = ""
    while before != text:
        before, text = text, _ARGUMENTS.sub("", text)
    return text


def _word(node: Node, borders: Borders) -> str:
    return borders.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
