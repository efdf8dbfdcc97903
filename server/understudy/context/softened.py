"""Code that ended where there was no value, and takes another value there now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.leaving import choice_of, condition_of, leaves
from understudy.context.syntax import parents
from understudy.context.whole_trees import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

_WHAT = r"(?P<what>.+?)\s*"
_KEY = r"(?P<key>[\w.\"':$-]+)"
_ENDS = r"(?!\s*(?:throw|return|error|fatalError|break|continue)\b)"


class _Forms(NamedTuple):
    """How a language takes a value that may lack: with an end where it does, and with another value."""

    nodes: re.Pattern[str]
    hard: re.Pattern[str]
    soft: re.Pattern[str]


def _forms(kinds: str, hard: str, soft: str) -> _Forms:
    return _Forms(*(re.compile(one, re.DOTALL) for one in (kinds, hard, soft)))


_KNOWN = {
    "tree_sitter_rust": _forms(
        r"try_expression|call_expression",
        rf"{_WHAT}(?:\?|\.\s*(?:expect|unwrap)\s*\(.*\))",
        rf"{_WHAT}\.\s*(?:unwrap_or\w*|ok)\s*\(.*\)"
        r"|(?P<of>.+?)\.\s*(?:saturating|wrapping|overflowing)_(?P<how>\w+)(?P<with>\(.*\))",
    ),
    "tree_sitter_kotlin": _forms(
        r"unary_expression|binary_expression|navigation_expression",
        rf"{_WHAT}!!",
        rf"{_WHAT}(?:\?:{_ENDS}|\?\.).*",
    ),
    "tree_sitter_swift": _forms(
        r"postfix_expression|nil_coalescing_expression|try_expression|optional_chaining_expression",
        rf"try!\s*(?P<tried>.+)|{_WHAT}!",
        rf"try\?\s*(?P<tried>.+)|{_WHAT}(?:\?\?{_ENDS}|\?).*",
    ),
    "tree_sitter_java": _forms(
        r"method_invocation",
        rf"{_WHAT}\.\s*(?:orElseThrow\(.*\)|get\(\))",
        rf"{_WHAT}\.\s*(?:orElse|orElseGet|ifPresent)\(.*\)",
    ),
    "tree_sitter_ruby": _forms(
        r"call|element_reference",
        rf"{_WHAT}\.fetch\({_KEY}\)",
        rf"{_WHAT}(?:\[{_KEY}\]|\.(?:dig\(|fetch\((?=.+,))(?P<first>[\w.\"':$-]+)(?:,.*)?\))",
    ),
    "tree_sitter_python": _forms(
        r"subscript|call",
        rf"{_WHAT}\[{_KEY}\]",
        rf"{_WHAT}\.get\({_KEY}(?:,.*)?\)",
    ),
}
"""By grammars. Each names what the value is of, and the key where there is one."""
_ARM = re.compile(r"(?:Err\b.*|None)", re.DOTALL)
_OPEN = re.compile(r"let\s+(?:Ok|Some)\s*\(.*?\)\s*=\s*(?P<what>.+)", re.DOTALL)
_TOLD = re.compile(r"\s*\.\s*(?:map_err|ok_or|ok_or_else|context|with_context)\(.*\)$", re.DOTALL)
"""What only says how an end is told, in Rust."""
_TRIES = re.compile(r"(?:try|begin)\w*|rescue\w*")


def softened(old: Source, new: Source, module: str) -> str:
    """The first piece of code that ended without a value, where another value is taken now.

    Args:
        old: the tree before.
        new: the tree after.
        module: the grammar of both.
    """
    forms = _KNOWN.get(module)
    if forms is None:
        return ""
    come = list(_soft(new, forms))
    if not come:
        return ""
    hard = dict(_hard(old, forms))
    kept = {what for what, _ in _hard(new, forms)}
    known = set(_soft(old, forms))
    return next((hard[what] for what in come if what in hard and what not in kept | known), "")


def _hard(source: Source, forms: _Forms) -> Iterator[tuple[str, str]]:
    """What ends without a value, with its code. What was made sure of before does not."""
    made_sure = " ".join(_conditions(source))
    for node, found in _matching(source, forms, forms.hard):
        what = _what(found)
        own = re.split(r" key ", what)[0]
        is_asked = re.search(rf"(?<![\w.]){re.escape(own)}(?!\w)", made_sure) is not None
        if not is_asked and not _is_written_to(node) and not _is_tried(node):
            yield what, " ".join(source.word(node).split())


def _soft(source: Source, forms: _Forms) -> Iterator[str]:
    for _, found in _matching(source, forms, forms.soft):
        yield _what(found)
    if forms is not _KNOWN["tree_sitter_rust"]:
        return
    for node in nodes(source.root):
        value = node.child_by_field_name("value")
        if node.type == "match_expression" and value is not None:
            if any(_gives_a_value(one, source) for one in nodes(node) if one.type == "match_arm"):
                yield " ".join(source.word(value).split())
        elif node.type == "let_condition" and (opened := _OPEN.fullmatch(source.word(node))):
            yield " ".join(opened["what"].split())


def _gives_a_value(arm: Node, source: Source) -> bool:
    """Whether a branch for what failed or lacks goes on."""
    pattern, value = (arm.child_by_field_name(one) for one in ("pattern", "value"))
    if pattern is None or value is None or not _ARM.fullmatch(source.word(pattern)):
        return False
    text = source.word(value)
    return not (leaves(value, source) or re.match(r"(?:Err|None)\b|panic!|unreachable!", text))


def _matching(
    source: Source, forms: _Forms, pattern: re.Pattern[str]
) -> Iterator[tuple[Node, re.Match[str]]]:
    for node in nodes(source.root):
        if forms.nodes.fullmatch(node.type) and (found := pattern.fullmatch(source.word(node))):
            yield node, found


def _what(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts.get("of"):
        return " ".join(f"{parts['of']}.checked_{parts['how']}{parts['with']}".split())
    key = parts.get("key") or parts.get("first")
    what = " ".join((parts.get("what") or parts.get("tried") or "").split())
    what = _TOLD.sub("", what)
    return f"{what} key {key}" if key else what


def _conditions(source: Source) -> Iterator[str]:
    for node in nodes(source.root):
        for asked in (condition_of(node), choice_of(node)):
            if asked is not None:
                yield " ".join(source.word(asked).split())


def _is_written_to(node: Node) -> bool:
    above = node.parent
    return above is not None and above.child_by_field_name("left") == node


def _is_tried(node: Node) -> bool:
    """Whether something takes what a piece of code ends with."""
    return any(
        _TRIES.fullmatch(above.type) and above.type != "try_expression" for above in parents(node)
    )
