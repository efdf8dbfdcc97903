"""Where code ends with an error, and which of these ends another version of it lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.leaving import NEVER_RETURNS
from understudy.context.syntax import parents
from understudy.context.whole_trees import nodes, sound_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_THROWS = re.compile(
    r"(?:raise|throw|assert)(?:_statement|_expression)?|control_transfer_statement"
)
_CALLS = re.compile(r"\w*(?:call|invocation)\w*")
_FAILS = re.compile(r"(?:[\w.]+(?:\.|::))?(?:Err|raise|bail!|ensure!)[\s(!]")
_THROW = re.compile(r"(?:raise|throw|assert)\b\s*(?P<what>\S.*)?", re.DOTALL)
_HANDLER = re.compile(r"(?:except|catch|rescue)\w*")
_FUNCTION = re.compile(r"\w*(?:function|method|func)\w*|closure_expression")
_OF_ERRORS = re.compile(r"\berror\)?\s*$")
"""The end of the result of a Go function that may fail."""
_PASSED_ON = "try_expression"
_MADE = frozenset({"ok_or", "ok_or_else", "map_err"})
"""In Rust: `?`, and what makes an error of something else."""


class _Exits(NamedTuple):
    """The ends of a text: with an error of their own, and all that may end with one."""

    own: tuple[str, ...]
    any: frozenset[str]


def lost_exit(before: str, after: str, grammar: Grammar | None) -> str:
    """The first end with an error that another text has nothing in place of; empty for none.

    Ends that read the same are one, so that branches may become one. What only hands an error on
    that was caught is none. Also empty where nothing can read the texts.
    """
    old, new = (sound_tree(text, grammar) for text in (before, after))
    if old is None or new is None:
        return ""
    was, now = _exits(old), _exits(new)
    gone = [one for one in dict.fromkeys(was.own) if one not in now.any]
    return gone[0] if len(gone) > len(now.any - was.any) else ""


def _exits(source: Source) -> _Exits:
    own: list[str] = []
    passed: list[str] = []
    for node in nodes(source.root):
        if node.type == _PASSED_ON or _makes(node, source):
            passed.append(" ".join(source.word(node).split()))
        elif node.is_named:
            own += _told(node, source)
    return _Exits(tuple(own), frozenset((*own, *passed)))


def _makes(node: Node, source: Source) -> bool:
    function = node.child_by_field_name("function") if _CALLS.fullmatch(node.type) else None
    name = None if function is None else function.child_by_field_name("field")
    return name is not None and source.word(name) in _MADE


def _told(node: Node, source: Source) -> Iterator[str]:
    """What a node says if it ends with an error."""
    if node.type == "return_statement" and node.children[1:]:
        last = node.named_children[-1]
        last = last.named_children[-1] if last.type == "expression_list" else last
        if source.word(last) != "nil" and _may_fail(node, source):
            yield source.word(last)
        return
    text = source.word(node) if _THROWS.fullmatch(node.type) or _CALLS.fullmatch(node.type) else ""
    thrown = _THROW.match(text) if _THROWS.fullmatch(node.type) else None
    if thrown is not None:
        if thrown["what"] and not _hands_on(node, thrown["what"].strip("; \n"), source):
            yield " ".join(text.split())
    elif _CALLS.fullmatch(node.type) and (_FAILS.match(text) or NEVER_RETURNS.match(text)):
        yield " ".join(text.split())


def _may_fail(node: Node, source: Source) -> bool:
    """Whether a Go function around a node returns an error."""
    for above in parents(node):
        if _FUNCTION.fullmatch(above.type):
            result = above.child_by_field_name("result")
            return result is not None and _OF_ERRORS.search(source.word(result)) is not None
    return False


def _hands_on(node: Node, what: str, source: Source) -> bool:
    """Whether an error is thrown that was just caught."""
    for above in parents(node):
        if _HANDLER.fullmatch(above.type):
            head = source.word(above).partition("\n")[0]
            return what.isidentifier() and re.search(rf"\b{re.escape(what)}\b", head) is not None
    return False
