"""What a language's outline finds in a tree, sorted by what it is for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, get_args

from understudy.context.grammar import loaded
from understudy.index.facts import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node, Query

    from understudy.context.grammar import Grammar
    from understudy.context.outline import Outline

    Captures = dict[str, list[Node]]

VARIABLE = "variable"
SCOPE = "scope"
"""In place of a kind: a node that is no definition, but whose definitions belong to a type."""
_OUTER = ".outer"
_IS = "is."
_KINDS = {f"{kind}{end}": kind for kind in (*get_args(Kind), SCOPE) for end in ("", _OUTER)}


class Found(NamedTuple):
    """A definition, or a scope, before its place among the others is known.

    Attributes:
        pattern: the number of the pattern that found it.
        is_outer: whether it does not count within a function.
        start / end: in bytes.
        name: the node of its name, or of a qualified one; a scope may have none.
        name_at: the first byte of its name.
    """

    pattern: int
    kind: str
    is_outer: bool
    captures: Captures
    node: Node
    start: int
    end: int
    name: Node | None
    name_at: int


@dataclass(slots=True)
class Matched:
    """What an outline found.

    Attributes:
        definitions: one for each name, in no order.
        around: rows in which definitions really begin, by the first byte of their nodes.
        bases: nodes of types that a definition is built on, by the first byte of its node.
        package: the name that the file gives itself.
    """

    definitions: list[Found] = field(default_factory=list)
    imports: list[Captures] = field(default_factory=list)
    around: dict[int, int] = field(default_factory=dict)
    bases: dict[int, list[Node]] = field(default_factory=dict)
    package: Node | None = None


def matched(root: Node, data: bytes, grammar: Grammar, outline: Outline) -> Matched:
    """All that an outline finds in a tree.

    Args:
        root: the tree's first node.
        data: the text that the tree is of, in UTF-8.
        grammar: what read it.
        outline: the language's.

    Raises:
        ImportError: when the grammar is not installed.
    """
    from tree_sitter import QueryCursor

    query = _compiled(grammar, outline.query)
    words = _words(query)
    result, by_name = Matched(), dict[int, Found]()
    for pattern, captures in QueryCursor(query).matches(root):
        if words and not _reads(captures, words, data):
            continue
        for key in captures:
            if key in _KINDS:
                _keep_first(by_name, _found(pattern, key, captures))
                break
        else:
            _take(result, captures)
    # `const a = require("a")` is an import, and not a definition as well.
    imported = set(_names_brought(result.imports))
    result.definitions.extend(one for at, one in by_name.items() if at not in imported)
    return result


def _names_brought(imports: Iterable[Captures]) -> Iterator[int]:
    """The first bytes of the names that imports give."""
    for captures in imports:
        for key in ("as", "alias", "name"):
            if key in captures:
                yield captures[key][0].start_byte


def _found(pattern: int, key: str, captures: Captures) -> Found:
    node = captures[key][0]
    start, kind = node.start_byte, _KINDS[key]
    names = captures.get("name") or captures.get("qualified")
    name = names[0] if names else None
    # Nothing else begins at a negative place, so a scope stays beside what begins with it.
    at = name.start_byte if name is not None and kind != SCOPE else -1 - start
    return Found(
        pattern, kind, key.endswith(_OUTER), captures, node, start, node.end_byte, name, at
    )


def _keep_first(by_name: dict[int, Found], found: Found) -> None:
    known = by_name.get(found.name_at)
    if known is None or _order(found) < _order(known):
        by_name[found.name_at] = found


def _order(found: Found) -> tuple[int, bool]:
    """What says more comes first: of one pattern's alternatives, a variable is the least that a name is."""
    return found.pattern, found.kind == VARIABLE


def _take(result: Matched, captures: Captures) -> None:
    if "inner" in captures:
        row = captures["around"][0].start_point.row
        result.around[captures["inner"][0].start_byte] = row
    elif "within" in captures:
        start = captures["within"][0].start_byte
        result.bases.setdefault(start, []).extend(captures["base"])
    elif "package" in captures:
        result.package = captures["package"][0]
    else:
        result.imports.append(captures)


@cache
def _compiled(grammar: Grammar, query: str) -> Query:
    from tree_sitter import Query

    return Query(loaded(grammar), query)


@cache
def _words(query: Query) -> tuple[tuple[str, bytes], ...]:
    """The captures that must read as their names say."""
    names = [query.capture_name(number) for number in range(query.capture_count)]
    return tuple((name, name[len(_IS) :].encode()) for name in names if name.startswith(_IS))


def _reads(captures: Captures, words: Iterable[tuple[str, bytes]], data: bytes) -> bool:
    for name, word in words:
        nodes = captures.get(name)
        if nodes is not None and data[nodes[0].start_byte : nodes[0].end_byte] != word:
            return False
    return True
