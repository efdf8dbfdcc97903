"""Which members of a type, an object, a table or a list another version of a text lacks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.syntax import parents
from understudy.context.whole_trees import known_tree, nodes
from understudy.core.changed_part import changed_part, equal_ends
from understudy.index.extraction import facts_of
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from understudy.context.syntax import Source

_HOLDER = re.compile(
    r"\w*(?:class|interface|enum|protocol|annotation_type)_body|(?:field_|enum_|enum_member_)?declaration_list"
    r"|enum(?:erator|_variant)_list|class_parameters|object(?:_type)?|interface_type|dictionary\w*|list|set"
    r"|array\w*|literal_value|(?:field_)?initializer_list|initializer_expression|table_constructor|inline_table|hash"
    r"|union_type"
)
_BLOCK_OF = {
    "block": re.compile(r"class_definition|rule_set"),
    "body_statement": re.compile(r"class|module"),
    "formal_parameters": re.compile(r"record_declaration"),
}
"""Blocks that hold members where they belong to such a node."""
_NAME = ("definition", "name", "key", "property", "bound_identifier", "declarator", "left")
"""The fields of nodes in which their names stand."""
_NAMED = re.compile(
    r"(?:variable|property|const)_(?:declaration|declarator|element)|expression_statement|assignment"
    r"|(?:\w+_)?identifier|(?:property_)?name|bare_key"
)
"""In a node without such a field, the parts in which its name stands."""
_CALL = "call"
_UNION = "union_type"
_VALUES = re.compile(r"list|set|array\w*|initializer_\w+|literal_value|union_type|body_statement")
"""What may hold members without names."""
_AROUND = ("name", "key", "left", "property", "pattern", "trait", "type")
"""The fields of the nodes around a holder in which their names stand."""
_DEEPEST = 6
_WIDEST = 12
_LONGEST = 200


class LostMember(NamedTuple):
    """A member that is gone.

    Attributes:
        name: what it is called; its text where it has no name, as the values of a list.
        lines: where it stood, counted from 0.
        home: the first line of what it was a member of.
        is_named: whether it has a name.
    """

    name: str
    lines: range
    home: int
    is_named: bool

    def further_down(self, by: int) -> LostMember:
        """The same in a text with so many more lines above it."""
        lines = range(self.lines.start + by, self.lines.stop + by)
        return self._replace(lines=lines, home=self.home + by)


class _Holder(NamedTuple):
    line: int
    members: Sequence[LostMember]


def lost_members(before: str, after: str, language: str) -> tuple[LostMember, ...]:
    """The fields, properties, enum members, keys and values that are gone, in the text's order.

    What they were members of is there still. What stands elsewhere now counts as moved, and where
    there are as many new members between the same neighbours, these take their place. Takes about a
    millisecond for 100 lines of what holds the changes, and never raises.
    """
    grammar = grammar_of(language)
    if before == after or grammar is None:
        return ()
    before, after, start = changed_part(before, after)
    old, new = known_tree(before, grammar), known_tree(after, grammar)
    if old is None or new is None:
        return ()
    head, tail = equal_ends(before.split("\n"), after.split("\n"))
    was, now = (_holders(source, head, tail) for source in (old, new))
    gone = [
        one
        for path, holders in was.items()
        if len(holders) == len(now.get(path, ()))
        for holder, other in zip(holders, now[path], strict=True)
        for one in _gone(holder.members, other.members)
    ]
    if not gone:
        return ()
    left = _names(now, after, language)
    left.subtract(_names(was, before, language))
    found = sorted((one for one in gone if left[one.name] < 0), key=lambda one: one.lines.start)
    return tuple(one.further_down(start) for one in found)


def _names(found: Mapping[object, Iterable[_Holder]], text: str, language: str) -> Counter[str]:
    """How often a text has each name, as that of a member or of a definition."""
    members = (one for holders in found.values() for holder in holders for one in holder.members)
    places = {(one.name, one.lines.start) for one in members}
    places.update((one.name, one.head) for one in facts_of("", language, text).definitions)
    return Counter(name for name, _ in places)


def _gone(old: Sequence[LostMember], new: Sequence[LostMember]) -> Iterator[LostMember]:
    """The members without one of their name, and without a new one in their place."""
    kept = {one.name for one in old} & {one.name for one in new}
    come = Counter(gap for one, gap in _gaps(new, kept) if one.name not in kept)
    gone = [(one, gap) for one, gap in _gaps(old, kept) if one.name not in kept]
    wanted = Counter(gap for _, gap in gone)
    return (one for one, gap in gone if come[gap] < wanted[gap])


def _gaps(members: Sequence[LostMember], kept: set[str]) -> Iterator[tuple[LostMember, str]]:
    """Each member with the last one before it that both versions have."""
    above = ""
    for one in members:
        above = one.name if one.name in kept else above
        yield one, above


def _holders(source: Source, head: int, tail: int) -> dict[object, list[_Holder]]:
    """What has members and touches the lines between the equal ones, by the names around it."""
    stop = source.text.count("\n") + 1 - tail

    def touches(node: Node) -> bool:
        return node.start_point.row <= stop and head <= node.end_point.row + 1

    found: dict[object, list[_Holder]] = defaultdict(list)
    for node in nodes(source.root, touches):
        if touches(node) and _holds(node):
            members = [one for child in _children(node) for one in _members(child, node, source)]
            found[_path(node, source)].append(_Holder(node.start_point.row, members))
    return found


def _holds(node: Node) -> bool:
    if not node.is_named:
        return False
    block = _BLOCK_OF.get(node.type)
    if block is not None:
        return node.parent is not None and block.fullmatch(node.parent.type) is not None
    is_part = node.type == _UNION and node.parent is not None and node.parent.type == _UNION
    return not is_part and _HOLDER.fullmatch(node.type) is not None


def _children(node: Node) -> Iterator[Node]:
    """The members of a node. A union of many types is one of two, the first of which is a union."""
    if node.type == _UNION:
        inner = nodes(node, lambda one: one.type == _UNION)
        found: Iterable[Node] = (one for one in inner if one.is_named and one.type != _UNION)
    else:
        found = node.named_children
    return (one for one in found if not (one.is_extra or one.is_error))


def _path(node: Node, source: Source) -> tuple[str, ...]:
    """The names of all that is around a node, with its own kind."""
    around = (
        next(filter(None, map(one.child_by_field_name, _AROUND)), None)
        for one in islice(parents(node), _WIDEST)
        if one.type != node.type
    )
    words = (_text(one, source) for one in around if one is not None)
    return (node.type, *(one for one in words if len(one) < _LONGEST and "{" not in one))


def _members(node: Node, holder: Node, source: Source) -> Iterator[LostMember]:
    lines = range(node.start_point.row, node.end_point.row + 1)
    home = holder.start_point.row
    names = _called(node, _DEEPEST)
    for one in names:
        yield LostMember(_text(one, source), lines, home, is_named=True)
    if not names and _VALUES.fullmatch(holder.type):
        yield LostMember(_text(node, source), lines, home, is_named=False)


def _called(node: Node, deepest: int) -> Sequence[Node]:
    """The nodes of the names that a node gives."""
    if not deepest or node.type == _CALL:
        return ()
    for field in _NAME:
        if told := node.children_by_field_name(field):
            return [name for one in told for name in (_called(one, deepest - 1) or (one,))]
    if _NAMED.fullmatch(node.type) and not node.named_child_count:
        return (node,)
    inner = [one for one in node.named_children if _NAMED.fullmatch(one.type)]
    inner = [one for one in inner if one.type.endswith("declarator")] or inner
    return [name for one in inner for name in _called(one, deepest - 1)]


def _text(node: Node, source: Source) -> str:
    """The beginning of a node's text, on one line."""
    data = source.data[node.start_byte : min(node.end_byte, node.start_byte + _LONGEST)]
    return " ".join(data.decode("utf-8", "replace").split())
