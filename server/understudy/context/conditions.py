"""What conditions in code ask for, as formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.formulas import (
    FALSE,
    TRUE,
    Claim,
    Formula,
    both,
    constant,
    either,
    no,
    normal,
    quantities,
)
from understudy.context.leaving import choice_of, parts_of_choice
from understudy.context.picking import elements_that, picked_of
from understudy.context.terms import COMPARES, term_of
from understudy.context.written import sign_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

    from understudy.context.syntax import Source

_NOT = frozenset({"not", "!"})
_AND = frozenset({"and", "&&"})
_OR = frozenset({"or", "||"})
_WITHIN = {"in": True, "not in": False}
_LITERAL = re.compile(r"(?:tuple|list|set|array)(?:_\w+)?")
_TRUTH = re.compile(r"bool|Boolean")
_LENGTHS = re.compile(
    r"(?P<of>.+?)\.(?:len\(\)|length\(\)|size\(\)|length|size|Length|Count|count\(\))", re.DOTALL
)
_HOLDS = re.compile(
    r"(?:slices|lo)\.Contains\((?P<own_of>[^,]+), (?P<own_what>.+)\)"
    r"|(?P<of>.+?)\.(?:includes|contains|Contains|include\?)\((?P<what>.+)\)",
    re.DOTALL,
)
_PLACE = re.compile(r"(?P<of>.+?)\.indexOf\((?P<what>.+)\)", re.DOTALL)


def _is_empty(of: str) -> Formula:
    return Claim("==", ("0", f"len({of})"))


def _lacks(of: str) -> Formula:
    return Claim("==", ("None", of))


def _succeeded(of: str) -> Formula:
    return Claim("is", (f"{of}.is_ok()",))


_PROPERTIES: tuple[tuple[re.Pattern[str], Callable[[str], Formula]], ...] = (
    (
        re.compile(
            r"(?P<of>.+?)\.(?:is_empty\(\)|isEmpty\(\)|isEmpty|empty\?|(?P<no>isNotEmpty\(\)))",
            re.DOTALL,
        ),
        _is_empty,
    ),
    (
        re.compile(r"(?P<of>.+?)\.(?:is_none\(\)|nil\?|(?P<no>is_some\(\)))", re.DOTALL),
        _lacks,
    ),
    (
        re.compile(r"(?P<of>.+?)\.(?:is_ok\(\)|(?P<no>is_err\(\)))", re.DOTALL),
        _succeeded,
    ),
)
"""What methods ask for, by their usual names, or ask not to be so."""
_FIXED: Mapping[str, Formula] = {"True": TRUE, "true": TRUE, "False": FALSE, "false": FALSE}
_BORROWED = re.compile(r"^[*&]+(?:mut\s+)?(?=[\w(])")
_COPIED = re.compile(r"(?<=[\w)\]])\.(?:iter|into_iter|iter_mut|stream|entries|copied|cloned)\(\)")
_DEEPEST = 60
_EACH = "each"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text whose conditions are read.

    Attributes:
        renamed: names that only stand for something, by what they are called instead.
        known: what names that were given a condition stand for.
        depth: how far conditions are nested already.
    """

    source: Source
    renamed: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Formula] = field(default_factory=dict)
    depth: int = 0


class Picked(NamedTuple):
    """Which elements of what are meant."""

    within: str
    by: Formula


def condition(node: Node, reading: Reading) -> Formula:
    """What a condition asks for."""
    node = _unwrapped(inner(node), reading)
    if reading.depth > _DEEPEST:
        return Claim("is", (quantity(node, reading),))
    reading = replace(reading, depth=reading.depth + 1)
    parts = [one for one in node.children if not one.is_extra]
    signs = [sign_of(one, reading.source) for one in parts]
    if len(parts) == 2 and signs[0] in _NOT:
        return no(condition(parts[1], reading))
    if chosen := parts_of_choice(node):
        asked = choice_of(node)
        if asked is not None and len(chosen) == 2:
            first, second = (condition(one, reading) for one in chosen)
            held = condition(asked, reading)
            return either(both(held, first), both(no(held), second))
    if len(parts) == 3 and signs[1] in _AND | _OR:
        joined = both if signs[1] in _AND else either
        return joined(condition(parts[0], reading), condition(parts[2], reading))
    return _compared(parts, signs, reading) or _picked(node, reading) or _plain(node, reading)


def inner(node: Node) -> Node:
    """A node without the brackets around it."""
    while node.type.startswith("parenthesized") and node.named_child_count == 1:
        node = node.named_children[0]
    return node


def _unwrapped(node: Node, reading: Reading) -> Node:
    """What is made a truth value, without the call that does so."""
    function, given = (node.child_by_field_name(one) for one in ("function", "arguments"))
    if function is None or given is None or given.named_child_count != 1:
        return node
    is_truth = _TRUTH.fullmatch(reading.source.word(function)) is not None
    return inner(given.named_children[0]) if is_truth else node


