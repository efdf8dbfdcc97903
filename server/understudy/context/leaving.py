"""Code that is never run: what leaves its block, what never ends, and conditions that never change."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from understudy.context.fixed_values import is_constant, is_static
from understudy.context.many_ways import MANY, all_leave
from understudy.context.never_returning import is_declared_never
from understudy.context.syntax import parents
from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Node

    from understudy.context.syntax import Source

_JUMP = re.compile(
    r"(?:return|throw|raise|break|continue|goto|next|redo|exit|control_transfer)(?:_statement|_expression)?"
)
_CALL = re.compile(r"\w*(?:call|invocation|command)\w*")
NEVER_RETURNS = re.compile(
    r"(?:(?:sys|os|process|(?:std::)?process|System|Environment|Kernel|log|typing)(?:\.|::))?"
    r"(?:_?exit|Exit|exitProcess|abort|quit|die|panic|Fatal(?:f|ln)?|fatalError|preconditionFailure|raise"
    r"|assert_never|assert_unreachable|todo|TODO|unimplemented|unreachable)(?:!|\b)"
)
"""Calls that end the program or fail, by their usual names."""
_SEQUENCE = re.compile(
    r"(?!(?:async|try|gen)_)\w*block|compound_statement|statement_list|statements|expression_statement"
    r"|(?:with|using|lock|synchronized|checked|unsafe|labeled)_statement|else(?:_clause|_statement)?|then"
    r"|do(?:_group)?|begin|body_statement|finally(?:_clause)?|ensure|control_structure_body"
)
"""Nodes whose parts are run one after the other."""
_HOLDER = re.compile(
    r"module|program|source_file|translation_unit|function_body|\w*case(?:_\w+)?|switch_\w+_group"
)
"""Further nodes of which that holds, and that hold no statement as a branch."""
_CHOICE = re.compile(r"(?:conditional|ternary)(?:_expression)?")
_SHORT = frozenset({"and", "or", "&&", "||", "??"})
"""Operators whose right side is left out by what stands on their left."""
_BRANCH = re.compile(r"(?:if|unless|elsif)(?:_statement|_expression|_modifier)?")
_FURTHER = re.compile(r"el(?:se)?_?if(?:_clause|_statement)?")
"""A further condition that stands beside the first one's branches."""
_TRY = re.compile(r"try(?:_statement|_expression)?")
_HANDLER = re.compile(r"(?:except|catch|rescue)\w*")
_LOOP = re.compile(r"(?:while|do|loop|until|repeat)(?:_statement|_expression)?")
_ENDLESS = re.compile(r"(?:for|loop)\s*(?:\([^;\n]{0,200};\s*;[^;)\n]{0,200}\)\s*)?\{")
"""The head of a loop that has no condition."""
_BREAKABLE = re.compile(
    r"(?:while|do|for|for_in|loop|until|repeat|\w*switch)_(?:statement|expression)"
)
"""What a `break` without a label ends."""
_GIVEN = re.compile(
    r"await(?:_expression)?|(?:augmented_)?assignment(?:_\w+)?|compound_assignment_expr"
    r"|(?:let|var|lexical|variable|local_variable|short_var|property)_declaration"
)
"""Statements that take a value."""
_NEEDED = re.compile(
    rf"{_CALL.pattern}|await(?:_expression)?|arguments|argument(?:_list)?|value_arguments?|keyword_argument|expression_list"
    r"|parenthesized_expression|\w*declarator|type_cast_expression|as_expression"
)
"""What stands in these is run whenever the statement is."""
_BREAK = re.compile(r"break(?:_statement|_expression)?|control_transfer_statement")
_NESTED = re.compile(r"\w*(?:function|method|lambda|closure|class)\w*")
_NO = frozenset({"", "0", "0.0", "False", "false", "None", "nil", "null", "undefined", "NULL"})
_WIDEST = 400


def leaves(node: Node, source: Source) -> bool:
    """Whether what follows a statement in its block is never run, because it leaves or never ends.

    What is called counts by its name alone. In doubt it is not so.
    """
    known = (rule for kinds, rule in _RULES if node.is_named and kinds.fullmatch(node.type))
    rule = next(known, None)
    return rule is not None and rule(node, source)


def runs_in_order(node: Node) -> bool:
    """Whether the parts of a node are statements that are run one after the other."""
    return bool(_SEQUENCE.fullmatch(node.type) or _HOLDER.fullmatch(node.type))


def condition_of(node: Node) -> Node | None:
    """The condition on which a branch or a loop depends; None for another node."""
    kind = node.type
    if _BRANCH.fullmatch(kind) or _FURTHER.fullmatch(kind) or _LOOP.fullmatch(kind):
        return node.child_by_field_name("condition")
    return None


def ways_of(node: Node) -> Sequence[Node]:
    """The branches behind a node's condition, each with its own condition if it has one."""
    condition = condition_of(node)
    if condition is not None and node.type.endswith("_modifier"):
        return [one for one in node.named_children if one.end_byte <= condition.start_byte]
    first = 0 if condition is None else condition.end_byte
    return [
        one
        for one in node.named_children
        if one.start_byte >= first and (one.child_count or one.type != "else") and not one.is_extra
    ]


