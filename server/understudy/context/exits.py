"""Where code ends with an error, and which of these ends another version of it lacks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.leaving import NEVER_RETURNS, condition_of
from understudy.context.shell_ends import shell_ends
from understudy.context.softened import softened
from understudy.context.syntax import parents
from understudy.context.whole_trees import nodes, sound_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_THROWS = re.compile(
    r"(?:raise|throw|assert|exit)(?:_statement|_expression)?|control_transfer_statement"
)
_CALLS = re.compile(r"\w*(?:call|invocation)\w*|command")
_FAILS = re.compile(
    r"(?:[\w.]+(?:\.|::))?(?:Err|raise|bail!|ensure!|(?:debug_)?assert(?:_eq|_ne)?!|Promise\.reject)[\s(!\[{]"
)
_CHECKS = {
    "tree_sitter_kotlin": re.compile(r"(?:require|check)(?:NotNull)?\b|(?:error|assert)\("),
    "tree_sitter_swift": re.compile(r"(?:precondition|assert)\w*\("),
    "tree_sitter_lua": re.compile(r"(?:error|assert)\("),
    "tree_sitter_c": re.compile(r"assert\("),
    "tree_sitter_cpp": re.compile(r"assert\("),
    "tree_sitter_javascript": re.compile(r"(?:assert(?:\.\w+)?|invariant)\("),
    "tree_sitter_typescript": re.compile(r"(?:assert(?:\.\w+)?|invariant)\("),
    "tree_sitter_java": re.compile(
        r"(?:Objects\.)?(?:requireNonNull|checkIndex)\(|(?:Preconditions\.)?check(?:NotNull|Argument|State)\("
        r"|(?:Assert|Validate|Assertions)\.\w+\("
    ),
    "tree_sitter_c_sharp": re.compile(r"(?:Debug|Contract|Guard|Ensure)\.\w+\(|\w+\.ThrowIf\w*\("),
    "tree_sitter_ruby": re.compile(r"(?:raise|fail|abort|exit!?|throw)\b"),
    "tree_sitter_go": re.compile(
        r"\w+(?:\.\w+)*\.(?:Fatal|Panic)(?:f|ln|w)?\(|(?:t|tb|b|f|c)\.(?:Errorf?|Fail|FailNow)\("
        r"|(?:require|assert)\.\w+\(|must\w*\(|Must\w*\("
    ),
    "tree_sitter_php": re.compile(r"(?:assert|trigger_error|die|exit)\("),
}
"""What fails unless something holds, by grammars: elsewhere such names are anybody's."""
_THROW = re.compile(r"(?:raise|throw|assert|exit)\b\s*(?P<what>\S.*)?", re.DOTALL)
_HANDLER = re.compile(r"(?:except|catch|rescue)\w*")
_FUNCTION = re.compile(r"\w*(?:function|method|func)\w*|closure_expression")
_OF_ERRORS = re.compile(r"\berror\)?\s*$")
"""The end of the result of a Go function that may fail."""
_SAME_ERROR = re.compile(r"Err\((?P<what>\w+)(?:\.into\(\))?\)")
_PASSED_ON = "try_expression"
_MADE = frozenset({"ok_or", "ok_or_else", "map_err", "expect", "unwrap"})
"""In Rust: `?`, and what ends with an error of something else or makes one of it."""
_HANDED = frozenset({"err", "e"})
_HEAD = re.compile(r"(?:for|while|switch|match|when|guard)\w*")
_WORD = re.compile(r"\b(?!(?:not|and|or|is|in|if)\b)[^\W\d]\w*")


class _End(NamedTuple):
    """An end with an error of its own, and the words of what it depends on."""

    text: str
    depends_on: frozenset[str]


class _Exits(NamedTuple):
    """The ends of a text: with an error of their own, and all that may end with one."""

    own: tuple[_End, ...]
    any: frozenset[str]


def lost_exit(before: str, after: str, grammar: Grammar | None) -> str:
    """The first end with an error that another text has nothing in place of; empty for none.

    Ends that read the same may become one, which depends on all that they depended on. What only hands
    an error on that was caught is none. Also empty where nothing can read the texts.
    """
    old, new = (sound_tree(text, grammar) for text in (before, after))
    if grammar is None or old is None or new is None:
        return ""
    was, now = _exits(old, grammar), _exits(new, grammar)
    come = now.any - was.any
    gone = [one.text for one in was.own if one.text not in now.any]
    # An error that was only handed on may be what a new call gives.
    gone = [one for one in gone if not come or one not in _HANDED]
    if len(set(gone)) > len(come):
        return gone[0]
    return _fewer(was, now) or softened(old, new, grammar.module)


def ends_with_error(call: str, grammar: Grammar) -> bool:
    """Whether a call ends with an error by its usual name, always or unless something holds."""
    return _ends(call, _CHECKS.get(grammar.module))


def _fewer(was: _Exits, now: _Exits) -> str:
    """The first end of several alike that nothing decides about any more."""
    fewer = Counter(one.text for one in was.own) - Counter(one.text for one in now.own)
    for text in fewer:
        asked = frozenset[str]().union(*(one.depends_on for one in now.own if one.text == text))
        alike = [one for one in was.own if one.text == text]
        if text in now.any and any(not one.depends_on <= asked for one in alike):
            return text
    return ""


def _exits(source: Source, grammar: Grammar) -> _Exits:
    own: list[_End] = []
    passed: list[str] = []
    checks = _CHECKS.get(grammar.module)
    for node in nodes(source.root):
        if node.type == _PASSED_ON or _makes(node, source):
            passed.append(" ".join(source.word(node).split()))
        elif node.is_named:
            own += (_End(text, _asked(node, source)) for text in _told(node, source, checks))
    return _Exits(tuple(own), frozenset((*(one.text for one in own), *passed)))


def _asked(node: Node, source: Source) -> frozenset[str]:
    """The words of all conditions and heads around a node, within its function."""
    found: list[str] = []
    for above in parents(node):
        if _FUNCTION.fullmatch(above.type):
            break
        condition = condition_of(above)
        if condition is not None:
            found += _WORD.findall(source.word(condition))
        elif _HEAD.fullmatch(above.type):
            found += _WORD.findall(source.word(above).partition("\n")[0])
    return frozenset(found)


def _makes(node: Node, source: Source) -> bool:
    function = node.child_by_field_name("function") if _CALLS.fullmatch(node.type) else None
    name = None if function is None else function.child_by_field_name("field")
    return name is not None and source.word(name) in _MADE


def _told(node: Node, source: Source, checks: re.Pattern[str] | None) -> Iterator[str]:
    """What a node says if it ends with an error."""
    if node.type == "return_statement" and node.named_children:
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
    elif _CALLS.fullmatch(node.type) and _ends(text, checks) and not _passes_on(node, text, source):
        yield " ".join(text.split())
    elif node.type == "command":
        yield from shell_ends(node, source)


def _passes_on(node: Node, text: str, source: Source) -> bool:
    """Whether an error of Rust is given that was just found."""
    arm = next((one for one in parents(node) if one.type == "match_arm"), None)
    pattern = arm.child_by_field_name("pattern") if arm is not None else None
    found = _SAME_ERROR.fullmatch(text)
    return bool(found and pattern is not None and source.word(pattern) == f"Err({found['what']})")


def _ends(call: str, checks: re.Pattern[str] | None) -> bool:
    found = _FAILS.match(call) or NEVER_RETURNS.match(call)
    return bool(found or (checks is not None and checks.match(call)))


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
