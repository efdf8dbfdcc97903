"""Checkers that users describe in their settings: what such a description must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

OWN_KEYS = ("languages", "output", "pattern", "stdin", "severity", "is_type_checker")
"""The keys of a checker that only one of the user's own has."""
_DESCRIBING = frozenset({"languages", "output", "pattern"})
GROUPS = frozenset(
    {"file", "line", "column", "end_line", "end_column", "severity", "code", "message"}
)
"""What a pattern may name in a line of output."""
_NEEDED = frozenset({"line", "message"})
_MAX_PATTERN = 1_000


def describes(table: object) -> bool:
    """Whether a table may be the description of a checker; else its id is a misspelt one."""
    return isinstance(table, Mapping) and not _DESCRIBING.isdisjoint(map(str, table))


def line_pattern(text: str) -> str:
    """A regular expression that can be used on lines of output; empty for none.

    Raises:
        ValueError: when it can't be used; the clause says why.
    """
    if len(text) > _MAX_PATTERN:
        raise ValueError(f"it may have {_MAX_PATTERN} characters at most")
    if not text:
        return text
    try:
        groups = re.compile(text).groupindex.keys()
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"it is no regular expression: {error}") from error
    if unknown := sorted(groups - GROUPS):
        raise ValueError(f"there is no place for a group `{unknown[0]}`")
    if missing := sorted(_NEEDED - groups):
        raise ValueError(f"the group `{missing[0]}` is missing")
    return text
