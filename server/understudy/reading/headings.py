"""Lines that begin a function, a class or the like, in any of the usual languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 400
"""Longer lines begin nothing; that bounds what the patterns look at."""
_NAMED = re.compile(
    r"\b(?:def|class|fn|func|function|interface|struct|enum|trait|module|namespace|sub|fun)\b"
    r"\s*(?:\([^()]{0,80}\)\s*)?\*?\s*(?P<name>[A-Za-z_$][\w$]*)"
)
_TYPE = re.compile(
    r"type\s+(?P<name>\w+)(?:\[[^\]]{0,80}\])?\s+(?:struct|interface)\b"
    r"|(?:pub(?:\([^()]{0,40}\))?\s+)?mod\s+(?P<mod>\w+)\s*\{"
)
"""A type of Go, and a module of Rust."""
_METHOD = re.compile(
    r"(?P<name>[A-Za-z_$~][\w$]*)\??(?:<[^()]{0,200}>)?\s?\([^;]*\)(?:[^;=]*\{|\s?:[^;]*;)"
)
_ARROW = re.compile(
    r"(?:export\s+(?:default\s+)?)?(?:const|let|var)\s+(?P<name>[A-Za-z_$][\w$]*)"
    r"\s*(?::[^=]{1,200})?=\s*(?:async\s*)?(?:\(|function\b|[A-Za-z_$][\w$]*\s*=>)"
)
_OPENED = re.compile(r"(?P<name>[A-Za-z_$~][\w$]*)\(")
"""The list of parameters follows, or that of arguments, in the lines below."""
_QUOTES = frozenset("\"'`")
_SENTENCE = frozenset(
    {"a", "an", "the", "this", "that", "one", "each", "every", "which", "whose", "of", "is", "are"}
)
"""Words in front of `class` or `function` where these are said, and not written."""
_NO_NAMES = frozenset({"if", "for", "while", "switch", "catch", "with", "return", "match", "else"})


@lru_cache(maxsize=4096)
def heading_of(line: str) -> str:
    """The name of what a line begins; empty for a line that begins nothing.

    The lines of one file are asked about several times for each reply.
    """
    if len(line) > _LONGEST:
        return ""
    bare = line.strip()
    if bare.startswith(("#", "//", "*", "/*")):
        return ""
    if found := _TYPE.match(bare):
        return found["name"] or found["mod"]
    if (found := _NAMED.search(bare)) and not _is_said(bare[: found.start()]):
        return found["name"]
    found = _ARROW.match(bare)
    if found is None or not (bare.endswith("(") or "=>" in bare):
        found = _method(bare)
    return found["name"] if found and found["name"] not in _NO_NAMES else ""


def heading_at(lines: Sequence[str], at: int) -> str:
    """The same for one of several lines, whose brace may stand alone on the next one."""
    if at >= len(lines):
        return ""
    is_opened = at + 1 < len(lines) and lines[at + 1].strip() == "{"
    return heading_of(lines[at]) or (heading_of(f"{lines[at].rstrip()} {{") if is_opened else "")


def _is_said(before: str) -> bool:
    """Whether the word behind some text stands in a string or in a sentence."""
    if before[:1] in _QUOTES or before.count('"') % 2:
        return True
    return not _SENTENCE.isdisjoint(before.lower().split())


def _method(bare: str) -> re.Match[str] | None:
    if not bare.endswith(("{", ";", "(")):
        return None
    return _METHOD.search(bare) or _OPENED.fullmatch(bare)
