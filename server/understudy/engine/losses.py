"""Definitions, statements and imports that an edit takes away though nobody asked for it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.core.lines import real_lines
from understudy.engine.hunks import hunks_of
from understudy.index.lost import Lost, lost_definitions
from understudy.index.lost_statements import Gone, lost_statements

if TYPE_CHECKING:
    from understudy.engine.evidence import Facts
    from understudy.workspace.diagnostics import Diagnostic

_ASKED = frozenset({"edit", "rename_for_meaning"})
"""Tasks in which a user may have asked for anything, or names change for good."""
_REMOVES = re.compile(
    r"\bun(?:used|reachable|necessary)|unreach|\bnever (?:used|read|called|accessed|constructed)"
    r"|\bnot (?:used|accessed|called)|obscured|shadow|redefin|redeclar|duplicate|duplication|\bdead[ _]code"
    r"|\balready (?:defined|declared|exists)|\bremove\b|\bdelete\b|more than once",
    re.IGNORECASE,
)
"""What tools say of definitions that are to go, in messages and in codes."""
_SHOWN = 3


def lost_unasked(facts: Facts) -> str:
    """That definitions go away which nobody wants to go, as a clause; empty for none.

    A diagnostic may be about what is too much, and a wish about lines is one about what they define.
    What moves within the file, and what gets another name, stays.
    """
    if facts.rule or not any(
        real_lines(one.old) for one in hunks_of(facts.before.index, facts.edits)
    ):
        return ""
    if facts.target is None and facts.who[1] in _ASKED:
        return ""
    texts = facts.before.text, facts.after, facts.before.language
    names = [f"`{one.name[:80]}`" for one in _lost(*texts) if not _is_asked(one, facts)]
    names += [f"`{one.what[:80]}`" for one in _statements(*texts) if not _is_about(one, facts)]
    if not names:
        return ""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    shown = ", ".join(names[:_SHOWN])
    return f"The edit takes {shown}{more} away, which nobody asked for"


@lru_cache(maxsize=8)
def _lost(before: str, after: str, language: str) -> tuple[Lost, ...]:
    """What is gone: several verdicts are reached on one edit."""
    return lost_definitions(before, after, language)


@lru_cache(maxsize=8)
def _statements(before: str, after: str, language: str) -> tuple[Gone, ...]:
    return lost_statements(before, after, language, strict=True)


def _is_about(gone: Gone, facts: Facts) -> bool:
    """Whether a diagnostic or a wish is about a statement or an import that is gone."""
    if facts.parsed_before is False:
        return True
    index = facts.before.index
    targets = (*filter(None, (facts.target,)), *facts.besides)
    spans = (*facts.wished, *(one.span for one in targets))
    if any(gone.line in index.lines_of(span) for span in spans):
        return True
    word = re.compile(rf"(?<!\w){re.escape(gone.what)}(?!\w)")
    return any(word.search(one.message) for one in targets)


def _is_asked(lost: Lost, facts: Facts) -> bool:
    if lost.again and facts.parsed_before is False:
        # Of two versions of a text that can't be read, one has to go.
        return True
    index = facts.before.index
    if any(lost.head in index.lines_of(span) for span in facts.wished):
        return True
    targets = (*filter(None, (facts.target,)), *facts.besides)
    return any(_removes(one, lost, facts) for one in targets)


def _removes(one: Diagnostic, lost: Lost, facts: Facts) -> bool:
    """Whether a diagnostic is about a definition that is too much."""
    if not _REMOVES.search(f"{one.code} {one.message}"):
        return False
    # What is too much within a definition is no reason to drop all of it.
    first = facts.before.index.lines_of(one.span).start
    is_there = lost.lines.start <= first <= lost.head
    return is_there or re.search(rf"(?<!\w){re.escape(lost.name)}(?!\w)", one.message) is not None
