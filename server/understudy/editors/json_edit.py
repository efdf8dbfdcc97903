"""Set, add and take out values of a JSON text; comments, order and layout of the rest stay."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError
from understudy.editors.json_text import Node, read_json, skip_gap

if TYPE_CHECKING:
    from collections.abc import Sequence

Path = tuple[str, ...]

_UNIT = re.compile(r"^([ \t]+)\"", re.MULTILINE)


def at(text: str, path: Path) -> Node | None:
    """What stands at a path of names; None when nothing does."""
    node = read_json(text)
    for name in path:
        member = node.member(name) if node is not None else None
        node = member.node if member is not None else None
    return node


def set_member(text: str, path: Path, value: object) -> str:
    """The text with a value at a path; what stood there goes, and what is missing above is made.

    Raises:
        RefusedError: when something on the way is no object.
    """
    if read_json(text) is None:
        text = text + "\n" * (bool(text) and not text.endswith("\n")) + "{}\n"
    node = at(text, path)
    if node is not None:
        if node.value == value:
            return text
        return _edited(text, node.start, node.end, _dumped(text, value, _indent(text, node.start)))
    known = max(length for length in range(len(path)) if at(text, path[:length]) is not None)
    parent = at(text, path[:known])
    if parent is None or not isinstance(parent.value, dict):
        where = f"`{'.'.join(path[:known])}`" if known else "the whole"
        raise RefusedError(f"has something else than an object for {where}")
    for name in reversed(path[known + 1 :]):
        value = {name: value}
    return _with_member(text, parent, path[known], value)


def add_item(text: str, path: Path, item: str) -> str:
    """The text with one more string at the start of the list that stands at a path.

    Raises:
        RefusedError: when it is no list.
    """
    node = at(text, path)
    if node is None or not isinstance(node.value, list):
        raise RefusedError(f"has something else than a list for `{'.'.join(path)}`")
    if item in node.value:
        return text
    first = node.start + 1
    if not node.items:
        return _edited(text, first, first, json.dumps(item))
    behind = skip_gap(text, first)
    return _edited(text, behind, behind, f"{json.dumps(item)}, ")


def remove_item(text: str, path: Path, item: str) -> str:
    """The text without a string in the list at a path."""
    node = at(text, path)
    if node is None or not isinstance(node.value, list):
        return text
    for number, one in enumerate(node.items):
        if one.value == item:
            return _without(text, node, number, [(each.start, each.end) for each in node.items])
    return text


def remove_member(text: str, path: Path) -> str:
    """The text without what stands at a path, and without objects that are empty after that."""
    parent = at(text, path[:-1])
    if parent is None:
        return text
    for number, one in enumerate(parent.members):
        if one.name == path[-1]:
            spans = [(each.start, each.node.end) for each in parent.members]
            shorter = _without(text, parent, number, spans)
            left = at(shorter, path[:-1])
            empty = len(path) > 1 and left is not None and left.value == {}
            return remove_member(shorter, path[:-1]) if empty else remove_member(shorter, path)
    return text


def _with_member(text: str, parent: Node, name: str, value: object) -> str:
    """The object gets one more member, at its end and in a line of its own."""
    close = parent.end - 1
    outer = _indent(text, parent.start)
    inner = _indent(text, parent.members[-1].start) if parent.members else outer
    if len(inner) <= len(outer):
        inner = outer + _unit(text)
    before = len(text[:close].rstrip())
    tail = text[before:close] if "\n" in text[before:close] else f"\n{outer}"
    written = f"\n{inner}{json.dumps(name)}: {_dumped(text, value, inner)}"
    if not parent.members:
        return text[:before] + written + tail + text[close:]
    last = parent.members[-1].node.end
    if text.startswith(",", skip_gap(text, last)):
        return f"{text[:before]}{written},{tail}{text[close:]}"
    return f"{text[:last]},{text[last:before]}{written}{tail}{text[close:]}"


def _without(text: str, parent: Node, number: int, spans: Sequence[tuple[int, int]]) -> str:
    """A list or an object without one of its parts, its comma, and the line that it had alone."""
    start, end = spans[number]
    comma, head = skip_gap(text, end), text[:start]
    if text.startswith(",", comma):
        end = comma + 1
    elif number:
        before = skip_gap(text, spans[number - 1][1])
        head = head[:before] + head[before + 1 :]
    close = parent.end - 1
    if len(spans) == 1 and not (text[parent.start + 1 : start] + text[end:close]).strip():
        return text[: parent.start + 1] + text[close:]
    tail = text[end:]
    if tail.lstrip(" \t").startswith("\n"):
        return head.rstrip() + tail
    if number + 1 < len(spans):
        return head + tail.lstrip(" \t")
    return head.rstrip(" \t") + tail


def _edited(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _indent(text: str, offset: int) -> str:
    """The blanks at the start of a line."""
    start = text.rfind("\n", 0, offset) + 1
    line = text[start:offset]
    return line[: len(line) - len(line.lstrip())]


def _unit(text: str) -> str:
    """What the text is indented with."""
    found = _UNIT.search(text)
    return found[1] if found else "  "


def _dumped(text: str, value: object, indent: str) -> str:
    """JSON whose lines after the first are indented as well; lists of strings stay in one line."""
    if isinstance(value, dict):
        inner = indent + _unit(text)
        members = [
            f"{inner}{json.dumps(name)}: {_dumped(text, each, inner)}"
            for name, each in value.items()
        ]
        return "{\n" + ",\n".join(members) + f"\n{indent}}}" if members else "{}"
    return json.dumps(value, ensure_ascii=False)
