"""Where a bracket that is still open may close, and whether that is certain."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

from understudy.context.python_tokens import CLOSERS, unclosed_brackets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.context.python_tokens import Scan, Token

_OPERATORS = frozenset(
    {"+", "-", "*", "/", "//", "%", "@", "**", "&", "|", "<<", ">>", "<", ">", "<=", ">=", "=="}
    | {"!=", "and", "or", "not", "in", "is", "if", "else"}
)

_IMPORTED = re.compile(r"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(\w+)", re.MULTILINE)

_MAX_TAIL = 500
"""How much of a text's end is searched for closing brackets."""

_ENDS_CALL = (_OPERATORS | {","}) - {"not", "if", "else", "in"}


def hangs(source: Scan, opener: Token) -> bool:
    """Whether the bracket ends its line."""
    return source.on_line(source.index.line_of(opener.start))[-1] == opener


def is_ambiguous(source: Scan, opener: Token, end: int) -> bool:
    """Whether what stands in the brackets makes other places as likely as `end`.

    `len(a + 1` may be `len(a) + 1`, `f(g(a, b)` may be `f(g(a), b)`, and `f(g(a.b)` may be
    `f(g(a).b)`. A group behind a keyword, as in `if (a and b`, holds it all.
    """
    before = source.before(opener.start)
    word = before.text if before is not None else ""
    if _may_end_inside(source, opener, end):
        return True
    if keyword.iskeyword(word) or word == "print" or opener.text == "{":
        return False
    inside = [t for t in source.code[source.at(opener.end) : source.at(end)] if t.end <= end]
    if opener.text == "[" and re.fullmatch(r"\w+|[)\]]|.*['\"]", word, re.DOTALL):
        # A subscript: anything but a plain index or slice may belong behind it.
        return word[-1] in "'\"" or any(
            token.text in _OPERATORS | {",", ".", "(", "["} for token in inside
        )
    depths = depths_of(inside)
    outer = {text for text, depth in depths if depth == 0}
    if "for" in outer:
        return False
    return bool(outer & _OPERATORS) or _may_take_comma(source, opener, end, depths)


def _may_end_inside(source: Scan, opener: Token, end: int) -> bool:
    """Whether a call may end in front of an attribute, or a call at its end in front of anything.

    Only what stands behind the last comma counts: a call that ends earlier leaves a tuple.
    """
    inside = [t for t in source.code[source.at(opener.end) : source.at(end)] if t.end <= end]
    before = source.before(opener.start)
    name = source.before(before.start) if before is not None else None
    defines = name is not None and name.text in {"def", "class"}
    if opener.text != "(" or defines or hangs(source, opener):
        return False
    receivers = _receivers(source)
    called = before is not None and before.kind == "name" and not keyword.iskeyword(before.text)
    closers = len(inside)
    while closers and inside[closers - 1].text == ")":
        closers -= 1
    depth = 0
    outermost = 0 if called and before is not None and before.text != "print" else 1
    for token in reversed(inside):
        depth += (token.text in CLOSERS.values()) - (token.text in CLOSERS)
        if depth == 0 and token.text == ",":
            return False
        open_here = outermost <= depth <= len(inside) - closers
        if open_here and _begins_rest(source, token, depth, receivers):
            return True
    return False


def _begins_rest(source: Scan, token: Token, depth: int, receivers: set[str]) -> bool:
    """Whether a call may have ended in front of a token, as in `f(g(a).b)` and `f(a, "b")["c"]`."""
    owner = source.before(token.start)
    if owner is not None and token.text == ".":
        return owner.text not in receivers
    if owner is not None and token.text == "[":
        return owner.kind == "string"
    return depth > 0 and token.text in _ENDS_CALL


def _receivers(source: Scan) -> set[str]:
    """Names that are hardly ever an argument by themselves: `self`, and imported modules."""
    return {"self", "cls", *_IMPORTED.findall(source.text)}


def _may_take_comma(
    source: Scan, opener: Token, end: int, depths: Sequence[tuple[str, int]]
) -> bool:
    """Whether a comma in these brackets may belong to the call around them, or the other way."""
    statement = source.statement(opener.start)
    around = [t for t in statement.tokens if t.start < opener.start] if statement else []
    if opener.text == "(" and unclosed_brackets(around) and (",", 0) in depths:
        return True
    one_line = source.index.line_of(opener.start) == source.index.line_of(end)
    ends_with_call = bool(depths) and depths[-1][0] == ")"
    return one_line and ends_with_call and (",", 0) not in depths and (",", 1) in depths


def before_closers(head: str, around: list[Token], token: Token) -> int:
    """Where the closers at the end of `head` begin that belong to the brackets `around` a string."""
    stop = len(head)
    wanted = [CLOSERS[bracket.text] for bracket in around]
    tail = head[token.start + 1 :][-_MAX_TAIL:]
    closers = tail[len(tail.rstrip(")]}:, \t\f\r\n")) :]
    for size in range(len(closers), 0, -1):
        brackets = [char for char in closers[-size:] if char in ")]}"]
        # They close from the inside out, and at least the innermost one.
        if brackets and brackets == wanted[::-1][: len(brackets)]:
            inside = head[token.start : len(head) - size]
            if inside.count("(") <= inside.count(")"):
                return len(head) - size
    return stop - (bool(around) and head.endswith(","))


def depths_of(tokens: Sequence[Token]) -> list[tuple[str, int]]:
    """Each token's text with the number of brackets around it; brackets count as inside."""
    found = []
    depth = 0
    for token in tokens:
        depth += token.text in CLOSERS
        found.append((token.text, depth))
        depth -= token.text in CLOSERS.values()
    return found
