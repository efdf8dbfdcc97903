"""What a class, a function or a value says of itself, and an edit gives up to suit the marked code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.gathering.dependents import parameters
from understudy.index.extraction import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.engine.evidence import Facts
    from understudy.engine.hunks import Hunk

_CONTRACT = re.compile(
    r"\bincorrectly (?:implements|extends)\b|\b(?:does|do) not (?:implement|override)\b|\babstract\b"
    r"|\bin base type\b|\boverrides? .{0,200}\bincompatibl",
    re.IGNORECASE,
)
"""What tools say of a class that does not do what its bases ask for."""
_LACKS = re.compile(
    r"\barguments? missing\b|\bmissing (?:\w+ ){0,3}(?:argument|parameter)|\bnot enough arguments\b"
    r"|\btoo few arguments\b|\bno value passed for parameter\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:Expected(?: at least)?|takes) (?P<wanted>\d+)(?:-\d+)? (?:\w+ )?arguments?,? but (?:got )?(?P<given>\d+)"
)
"""What they say of a call that gives less than a function asks for."""
_CLASS = re.compile(r"\b(?:class|interface|object)\s+(?P<name>\w+)(?P<bases>[^{\n]{0,400})")
_NO_BASE = frozenset({"extends", "implements", "with", "metaclass", "where", "public", "override"})
_TYPED = re.compile(
    r"\b(?P<called>(?:new\s+)?[\w.]+)<(?P<type>[^\n;(){}]{1,200})>(?P<given>\(\s*(?:null|undefined|\[\]|\{\})?\s*\))"
)
_BARE = re.compile(
    r"(?P<declared>:[^=\n]{1,200}=\s*)?\b(?P<called>(?:new\s+)?[\w.]+)"
    r"(?P<given>\(\s*(?:null|undefined|\[\]|\{\})?\s*\))"
)
"""A call that gives nothing a type could be told by; one that is declared has it from there."""
_OPTIONAL = re.compile(r"(?<![.\w])(?P<name>\w+)\?\s*(?:<[^<>\n]{0,80}>)?\(")
_WORD = re.compile(r"[^\W\d]\w*")
_SCRIPTS = frozenset({"typescript", "typescriptreact"})
_GENERIC = _SCRIPTS | {"java"}
_LONGEST = 1_000


def given_up(facts: Facts, hunks: Iterable[Hunk]) -> str:
    """The first thing that is given up, as it is written or by its name; empty for nothing."""
    target, language = facts.target, facts.before.language
    if target is None:
        return ""
    message = target.message[:_LONGEST]
    hunks = list(hunks)
    found = _untyped(hunks) if language in _GENERIC else ""
    if not found and _CONTRACT.search(message):
        optional = _made_optional(hunks, message) if language in _SCRIPTS else ""
        found = optional or _base_dropped(hunks)
    return found or (_parameter_dropped(facts) if _lacks_argument(message) else "")


def _untyped(hunks: Iterable[Hunk]) -> str:
    """A call that said the types of what it gives, and says them nowhere now."""
    for hunk in hunks:
        said = {(one["called"], one["given"]) for one in _found(_TYPED, hunk.old)}
        still = {(one["called"], one["given"]) for one in _found(_TYPED, hunk.new)}
        for one in _found(_BARE, hunk.new):
            called = (one["called"], one["given"])
            if called in said - still and not one["declared"]:
                return one["called"] + one["given"]
    return ""


def _base_dropped(hunks: Iterable[Hunk]) -> str:
    for hunk in hunks:
        after = {one["name"]: one["bases"] for one in _found(_CLASS, hunk.new)}
        for one in _found(_CLASS, hunk.old):
            was, now = _WORD.findall(one["bases"]), _WORD.findall(after.get(one["name"], ""))
            lost = [word for word in was if word not in now and word not in _NO_BASE]
            if one["name"] in after and lost and len(now) < len(was):
                return f"class {one['name']} without {lost[0]}"
    return ""


def _made_optional(hunks: Iterable[Hunk], message: str) -> str:
    """A method of which the diagnostic says that it lacks, and that may lack now."""
    named = set(_WORD.findall(message))
    for hunk in hunks:
        known = {one["name"] for one in _found(_OPTIONAL, hunk.old)}
        for one in _found(_OPTIONAL, hunk.new):
            if one["name"] in named - known:
                return f"{one['name']}?"
    return ""


def _lacks_argument(message: str) -> bool:
    counted = _COUNTED.search(message)
    if counted is not None:
        return int(counted["given"]) < int(counted["wanted"])
    return _LACKS.search(message) is not None


def _parameter_dropped(facts: Facts) -> str:
    """A function that takes less than before, because a call gives it less."""
    view = facts.before
    new = LineIndex(facts.after)
    after = {one.name: one for one in facts_of("", view.language, facts.after).definitions}
    for one in facts_of("", view.language, view.text).definitions:
        now = after.get(one.name)
        before = parameters(one, view.index) if now is not None else None
        there = parameters(now, new) if now is not None else None
        if before is not None and there is not None and there[1] < before[1]:
            return f"{one.name}() with fewer parameters"
    return ""


def _found(pattern: re.Pattern[str], lines: Iterable[str]) -> Iterator[re.Match[str]]:
    return (one for line in lines if len(line) <= _LONGEST for one in pattern.finditer(line))
