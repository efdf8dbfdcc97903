"""Findings of a review in JSON: the schema, what a value of it says, and where a finding stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from understudy.reading.locate import Place, locate
from understudy.reading.part_of_line import part_of_line
from understudy.workspace.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FIX = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "required": ["old", "new"],
    "properties": {
        "old": {
            "type": "string",
            "description": "The lines that change, as the file has them, with so many lines around"
            " them that they occur once.",
        },
        "new": {"type": "string", "description": "What takes their place."},
    },
}
_FINDING = {
    "type": "object",
    "additionalProperties": False,
    "required": ["line", "quote", "severity", "message", "fix"],
    "properties": {
        "line": {"type": "integer", "description": "Where it stands, counted from 1."},
        "quote": {
            "type": "string",
            "description": "The line or lines that are at fault, copied letter by letter.",
        },
        "severity": {"type": "string", "enum": [one.value for one in Severity]},
        "message": {
            "type": "string",
            "description": "What is wrong and why, in a sentence or two.",
        },
        "fix": {**_FIX, "description": "A small change that puts it right; null without one."},
    },
}
SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["findings"],
        "properties": {"findings": {"type": "array", "items": _FINDING}},
    }
)
"""A JSON schema within the limits of the vendors' strict modes: every property is required."""

_SHORT = 200
_SIGNS = (":", "{", "[", "```", "\n\n", "\n-", "\n*")
_NOTHING = re.compile(
    r"(?:\bno|(?:\b(?:not|never)|n['\u2019]t)\b[^.\n]{0,30}\bany|\bwithout(?: any)?)[ ](?:\w+[ ]){0,2}"
    r"(?:problems?|issues?|bugs?|findings?|errors?|defects?|concerns?|faults?|mistakes?)\b",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:but|however|except|although|though|apart|besides|other than|aside|only|unless|yet"
    r"|can(?:not|'t|\u2019t)[ ](?:review|tell|say|judge))\b",
    re.IGNORECASE,
)
_LISTS = ("findings", "issues", "comments", "problems", "remarks")
_SEVERITIES = {
    "error": Severity.ERROR,
    "critical": Severity.ERROR,
    "high": Severity.ERROR,
    "major": Severity.ERROR,
    "warning": Severity.WARNING,
    "medium": Severity.WARNING,
    "information": Severity.INFORMATION,
    "info": Severity.INFORMATION,
    "low": Severity.INFORMATION,
    "minor": Severity.INFORMATION,
    "hint": Severity.HINT,
    "nit": Severity.HINT,
    "style": Severity.HINT,
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding, as it was written.

    Attributes:
        line: where it is said to stand, counted from 1; None when nothing is said.
        quote: the text that is at fault.
        old / new: the change that is proposed; both empty for none.
    """

    message: str
    quote: str
    line: int | None = None
    severity: Severity = Severity.WARNING
    old: str = ""
    new: str = ""


def problems(value: Any) -> list[str]:
    """What keeps a value from being a list of findings, each with its place."""
    return [found for found in _read(value) if isinstance(found, str)]


def remarks_of(value: Any) -> tuple[Remark, ...]:
    """The findings of a value without `problems`, in its order."""
    return tuple(found for found in _read(value) if isinstance(found, Remark))


def remarks_so_far(root: Any, opened: Sequence[Any]) -> tuple[Remark, ...]:
    """The findings that are complete in a value which is still being written.

    Args:
        root: the value.
        opened: its parts that are not closed yet.
    """
    values = root
    if isinstance(root, dict):
        values = next((root[name] for name in _LISTS if name in root), None)
    if not isinstance(values, list):
        return ()
    complete = [one for one in values if not any(one is part for part in opened)]
    return remarks_of({_LISTS[0]: complete})


def finds_nothing(answer: str) -> bool:
    """Whether an answer says in words, and says no more, that there is nothing to find fault with."""
    words = answer.strip()
    return (
        len(words) <= _SHORT
        and _NOTHING.search(words) is not None
        and not _BUT.search(words)
        and not any(sign in words for sign in _SIGNS)
    )


def place_of(remark: Remark, file: Sequence[str]) -> range | None:
    """The lines that a finding is about; None when its quotation is not in the file, or not one.

    Args:
        remark: the finding. Its line number only decides between places that fit equally well.
        file: the document's lines, without their ends.
    """
    wanted = _lines(remark.quote)
    if not wanted:
        return None
    hint = remark.line - 1 if remark.line is not None else None
    found = locate(file, wanted, hint=hint)
    if isinstance(found, Place):
        return found.lines
    if hint is not None and _is_on(wanted, file, hint):
        return range(hint, hint + 1)
    inside = part_of_line(file, wanted, wanted)
    return inside[0] if inside is not None else None


def _is_on(wanted: Sequence[str], file: Sequence[str], line: int) -> bool:
    """Whether a text is a part of the very line that is named; it may occur elsewhere too."""
    return len(wanted) == 1 and 0 <= line < len(file) and wanted[0].strip() in file[line]


def _lines(quote: str) -> list[str]:
    """The quoted lines, without blank ones around them."""
    lines = quote.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return lines


def _read(value: Any) -> Iterator[Remark | str]:
    if isinstance(value, dict):
        name = next((one for one in _LISTS if one in value), None)
        if name is None:
            yield "`findings` is missing: a list, empty where there is nothing to report."
            return
        where, value = f"`{name}`", value[name]
    else:
        where = "The answer"
        if value == []:
            # An empty list may stand in any prose, as code.
            yield 'The answer must be an object: `{"findings": []}` where there is nothing to report.'
            return
    if not isinstance(value, list):
        yield f"{where} must be a list, not {_kind(value)}."
        return
    for number, one in enumerate(value):
        yield from _one(one, f"findings[{number}]")


def _one(value: Any, where: str) -> Iterator[Remark | str]:
    if not isinstance(value, dict):
        yield f"`{where}` must be an object, not {_kind(value)}."
        return
    wrong = [
        f"`{where}.{name}` must be a text that is not empty, not {_kind(value.get(name))}."
        for name in ("quote", "message")
        if not (isinstance(value.get(name), str) and value[name].strip())
    ]
    yield from wrong
    if wrong:
        return
    line = value.get("line")
    severity = value.get("severity")
    old, new = _fix(value.get("fix"))
    yield Remark(
        message=value["message"],
        quote=value["quote"],
        line=line if isinstance(line, int) and not isinstance(line, bool) else None,
        severity=_SEVERITIES.get(str(severity).lower(), Severity.WARNING),
        old=old,
        new=new,
    )


def _fix(value: Any) -> tuple[str, str]:
    match value:
        case {"old": str(old), "new": str(new)} if old.strip():
            return old, new
        case _:
            return "", ""


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "a text" if value.strip() else "an empty text"
    return _KINDS.get(type(value), "an object")


_KINDS: dict[type[Any], str] = {
    type(None): "nothing",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
}