def quantity(node: Node, reading: Reading) -> str:
    """What a condition is about, in one form for different ways of saying it."""
    node = inner(node)
    text = _BORROWED.sub("", written(node, node, reading.source))
    text = _COPIED.sub("", text)
    for name, other in reading.renamed.items():
        text = re.sub(rf"(?<![\w.$]){re.escape(name)}(?!\w)", other, text)
    if found := _LENGTHS.fullmatch(text):
        return f"len({found['of']})"
    return text


def picked(node: Node, reading: Reading) -> Picked | None:
    """Which elements of a collection an expression takes, goes over or looks for; None for others."""
    found = picked_of(node, reading.source)
    if found is None:
        return None
    within = quantity(found.within, reading)
    bound = reading
    if found.names:
        bound = replace(reading, renamed={**reading.renamed, **elements(found.names)})
    by = both(*(condition(one, bound) for one in found.by))
    return Picked(within, by if found.takes else no(by))


def _compared(parts: list[Node], signs: list[str], reading: Reading) -> Formula | None:
    if len(parts) < 3 or len(parts) % 2 == 0:
        return None
    found: list[Formula] = []
    for left, sign, right in zip(parts[::2], signs[1::2], parts[2::2], strict=False):
        if sign in _WITHIN and left.is_named and right.is_named:
            one = _within(left, right, reading)
            found.append(one if _WITHIN[sign] else no(one))
            continue
        if sign not in COMPARES or not (left.is_named and right.is_named):
            return None
        term = term_of(quantity(left, reading), sign, quantity(right, reading))
        if term is None:
            return None
        claim = Claim("==" if term.operator == "==" else "<", term.operands)
        found.append(_as_truth(claim) if term.holds else no(_as_truth(claim)))
    return both(*found)


def _as_truth(claim: Claim) -> Formula:
    """That something is `true` or `false`, is nowhere or has no length, as what it claims."""
    if claim.kind != "==":
        return claim
    told = (_equal(fixed, other) for fixed, other in (claim.of, claim.of[::-1]))
    return next((one for one in told if one is not None), claim)


def _equal(fixed: str, other: str) -> Formula | None:
    """What it claims that something is equal to some constants; None for others."""
    if fixed in {"True", "true"}:
        return Claim("is", (other,))
    if fixed in {"False", "false"}:
        return no(Claim("is", (other,)))
    if fixed in {'""', "''"}:
        return _is_empty(other)
    found = _PLACE.fullmatch(other) if fixed == "-1" else None
    return no(Claim("is", (f"{found['what']} in {found['of']}",))) if found else None


def _within(left: Node, right: Node, reading: Reading) -> Formula:
    first, right = quantity(left, reading), inner(right)
    if _LITERAL.fullmatch(right.type):
        values = [quantity(one, reading) for one in right.named_children]
        if values and all(constant(one) is not None for one in values):
            return either(*(Claim("==", (first, one)) for one in values))
    return Claim("is", (f"{first} in {quantity(right, reading)}",))


def _picked(node: Node, reading: Reading) -> Formula | None:
    """What `any` and `all` ask for: that there is an element of which something is so."""
    asked = elements_that(node, reading.source)
    if asked is None:
        return None
    found = picked(asked.those, reading)
    if found is None:
        return None
    if asked.but is not None:
        # The elements of which it is asked may have been picked before.
        each = {**reading.renamed, **elements(asked.names)}
        by = condition(asked.but, replace(reading, renamed=each))
        found = found._replace(by=both(found.by, by if asked.finds_such else no(by)))
    elif not asked.finds_such:
        found = found._replace(by=no(found.by))
    claim = something(found)
    return claim if asked.holds else no(claim)


def elements(names: tuple[str, ...]) -> Mapping[str, str]:
    """What the names of an element, or of its parts, are called in place of these."""
    told = [one for one in names if one != "_"]
    return {one: _EACH if len(told) == 1 else f"{_EACH}{at}" for at, one in enumerate(told)}


def something(found: Picked) -> Formula:
    """That there is an element of which something is so."""
    if isinstance(found.by, Claim) and found.by.kind == "==" and found.by.of.count(_EACH) == 1:
        return Claim(
            "is", (f"{next(one for one in found.by.of if one != _EACH)} in {found.within}",)
        )
    about = ", ".join(sorted(quantities([found.by])))
    return Claim("is", (f"∃ {found.within} by {about}: {normal(found.by)}",))


def _plain(node: Node, reading: Reading) -> Formula:
    text = quantity(node, reading)
    told = {**_FIXED, **reading.known}.get(text)
    if told is not None:
        return told
    if found := _HOLDS.fullmatch(text):
        within, what = (found[one] or found[f"own_{one}"] for one in ("of", "what"))
        return Claim("is", (f"{what} in {within}",))
    for pattern, claim in _PROPERTIES:
        if asked := pattern.fullmatch(text):
            one = claim(asked["of"])
            return no(one) if asked["no"] else one
    return Claim("is", (text,))
