"""Lines that begin a function, a class or the like, in any of the usual languages."""

from __future__ import annotations

import re

_LONGEST = 400
"""Longer lines begin nothing; that bounds what the patterns look at."""
_NAMED = re.compile(
    r"\b(?:def|class|fn|func|function|interface|struct|enum|trait|module|namespace|sub|fun)\b"
    r"\s*(?:\([^()]{0,80}\)\s*)?\*?\s*(?P<name>[A-Za-z_$][\w$]*)"
)
_METHOD = re.compile(
    r"(?P<name>[A-Za-z_$~][\w$]*)\??(?:<[^()]{0,200}>)?\s?\([^;]*\)(?:[^;=]*\{|\s?:[^;]*;)"
)
_ARROW = re.compile(
    r"(?:export\s+(?:default\s+)?)?(?:const|let|var)\s+(?P<name>[A-Za-z_$][\w$]*)"
    r"\s*(?::[^=]{1,200})?=\s*(?:async\s*)?(?:\(|function\b|[A-Za-z_$][\w$]*\s*=>)"
)
_OPENED = re.compile(r"(?P<name>[A-Za-z_$~][\w$]*)\(")
"""The list of parameters follows, or that of arguments, in the lines below."""
_NO_NAMES = frozenset({"if", "for", "while", "switch", "catch", "with", "return", "match", "else"})


def heading_of(line: str) -> str:
    """The name of what a line begins; empty for a line that begins nothing."""
    if len(line) > _LONGEST:
        return ""
    bare = line.strip()
    if bare.startswith(("#", "//", "*", "/*")):
        return ""
    if found := _NAMED.search(bare):
        return found["name"]
    found = _ARROW.match(bare)
    if found is None or not (bare.endswith("(") or "=>" in bare):
        found = _method(bare)
    return found["name"] if found and found["name"] not in _NO_NAMES else ""


def _method(bare: str) -> re.Match[str] | None:
    if not bare.endswith(("{", ";", "(")):
        return None
    return _METHOD.search(bare) or _OPENED.fullmatch(bare)
