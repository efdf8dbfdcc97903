"""Definitions that an edit takes away because a diagnostic says that nothing uses them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.index.lost import lost_definitions
from understudy.index.lost_members import lost_members

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.evidence import Facts
    from understudy.engine.hunks import Hunk
    from understudy.workspace.diagnostics import Diagnostic

_UNUSED = re.compile(
    r"\bunused|\bdead[ _]code\b|\b(?:never|not) (?:used|read|accessed|called|constructed|invoked)\b"
    r"|\bnever (?:locally )?(?:used|called)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d][\w$]*")
_LONGEST = 1_000


def unused_lines(facts: Facts) -> frozenset[int]:
    """The lines of definitions and members that go and that a diagnostic calls unused by their names.

    Counted from 0. What has a name that stands anywhere in the text afterwards is none of them.
    """
    targets = (*filter(None, (facts.target,)), *facts.besides)
    told = [one for one in targets if _UNUSED.search(f"{one.code} {one.message}"[:_LONGEST])]
    if not told:
        return frozenset()
    left = _words(facts.after)
    return frozenset(
        line
        for name, lines in _lost(facts.before.text, facts.after, facts.before.language)
        if name not in left and any(_names(one, name, lines, facts) for one in told)
        for line in lines
    )


def others(hunks: Iterable[Hunk], unused: frozenset[int]) -> tuple[Hunk, ...]:
    """The hunks that do more than to take such lines away."""
    return tuple(
        one
        for one in hunks
        if any(map(str.strip, one.new))
        or any(
            _WORD.search(line) and at not in unused for at, line in enumerate(one.old, one.first)
        )
    )


def _names(target: Diagnostic, name: str, lines: range, facts: Facts) -> bool:
    """Whether a diagnostic stands in a definition and is about its name."""
    at = facts.before.index.line_of(target.span.start)
    marked = target.span.of(facts.before.text)[:_LONGEST]
    return at in lines and name in _WORD.findall(f"{target.message[:_LONGEST]} {marked}")


@lru_cache(maxsize=8)
def _lost(before: str, after: str, language: str) -> tuple[tuple[str, range], ...]:
    definitions = ((one.name, one.lines) for one in lost_definitions(before, after, language))
    members = ((one.name, one.lines) for one in lost_members(before, after, language))
    return (*definitions, *members)


@lru_cache(maxsize=4)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))
