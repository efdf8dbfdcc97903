"""Conditions as formulas, and the worlds in which they can be told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Value = float | str
_NULLS = frozenset({"None", "null", "nil", "undefined", "NULL", "nullptr"})
_NULL = "None"
_BOOLEANS = {"True": 1.0, "true": 1.0, "False": 0.0, "false": 0.0}
_NUMBER = re.compile(r"-?\d[\d_]*(?:\.\d+)?")
_STRING = re.compile(r"[A-Za-z]{0,2}(?P<quote>[\"'`]).*(?P=quote)", re.DOTALL)
_EMPTY = re.compile(r"[A-Za-z]{0,2}([\"'`]){2}")
_LENGTH = re.compile(r"len\((?P<of>.+)\)", re.DOTALL)
_ONLY_VALUES = re.compile(r"(?:isinstance\(|typeof )(?P<of>[\w.$]+)|(?P<what>[\w.$]+) instanceof ")
_SOME = re.compile(r"(?P<about>∃ (?P<of>.+?) by .*?): ", re.DOTALL)
"""How a claim begins that something in a collection is so, with what that depends on."""
_OTHER = "…"
"""A value that no constant stands for."""
_MOST_WORLDS = 512


@dataclass(frozen=True, slots=True)
class Claim:
    """That something counts as true, that two are equal, or that the first is less than the second."""

    kind: Literal["is", "==", "<"]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """That something is not so."""

    part: Formula


@dataclass(frozen=True, slots=True)
class Both:
    """That all of its parts are so."""

    parts: tuple[Formula, ...]


Formula = Claim | Not | Both
TRUE = Both(())
FALSE = Not(TRUE)


def no(formula: Formula) -> Formula:
    """That something is not so, without a double negation."""
    return formula.part if isinstance(formula, Not) else Not(formula)


def both(*formulas: Formula) -> Formula:
    """That all of some are so."""
    if FALSE in formulas:
        return FALSE
    parts = tuple(one for one in formulas if one != TRUE)
    return parts[0] if len(parts) == 1 else Both(parts)


def either(*formulas: Formula) -> Formula:
    """That one of some is so."""
    return no(both(*map(no, formulas)))


def claims(formula: Formula) -> Iterator[Claim]:
    """All that a formula is made of."""
    if isinstance(formula, Claim):
        yield formula
    elif isinstance(formula, Not):
        yield from claims(formula.part)
    else:
        for part in formula.parts:
            yield from claims(part)


def normal(formula: Formula, *, holds: bool = True) -> str:
    """A formula in words that don't depend on how it is nested, ordered or negated."""
    if isinstance(formula, Not):
        return normal(formula.part, holds=not holds)
    if isinstance(formula, Claim):
        return ("" if holds else "not ") + f"{formula.kind}({', '.join(formula.of)})"
    parts = sorted({normal(part, holds=holds) for part in formula.parts})
    return parts[0] if len(parts) == 1 else f"{'all' if holds else 'one'}[{'; '.join(parts)}]"


def quantities(formulas: Iterable[Formula]) -> frozenset[str]:
    """What the claims are about, without constants."""
    told = (of for formula in formulas for claim in claims(formula) for of in claim.of)
    return frozenset(one for one in told if constant(one) is None)


def subjects(formulas: Iterable[Formula]) -> frozenset[str]:
    """The same, one for those that are only compared with each other.

    They are a collection and its length, and whether there are elements of one or another kind.
    """
    return frozenset(map(_subject, quantities(formulas)))


def _subject(quantity: str) -> str:
    if found := _SOME.match(quantity):
        return found["about"]
    length = _LENGTH.fullmatch(quantity)
    return length["of"] if length else quantity


def constant(text: str) -> Value | None:
    """The value that a text stands for; None for one that is only known when it is run."""
    if text in _NULLS:
        return _NULL
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _NUMBER.fullmatch(text):
        return float(text.replace("_", ""))
    return text if _STRING.fullmatch(text) else None


def worlds(formulas: Sequence[Formula]) -> list[Mapping[str, Value]] | None:
    """Values of all quantities in which formulas may turn out one way or the other.

    None where there would be too many. Numbers are tried around the constants they are compared with,
    as whole ones.
    """
    every = [claim for formula in formulas for claim in claims(formula)]
    names = sorted(quantities(formulas))
    domains = [_domain(name, names, every) for name in names]
    if prod(map(len, domains)) > _MOST_WORLDS:
        return None
    found = (dict(zip(names, one, strict=True)) for one in product(*domains))
    return [world for world in found if _possible(world)]


def holds(formula: Formula, world: Mapping[str, Value]) -> bool:
    """Whether a formula is so in a world that knows all of its quantities."""
    if isinstance(formula, Not):
        return not holds(formula.part, world)
    if isinstance(formula, Both):
        return all(holds(part, world) for part in formula.parts)
    first, *more = (_value(of, world) for of in formula.of)
    if formula.kind == "is":
        length = world.get(f"len({formula.of[0]})")
        return _is_true(first if length is None else length)
    if formula.kind == "==":
        return first == more[0]
    second = more[0]
    return isinstance(first, float) and isinstance(second, float) and first < second


def _value(of: str, world: Mapping[str, Value]) -> Value:
    known = constant(of)
    return world[of] if known is None else known


def _is_true(value: Value) -> bool:
    return value not in {0.0, _NULL} and not (
        isinstance(value, str) and _EMPTY.fullmatch(value) is not None
    )


def _domain(name: str, names: Sequence[str], every: Sequence[Claim]) -> list[Value]:
    own = [claim for claim in every if name in claim.of]
    compared = [claim for claim in own if claim.kind != "is"]
    sides = {of for claim in compared for of in claim.of if of != name}
    fixed = {value for value in map(constant, sides) if value is not None}
    is_number = any(claim.kind == "<" for claim in own) or _LENGTH.fullmatch(name) is not None
    found: set[Value] = {value for value in fixed if isinstance(value, str)}
    numbers = {value for value in fixed if isinstance(value, float)}
    if any(constant(side) is None for side in sides):
        numbers |= {0.0}
        numbers |= {value for of in _all_of(every) if isinstance(value := constant(of), float)}
    if is_number:
        numbers |= {0.0} if not numbers else set()
    found |= {number + step for number in numbers for step in (-1.0, 0.0, 1.0)}
    if not numbers:
        found |= {_OTHER}
        is_asked = any(claim.kind == "is" for claim in own)
        # What has parts is an object, and there is no object that counts as false.
        if is_asked and not any(other.startswith(f"{name}.") for other in names):
            found |= {0.0}
    if _LENGTH.fullmatch(name):
        found = {value for value in found if isinstance(value, float) and value >= 0}
    return sorted(found, key=str)


def _all_of(every: Iterable[Claim]) -> Iterator[str]:
    return (of for claim in every for of in claim.of)


def _possible(world: Mapping[str, Value]) -> bool:
    """Whether what follows from the meaning of quantities is so."""
    for name, value in world.items():
        if not _is_true(value):
            continue
        only = _ONLY_VALUES.match(name)
        of = (only["of"] or only["what"]) if only else ""
        if of in world and world[of] == _NULL:
            return False
        within = _SOME.match(name)
        if within and any(
            not _is_true(world.get(one, _OTHER)) for one in (within["of"], f"len({within['of']})")
        ):
            return False
    return True
