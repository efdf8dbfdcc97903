"""Definitions, their heads, statements and imports that an edit takes away unasked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.core.lines import real_lines
from understudy.engine.evasions import only_deleted
from understudy.engine.hunks import hunks_of
from understudy.engine.traits import tools_own
from understudy.index.lost import Lost, lost_definitions, taken_away
from understudy.index.lost_heads import LostHead, lost_heads
from understudy.index.lost_lines import lost_lines
from understudy.index.lost_members import LostMember, lost_members
from understudy.index.lost_statements import Gone, lost_statements
from understudy.index.lost_units import LostUnit, lost_units
from understudy.tasks.edit import TASK as EDIT
from understudy.tasks.rename_for_meaning import TASK as RENAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.engine.evidence import Facts
    from understudy.workspace.diagnostics import Diagnostic

_ASKED = frozenset({EDIT.id, RENAME.id})
"""Tasks in which a user may have asked for anything, or names change for good."""
_REMOVES = re.compile(
    r"\bun(?:used|reachable|necessary)|unreach|\bnever (?:used|read|called|accessed|constructed|invoked)"
    r"|\bnot (?:used|accessed|called)|obscured|shadow|redefin|redeclar|duplicate|duplication|\bdead[ _]code"
    r"|\balready (?:defined|declared|exists)|\bremove\b|\bdelete\b|more than once",
    re.IGNORECASE,
)
"""What tools say of definitions that are to go, in messages and in codes."""
_IDLE = re.compile(
    r"\buseless|needless|redundant|no effect|pointless|superfluous|\bextra\b|trailing|\bempty\b"
    r"|ineffassign|has no(?! (?:attribute|member|propert|field|method|export))|self-assign|\bdebug",
    re.IGNORECASE,
)
"""What they say of code that does nothing."""
_PART = r"(?:key|field|propert(?:y|ies)|attribute|option|setting|member|element|parameter)s?\b"
_STRAY = re.compile(
    r"\b(?:unknown|unexpected|unrecogni[sz]ed|unsupported|additional|invalid|excess) (?:\w+ ){0,2}"
    rf"{_PART}|\b{_PART}.{{0,80}}\bnot (?:allowed|permitted|expected|supported|recogni[sz]ed)"
    r"|\bknown properties\b|\bhides\b",
    re.IGNORECASE,
)
"""What they say of members that don't belong where they stand."""
_NAME = re.compile(r"(?P<quote>[`'\"])[\w.:$#&<>]+(?P=quote)")
"""A name in a message, which may be a word such as `delete`."""
_UNUSED = re.compile(r"\bunused\b|\b(?:never|not) (?:used|read|accessed)\b", re.IGNORECASE)
_BRANCH = re.compile(r"[\s}]*(?:async\s+)?(?:for|while|with|switch|match|select|loop|try)\b")
_WORD = re.compile(r"[^\W\d]\w+")
_LONGEST = 400
_MOST = 2_000


def lost_unasked(facts: Facts) -> str:
    """That definitions or parts of them go which nobody wants to go, as a clause; empty for none.

    A diagnostic may be about what is too much, and a wish about lines is one about what they define.
    What moves within the file, and what gets another name, stays. Whether a wish in words asks for
    it, its task tells.
    """
    if facts.rule or (facts.target is None and facts.who[1] in _ASKED):
        return ""
    return taken_away(list(_names(facts)))


def _names(facts: Facts) -> Iterator[str]:
    """What goes, as it is shown. New lines alone take nothing but a decorator to another place."""
    texts = facts.before.text, facts.after, facts.before.language
    if any(real_lines(one.old) for one in hunks_of(facts.before.index, facts.edits)):
        lost = [one for one in _lost(*texts) if not _is_asked(one, facts)]
        yield from (f"`{one.name[:80]}`" for one in lost)
        told = {one.name for one in _lost(*texts)}
        members = (one for one in _members(*texts) if one.name not in told)
        yield from (f"`{one.name[:80]}`" for one in members if not _is_needless(one, facts))
        yield from (
            f"`{one.what[:80]}`" for one in _statements(*texts) if not _is_about(one, facts)
        )
        units = (one for one in _units(*texts) if not _is_near(one, facts))
        yield from (f"`{one.name[:80]}`" for one in units if _outside(one, _lost(*texts)))
    if not facts.wished and (much := lost_lines(*texts)):
        yield str(much)
    heads = (one for one in _heads(*texts) if not _is_meant(one, facts))
    yield from (f"`{one.what[:80]}` above `{one.name[:80]}`" for one in heads)


def marked_code_goes(facts: Facts) -> str:
    """That marked code goes away which no tool calls too much, as a clause; empty if it does not."""
    target = facts.target
    if facts.rule or target is None or facts.parsed_before is False or not only_deleted(facts):
        return ""
    words = _words(target)
    if _IDLE.search(words) or tools_own(facts):
        return ""
    if _REMOVES.search(words) and not (_UNUSED.search(words) and _is_branch(target, facts)):
        return ""
    if any(real_lines(one.new) for one in hunks_of(facts.before.index, facts.edits)):
        return ""
    return "The marked code goes away, and nothing takes its place"


