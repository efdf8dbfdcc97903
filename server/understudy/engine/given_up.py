"""What a class, a function or a value says of itself, and an edit gives up to suit the marked code."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import LineIndex
from understudy.gathering.dependents import parameters
from understudy.index.extraction import facts_of
from understudy.index.facts import path_of

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
_WANTED = re.compile(
    r"\bnot assignable to (?:parameter of )?type '(?:(?:Promise|Readonly)<)?(?P<type>[\w.]+)<(?![^']*\b(?:any|unknown)\b)"
)
"""What TypeScript says of a value whose type has other arguments than the one of its place."""
_VARIABLE = re.compile(r"\b(?:const|let|var)\b")
_OPTIONAL = re.compile(r"(?<![.\w])(?P<name>\w+)\?\s*(?:<[^<>\n]{0,80}>)?\(")
_WORD = re.compile(r"[^\W\d]\w*")
_SCRIPTS = frozenset({"typescript", "typescriptreact"})
_GENERIC = _SCRIPTS | {"java"}
_LONGEST = 1_000


class _Function(NamedTuple):
    """A function: its name with those around it, its head as written, and how much it takes."""

    path: tuple[str, ...]
    head: str
    takes: int


def given_up(facts: Facts, hunks: Iterable[Hunk]) -> str:
    """The first thing that is given up, as it is written or by its name; empty for nothing."""
    target, language = facts.target, facts.before.language
    if target is None:
        return ""
    message = target.message[:_LONGEST]
    hunks = list(hunks)
    found = _untyped(hunks, _expected(facts, message)) if language in _GENERIC else ""
    if not found and _CONTRACT.search(message):
        optional = _made_optional(hunks, message) if language in _SCRIPTS else ""
        found = optional or _base_dropped(hunks)
    return found or (_parameter_dropped(facts) if _lacks_argument(message) else "")


def _expected(facts: Facts, message: str) -> tuple[range, str]:
    """The marked lines, and the type that a value there is to have, as a diagnostic says."""
    wanted = _WANTED.search(message)
    target = facts.target
    if wanted is None or target is None:
        return range(0), ""
    return facts.before.index.lines_of(target.span), wanted["type"]


def _untyped(hunks: Iterable[Hunk], expected: tuple[range, str]) -> str:
    """A call that said the types of what it gives, and says them nowhere now.

    What a place with a declared type is given has them from there.
    """
    marked, wanted = expected
    for hunk in hunks:
        said = {(one["called"], one["given"]) for one in _found(_TYPED, hunk.old)}
        still = {(one["called"], one["given"]) for one in _found(_TYPED, hunk.new)}
        is_marked = any(line in marked for line in hunk.touched)
        for one in _found(_BARE, hunk.new):
            called = (one["called"], one["given"])
            is_given = is_marked and not _VARIABLE.search(one.string[: one.start("called")])
            if is_given and wanted and one["called"].split()[-1] == wanted:
                continue
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
    was, now = (_functions(text, view.language) for text in (view.text, facts.after))
    known, still = set(was), set(now)
    gone = [one for one in was if one not in still]
    come = [one for one in now if one not in known]
    for start in (0, -1):  # By their whole paths first: in a class with another name, by their own.
        there: dict[tuple[str, ...], deque[_Function]] = defaultdict(deque)
        for one in come:
            there[one.path[start:]].append(one)
        left = []
        for one in gone:
            same = there[one.path[start:]]
            if not same:
                left.append(one)
            elif same.popleft().takes < one.takes:
                return f"{one.path[-1]}() with fewer parameters"
        gone, come = left, [one for others in there.values() for one in others]
    return ""


def _functions(text: str, language: str) -> list[_Function]:
    lines = LineIndex(text)
    found = facts_of("", language, text).definitions
    told = ((one, parameters(one, lines)) for one in found)
    return [
        _Function(
            path_of(one, found),
            "".join(lines.lines[one.head : max(one.body, one.head + 1)]),
            taken[1],
        )
        for one, taken in told
        if taken is not None
    ]


def _found(pattern: re.Pattern[str], lines: Iterable[str]) -> Iterator[re.Match[str]]:
    return (one for line in lines if len(line) <= _LONGEST for one in pattern.finditer(line))
