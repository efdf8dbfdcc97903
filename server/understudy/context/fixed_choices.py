"""Branches of a `match` or a `switch` that are chosen by what never changes."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from understudy.context.fixed_values import is_constant
from understudy.context.many_ways import CASE, MANY
from understudy.context.syntax import parents

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.syntax import Source

_SUBJECT = ("subject", "value", "condition")
_PATTERN = "case_pattern"
_NAME = re.compile(r"[(!\s]*(?P<name>[^\W\d]\w*)[)\s]*")
_GIVEN = r"[^\n=;]{0,40}?[=\s]\s*(?:true|false|0|1)\b"
_WIDEST = 200


def never_chosen(case: Node, child: Node, source: Source) -> Node | None:
    """What decides about a branch in the same way whenever it is run; None for nothing, or no branch.

    That is a value which is compared with another one that does not change either.

    Args:
        case: a node, which may be such a branch.
        child: the part of it that is asked about.
        source: its text.
    """
    if not CASE.fullmatch(case.type):
        return None
    value = _value(case)
    choice = next((one for one in islice(parents(case), 2) if MANY.fullmatch(one.type)), None)
    if choice is None or (value is not None and child.start_byte < value.end_byte):
        return None
    subject = next(filter(None, map(choice.child_by_field_name, _SUBJECT)), None)
    fixed = _decisive(case, value, source)
    if not fixed or not all(is_constant(one, source) for one in filter(None, (subject, *fixed))):
        return None
    return subject or fixed[0]


def _decisive(case: Node, value: Node | None, source: Source) -> list[Node]:
    """The values on which a branch depends: its own, or those of all others where it has none."""
    own = [value]
    if (value is None or _is_rest(value, source)) and case.parent is not None:
        own = [_value(one) for one in case.parent.named_children]
    return [one for one in own if one is not None and not _is_rest(one, source)]


def _value(case: Node) -> Node | None:
    """What a branch is chosen by; None for the one that is left."""
    told = case.child_by_field_name("pattern")
    if told is None and case.type != "match_arm":
        told = case.child_by_field_name("value")
    return told or next((one for one in case.named_children if one.type == _PATTERN), None)


def _is_rest(value: Node, source: Source) -> bool:
    return source.word(value).strip() == "_"


def is_named_constant(condition: Node, source: Source) -> bool:
    """Whether a condition is a name to which the text gives a value that is fixed by the language."""
    name = _NAME.fullmatch(source.word(condition)[:_WIDEST])
    if name is None:
        return False
    told = rf"\b(?:const(?:expr)?|define)\b[^\n=;]{{0,80}}\b{name['name']}\b{_GIVEN}"
    return re.search(told, source.text) is not None
