"""Marked code that a mere constant takes the place of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.nearness import near
from understudy.engine.hunks import Hunk, hunks_of
from understudy.engine.traits import tools_own
from understudy.index.extraction import is_indexed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.evidence import Facts

_STRING = re.compile(r'"(?:[^"\\\n]|\\.){0,400}"|\'(?:[^\'\\\n]|\\.){0,400}\'|`[^`$\n]{0,400}`')
_REMARK = re.compile(r"(?:^|\s)(?:#(?![!\[])|//).*|/\*.*?\*/")
_NAME = re.compile(r"(?<![\w$])[^\W\d][\w$]*")
_LEADS = frozenset({"return", "yield", "default", "case", "else", "break", "match"})
_CONSTANTS = (
    *("None", "True", "False", "null", "nil", "undefined", "true", "false", "NULL", "nullptr"),
    *("NaN", "Infinity"),
)
_VALUES = frozenset(
    {
        *_CONSTANTS,
        *("pass", "dict", "list", "set", "tuple", "str", "int", "float", "bool"),
        *("Ok", "Vec", "String", "Default", "HashMap", "new", "emptyList", "listOf", "mapOf"),
    }
)
"""Words of constants and of values with nothing in them."""
_WRAPPERS = _VALUES | {
    *("Some", "Box", "Rc", "Arc", "Cell", "RefCell", "HashSet", "BTreeMap", "BTreeSet", "from"),
    *("Promise", "resolve", "Map", "Set", "Array", "Object", "Number", "Boolean", "BigInt"),
    *("Decimal", "Fraction", "frozenset", "bytes", "bytearray", "complex"),
    *(
        "Integer",
        "Long",
        "Short",
        "Byte",
        "Double",
        "Float",
        "Character",
        "BigDecimal",
        "BigInteger",
    ),
    *(
        "Optional",
        "OptionalInt",
        "List",
        "Collections",
        "Arrays",
        "valueOf",
        "of",
        "ofNullable",
        "empty",
    ),
    *("emptyMap", "emptySet", "setOf", "EXIT_FAILURE", "EXIT_SUCCESS"),
}
"""The same and what makes a value of another type from one: with nothing else they are a constant too."""
_LITERAL = re.compile(r'"[^"\\\n]+"|\'[^\'\\\n]+\'|(?<![\w.])\d[\w.]*')
_SLIGHT = frozenset({"0", "1", "0.0", "1.0"})
"""Numbers that other types write as words."""
_CONSTANT = re.compile(
    r'\d|""|\[\s*\]|\{\s*\}|\(\s*\)|\.\.\.|\b(?:' + "|".join(sorted(_VALUES)) + r")\b"
)
_MEANT = re.compile(
    r"\balways\b|\bnever\b|\binstead\b|\bconstant\b|\bredundant|\buseless|\bunnecessar|\bneedless|\bunreach"
    r"|\bunused|\bnot (?:used|accessed)|\btoo many\b|\bno effect\b|\bsimplif|\bidentical\b|\bremove\b",
    re.IGNORECASE,
)
"""What tools say of code that a constant may well stand for, or that is too much."""
_WORDS = frozenset(
    {"const", "let", "var", "await", "in", "is", "not", "and", "or", "if", "new", "self"}
)
_LONGEST = 1_000
_SHOWN = 40


def emptied(facts: Facts) -> str:
    """That nothing of the marked statement is left but a constant in its place, as a clause.

    Empty where something else stands there too, and where the diagnostic says that the code always
    comes to the same, or is too much.
    """
    target, index = facts.target, facts.before.index
    if facts.rule or target is None or facts.wished or facts.parsed_before is False:
        return ""
    words = f"{target.code} {target.message}"[:_LONGEST]
    if not is_indexed(facts.before.language) or _MEANT.search(words) or tools_own(facts):
        return ""
    marked = index.lines_of(target.span)
    for hunk in _joined(hunks_of(index, facts.edits)):
        told = _constant(hunk) if any(one in marked for one in hunk.touched) else ""
        old = [line for at, line in enumerate(hunk.old, hunk.first) if at in marked]
        names = _names(old)
        if told and names and not _is_misspelt(names) and not _is_same(old, told):
            return f"The marked code goes away, and only `{told[:_SHOWN]}` takes its place"
    return ""


def _joined(hunks: Iterable[Hunk]) -> list[Hunk]:
    """The hunks, those on neighbouring lines as one."""
    found: list[Hunk] = []
    for one in hunks:
        last = found[-1] if found else None
        if last is not None and last.first + len(last.old) == one.first:
            found[-1] = Hunk(last.first, (*last.old, *one.old), (*last.new, *one.new))
        else:
            found.append(one)
    return found


def _constant(hunk: Hunk) -> str:
    """The new lines of a hunk as one, if they hold nothing but a constant; else empty."""
    if not hunk.old or any(len(line) > _LONGEST for line in (*hunk.old, *hunk.new)):
        return ""
    bare = [_bare(line) for line in hunk.new]
    if not _CONSTANT.search("\n".join(bare)) or _names(hunk.new) - _VALUES:
        return ""
    return " ".join(" ".join(hunk.new).split())


def _names(lines: Iterable[str]) -> frozenset[str]:
    """The names in some lines, without words of the languages."""
    found = (word for line in lines for word in _NAME.findall(_bare(line[:_LONGEST])))
    return frozenset(found) - _LEADS - _WORDS


def _bare(line: str) -> str:
    return _REMARK.sub("", _STRING.sub('""', line))


def _is_same(old: Iterable[str], told: str) -> bool:
    """Whether some lines were but a constant as well, as far as can be seen of the same value."""
    lines = [line[:_LONGEST] for line in old]
    said = (one.strip("\"'") for line in lines for one in _LITERAL.findall(_REMARK.sub("", line)))
    return _names(lines) <= _WRAPPERS and all(one in _SLIGHT or one in told for one in said)


def _is_misspelt(names: frozenset[str]) -> bool:
    """Whether the only name is nearly spelt like a constant."""
    return len(names) == 1 and any(near(one, _CONSTANTS) for one in names)
