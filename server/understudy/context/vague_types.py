"""Declared types that say nothing, such as `Any` and `unknown`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from understudy.context.annotations import MEMBERS, RESULT, Declared, python_types, script_types

if TYPE_CHECKING:
    from understudy.context.annotations import Path
    from understudy.context.grammar import Grammar

_NOTHING = r"(?:[\w]+\.)?(?:Any|any|unknown|object|Object|mixed|untyped)|\{\}|interface\s*\{\}|\*"
_SAYS_NOTHING = re.compile(_NOTHING)
_AROUND = re.compile(
    r"(?:[\w]+\.)?(?:Optional|list|List|Sequence|Iterable|Array|ReadonlyArray|Promise|Awaitable|Final)"
    r"[\[<](?P<inner>.*)[\]>]|(?P<item>.+)\[\]|\((?P<own>.*)\)"
)
_OPTIONAL = frozenset({"", "None", "null", "undefined", "void"})
_ANY_OTHER = frozenset({"__eq__", "__ne__", "__exit__", "__aexit__", "__contains__"})
"""Methods of Python that take whatever they are given."""
_GUARD = re.compile(r"\bis\b|\basserts\b|\bType(?:Guard|Is)\b")
"""What a function returns that finds out the type of its argument."""
_WRITTEN = re.compile(
    r"@(?:param|return|returns|type)[ \t]+(?:\{(?P<js>[^{}\n]*)\}|(?P<own>\w+)[ \t]+(?P<lua>any)\b)[ \t]*(?P<name>\w*)"
    r"|\b(?P<php>mixed)[ \t]+(?P<var>\$\w+)|\)[ \t]*:[ \t]*(?P<result>mixed)\b|\bT\.(?P<ruby>untyped)\b"
)
"""The same in comments and signatures of JavaScript, Lua, PHP and Ruby."""


def newly_vague(before: str, after: str, language: str, grammar: Grammar | None) -> str:
    """The first name that is declared of a type which says nothing, and was not before; or nothing.

    What takes anything by its nature does not count: further arguments of Python, and its comparisons.
    """
    if language == "python":
        return _first(python_types(before), python_types(after))
    if language.startswith("typescript"):
        return _first(script_types(before, grammar), script_types(after, grammar))
    come = _written(after) - _written(before)
    return next(iter(come), "")


def _first(old: dict[Path, Declared] | None, new: dict[Path, Declared] | None) -> str:
    known = old or {}
    for path, now in (new or {}).items():
        if path[-1] == MEMBERS or now.is_rest or not says_nothing(now.type):
            continue
        result = (new or {}).get((*path[:-1], RESULT))
        if not _ANY_OTHER.isdisjoint(path) or (result and _GUARD.search(result.type)):
            continue
        if path not in known or not says_nothing(known[path].type):
            return ".".join(path[-2:-1]) if path[-1] == RESULT else path[-1]
    return ""


def says_nothing(written: str) -> bool:
    """Whether a type as it is written holds for every value, or for lists of these."""
    written = written.strip()
    if found := _AROUND.fullmatch(written):
        return says_nothing(found["inner"] or found["item"] or found["own"] or "")
    parts = [one.strip() for one in written.split("|")]
    told = [one for one in parts if one not in _OPTIONAL]
    return bool(told) and any(_SAYS_NOTHING.fullmatch(one) for one in told)


def _written(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in _WRITTEN.finditer(text):
        kind = one["js"] or one["lua"] or one["php"] or one["result"] or one["ruby"] or ""
        if says_nothing(kind):
            found[one["own"] or one["name"] or one["var"] or kind] += 1
    return found
