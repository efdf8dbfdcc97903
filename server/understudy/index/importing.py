"""The imports of a text, from what an outline found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.index.facts import EVERYTHING, Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from understudy.context.outline import Outline
    from understudy.index.matching import Captures

MAX_IMPORTS = 2_000
_QUOTES = "\"'`<> "
_DEFAULT = "default"


@dataclass(slots=True)
class _Gathered:
    """One import, of which every match may tell a part."""

    module: str
    line: int
    names: dict[tuple[str, str], None] = field(default_factory=dict)
    alias: str = ""
    passed_on: bool = False


def imports(found: Sequence[Captures], data: bytes, outline: Outline) -> tuple[Import, ...]:
    """The imports in the order of the text.

    Args:
        found: the captures of every match that is about an import.
        data: the text in UTF-8.
        outline: the language's.
    """
    gathered: dict[int, _Gathered] = {}
    trees: list[tuple[int, Import]] = []
    offered: set[str] = set()
    for captures in found:
        if "tree" in captures:
            node = captures["tree"][0]
            trees += ((node.start_byte, one) for one in _unpacked(node, data, outline))
        elif "offered" in captures:
            offered.add(_word(captures["offered"][0], data))
        elif "import" in captures:
            _add(gathered, captures, data)
    told = [(at, _finished(one, offered, outline)) for at, one in gathered.items()]
    in_order = sorted((*told, *trees), key=lambda each: each[0])
    return tuple(one for _, one in in_order[:MAX_IMPORTS])


def _add(gathered: dict[int, _Gathered], captures: Captures, data: bytes) -> None:
    statement = captures["import"][0]
    node = captures["from"][0] if "from" in captures else statement
    one = gathered.get(node.start_byte)
    if one is None:
        # What a file offers of its own under another name is from no module.
        module = _word(node, data).strip(_QUOTES) if node is not statement else ""
        one = gathered[node.start_byte] = _Gathered(module, statement.start_point.row)
    one.passed_on = one.passed_on or "passed" in captures
    if "as" in captures:
        one.alias = _word(captures["as"][0], data)
    one.names |= dict.fromkeys(_names(captures, data))


def _names(captures: Captures, data: bytes) -> Iterator[tuple[str, str]]:
    if "all" in captures:
        yield EVERYTHING, EVERYTHING
    if "default" in captures:
        yield _DEFAULT, _word(captures["default"][0], data)
    if "name" in captures:
        name = _word(captures["name"][0], data).strip(_QUOTES)
        alias = captures.get("alias")
        yield name, _word(alias[0], data).strip(_QUOTES) if alias else name


def _finished(one: _Gathered, offered: set[str], outline: Outline) -> Import:
    names = tuple(one.names)
    is_offered = one.alias in offered or any(here in offered for _, here in names)
    passed_on = one.passed_on or outline.passes_on or is_offered
    return Import(one.module, names, one.alias, one.line, passed_on=passed_on)


def _unpacked(node: Node, data: bytes, outline: Outline) -> Iterable[Import]:
    if outline.unpack is None:
        return
    line = node.start_point.row
    for one in outline.unpack(_word(node, data)):
        yield Import(one.module, one.names, one.alias, line, passed_on=one.passed_on)


def _word(node: Node, data: bytes) -> str:
    return data[node.start_byte : node.end_byte].decode("utf-8", "replace")
