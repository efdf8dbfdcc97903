"""What comments and docstrings say: something, or only that something is to be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_MARKS = " \t\r\n#/*-<>!;%{}\"'`.:=()[]"
_PREFIX = re.compile(r"[rRuUbBfF]{1,2}(?=['\"])")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+")
_TO_DO = re.compile(
    r"(?:TO[ -]?DO|FIX[ -]?ME|X{3}|TBD|HACK)\b"
    r"|(?:your |the )?(?:code|implementation|logic|validation|documentation|description|docstring|content)s?"
    r"(?: goes| to be added| to come)?(?: here| below| later| needed| missing)?\W*$"
    r"|(?:add|implement|write|put|insert|fill in|document|describe|handle|validate|complete|do|call)\b[^.\n]{0,80}"
    r"\b(?:here|later|this|me|it)\W*$"
    r"|(?:not (?:yet )?implemented|to be (?:done|implemented|written|documented)|placeholder|undocumented)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?:[-:@\w*.`]+(?:[ \t]*\([^()\n]{0,80}\))?(?:[ \t]+\w+)?[ \t]*(?::|-{1,2}|\u2013|\u2014)[ \t]*)?"
    r"(?:TO[ -]?DO|FIX[ -]?ME|X{3}|TBD|\?{3})\W*(?:$|(?:document|describe|explain|write|add|fill)\b)"
)
"""A line of a list of parameters, or one alone, where the description is still to come."""
_LITTLE = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "is",
        "of",
        "for",
        "to",
        "and",
        "function",
        "method",
        "class",
        "struct",
        "type",
        "procedure",
        "module",
        "def",
        "fn",
        "func",
        "does",
        "documentation",
        "doc",
        "docstring",
        "comment",
    ]
)
_LONGEST = 400


def is_to_do(note: str) -> bool:
    """Whether a comment or docstring says nothing but that something is to be written.

    One that goes on with other lines says more.
    """
    bare = _bare(note)
    if "\n" in bare:
        return all(map(is_to_do, filter(str.strip, bare.split("\n"))))
    return _TO_DO.match(bare[:_LONGEST]) is not None


def left_to_do(note: str, before: str) -> str:
    """The first line of a comment or docstring that leaves something to be written; empty for none.

    Args:
        note: with its marks.
        before: a text whose lines do not count.
    """
    known = {line.strip(_MARKS) for line in before.split("\n")}
    lines = (line for line in _bare(note).split("\n") if line not in known)
    return next((line[:80] for line in lines if _LEFT.match(line[:_LONGEST])), "")


def says_nothing(note: str, names: Collection[str]) -> bool:
    """Whether a comment or docstring tells no more than the code: nothing, a name, a promise.

    Args:
        note: with its marks.
        names: of what the code defines.
    """
    words = {word.lower() for word in _PART.findall(_bare(note))} - _LITTLE
    if not any(any(map(str.isalpha, word)) for word in words) or is_to_do(note):
        return True
    return any(words <= {part.lower() for part in _PART.findall(name)} for name in names)


def _bare(note: str) -> str:
    text = note.strip()
    prefix = _PREFIX.match(text)
    lines = (text[prefix.end() :] if prefix else text).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip(_MARKS) for line in lines.split("\n")).strip()