def choice_of(node: Node) -> Node | None:
    """What decides which part of an expression counts; None for another node."""
    if _CHOICE.fullmatch(node.type):
        told = node.child_by_field_name("condition")
        return told or (node.named_children[1] if node.named_child_count == 3 else None)
    parts = node.children
    if len(parts) == 3 and parts[1].type in _SHORT:
        return parts[0]
    return None


def parts_of_choice(node: Node) -> Sequence[Node]:
    """What an expression with a condition stands for if that holds, and if not; none for others."""
    if not _CHOICE.fullmatch(node.type):
        return ()
    condition = choice_of(node)
    return [one for one in node.named_children if one != condition and not one.is_extra]


def is_fixed(condition: Node, source: Source) -> bool:
    """Whether a branch's condition never changes, or type checkers decide it by themselves.

    They pass over the branch that is not taken. Conditions of loops don't count.
    """
    above = condition.parent
    is_loop = above is not None and _LOOP.fullmatch(above.type) is not None
    return not is_loop and (is_constant(condition, source) or is_static(condition, source))


def never_holds(node: Node, source: Source) -> bool:
    """Whether a loop has a condition that never holds."""
    condition = condition_of(node)
    return (
        condition is not None
        and _LOOP.fullmatch(node.type) is not None
        and is_constant(condition, source)
        and _says_no(condition, source)
    )


def _says_no(condition: Node, source: Source) -> bool:
    bare = source.word(condition)[:_WIDEST].strip("() \t\"'`")
    for sign in ("not ", "!"):
        if bare.startswith(sign):
            return bare.removeprefix(sign).strip("() ") not in _NO
    return bare in _NO


def _branches_leave(node: Node, source: Source) -> bool:
    condition = condition_of(node)
    ways = ways_of(node)
    if not ways:
        return False
    if condition is not None and is_fixed(condition, source):
        return leaves(ways[0], source)
    if len(ways) < 2 or _FURTHER.fullmatch(ways[-1].type):
        return False
    return all(_way_leaves(one, source) for one in ways)


def _way_leaves(way: Node, source: Source) -> bool:
    if _FURTHER.fullmatch(way.type):
        own = ways_of(way)
        return bool(own) and leaves(own[0], source)
    return leaves(way, source)


def _try_leaves(node: Node, source: Source) -> bool:
    parts = [one for one in node.named_children if not one.is_extra]
    if any(one.type.startswith(("finally", "ensure")) and leaves(one, source) for one in parts):
        return True
    body = node.child_by_field_name("body") or (parts[0] if parts else None)
    if body is None or not leaves(body, source):
        return False
    handlers = [one for one in parts if _HANDLER.fullmatch(one.type)]
    return all(any(leaves(part, source) for part in one.children) for one in handlers)


def _many_leave(node: Node, source: Source) -> bool:
    return all_leave(node, source, leaves)


def _never_ends(node: Node, source: Source) -> bool:
    condition = condition_of(node)
    if condition is None:
        endless = _ENDLESS.match(source.word(node)[:_WIDEST]) is not None
    else:
        endless = is_constant(condition, source) and not _says_no(condition, source)
    return endless and not _is_broken_off(node)


def _is_broken_off(loop: Node) -> bool:
    """Whether something in a loop ends it: a `break` of its own, or one of an inner loop with a label."""
    inner = nodes(loop, lambda one: not _NESTED.fullmatch(one.type))
    for one in inner:
        if one.is_named and _BREAK.fullmatch(one.type):
            homes = takewhile(lambda above: above != loop, parents(one))
            if one.named_child_count or not any(_BREAKABLE.fullmatch(home.type) for home in homes):
                return True
    return False


def _asserts_no(node: Node, source: Source) -> bool:
    told = node.named_children[:1]
    if not told or not is_constant(told[0], source):
        return False
    return _says_no(told[0], source) or "comparison" in told[0].type


def _never_returns(node: Node, source: Source) -> bool:
    """Whether a call that a statement makes in any case never returns: it, or one for its values."""
    inner = nodes(node, lambda one: one == node or _NEEDED.fullmatch(one.type) is not None)
    return any(
        _CALL.fullmatch(one.type)
        and (NEVER_RETURNS.match(source.word(one)[:_WIDEST]) or is_declared_never(one, source))
        for one in inner
    )


_RULES: tuple[tuple[re.Pattern[str], Callable[[Node, Source], bool]], ...] = (
    (_JUMP, lambda _node, _source: True),
    (_SEQUENCE, lambda node, source: any(leaves(one, source) for one in node.children)),
    (_BRANCH, _branches_leave),
    (_TRY, _try_leaves),
    (MANY, _many_leave),
    (_LOOP, _never_ends),
    (re.compile("for_statement"), _never_ends),
    (re.compile("assert_statement"), _asserts_no),
    (_CALL, _never_returns),
    (_GIVEN, _never_returns),
)
"""What leaves or never ends, by the types of nodes."""