def _is_branch(target: Diagnostic, facts: Facts) -> bool:
    """Whether a diagnostic marks the head of a loop or the like, which does more than bind a name."""
    index = facts.before.index
    return _BRANCH.match(index.content(index.line_of(target.span.start))[:_LONGEST]) is not None


@lru_cache(maxsize=8)
def _lost(before: str, after: str, language: str) -> tuple[Lost, ...]:
    """What is gone: several verdicts are reached on one edit."""
    return lost_definitions(before, after, language)


@lru_cache(maxsize=8)
def _members(before: str, after: str, language: str) -> tuple[LostMember, ...]:
    return lost_members(before, after, language)


@lru_cache(maxsize=8)
def _units(before: str, after: str, language: str) -> tuple[LostUnit, ...]:
    return lost_units(before, after, language)


@lru_cache(maxsize=8)
def _statements(before: str, after: str, language: str) -> tuple[Gone, ...]:
    return lost_statements(before, after, language, strict=True)


@lru_cache(maxsize=8)
def _heads(before: str, after: str, language: str) -> tuple[LostHead, ...]:
    return lost_heads(before, after, language)


def _is_meant(gone: LostHead, facts: Facts) -> bool:
    """Whether a diagnostic stands at a decorator that is gone, or names it."""
    if facts.parsed_before is False:
        return True
    index = facts.before.index
    words = {word.lower() for word in _WORD.findall(gone.what)}
    return any(
        gone.line in index.lines_of(one.span)
        or not words.isdisjoint(word.lower() for word in _WORD.findall(one.message))
        for one in (*filter(None, (facts.target,)), *facts.besides)
    )


def _is_about(gone: Gone, facts: Facts) -> bool:
    """Whether a diagnostic or a wish is about a statement or an import that is gone.

    Those count that a checker has no longer, though nobody asked about them: it called these too much.
    """
    if facts.parsed_before is False:
        return True
    index = facts.before.index
    targets = (*filter(None, (facts.target,)), *facts.besides)
    spans = (*facts.wished, *(one.span for one in targets))
    if any(gone.line in index.lines_of(span) for span in spans):
        return True
    word = re.compile(rf"(?<!\w){re.escape(gone.what)}(?!\w)")
    fixed = filter(_is_too_much, facts.comparison.fixed)
    return any(word.search(one.message) for one in (*targets, *fixed))


def _is_needless(gone: LostMember, facts: Facts) -> bool:
    """Whether a diagnostic or a wish is about a member that is gone, or about all the values of a list.

    Those count that a checker has no longer, if they are of a kind with the others or call it too much.
    """
    if facts.parsed_before is False:
        return True
    index = facts.before.index
    targets = (*filter(None, (facts.target,)), *facts.besides)
    codes = {one.code for one in targets}
    fixed = [one for one in facts.comparison.fixed if one.code in codes or _is_too_much(one)]
    spans = (*facts.wished, *(one.span for one in (*targets, *fixed)))
    lines = set(gone.lines) if gone.is_named else {*gone.lines, gone.home}
    if any(not lines.isdisjoint(index.lines_of(span)) for span in spans):
        return True
    name = gone.name.strip("\"'`$#:")
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    # A name in a message is not enough: something may lack just this member.
    told = filter(_is_too_much, (*targets, *fixed))
    return any(word.search(one.message) for one in told)


def _outside(unit: LostUnit, lost: Sequence[Lost]) -> bool:
    """Whether lines are no part of a definition that is gone, which is told by its name."""
    return all(unit.lines.start not in one.lines for one in lost)


def _is_near(unit: LostUnit, facts: Facts) -> bool:
    """Whether lines that are gone stand where a diagnostic or a wish is, or are what one calls too much."""
    if facts.parsed_before is False:
        return True
    index = facts.before.index
    targets = (*filter(None, (facts.target,)), *facts.besides)
    codes = {one.code for one in targets}
    fixed = [one for one in facts.comparison.fixed if one.code in codes or _is_too_much(one)]
    lines = set(range(unit.lines.start - 1, unit.lines.stop + 1))
    spans = (*facts.wished, *(one.span for one in (*targets, *fixed)))
    if any(not lines.isdisjoint(index.lines_of(span)) for span in spans):
        return True
    own = set(_WORD.findall(unit.name))
    told = filter(_is_too_much, (*targets, *fixed))
    return any(not own.isdisjoint(_WORD.findall(one.message)) for one in told)


def _is_too_much(one: Diagnostic) -> bool:
    """Whether a diagnostic says that something is to go."""
    words = _words(one)
    return _REMOVES.search(words) is not None or _STRAY.search(words) is not None


def _words(one: Diagnostic) -> str:
    """What a diagnostic says, without the names of which it says it."""
    return f"{one.code} {_NAME.sub('', one.message[:_MOST])}"


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
    if not _is_too_much(one):
        return False
    # What is too much within a definition is no reason to drop all of it.
    first = facts.before.index.lines_of(one.span).start
    is_there = lost.lines.start <= first <= lost.head
    return is_there or re.search(rf"(?<!\w){re.escape(lost.name)}(?!\w)", one.message) is not None
