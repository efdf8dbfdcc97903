"""Change code as an instruction says, which may stand in a comment."""

from __future__ import annotations

import re
from collections import Counter

from understudy.context.bare_code import bare
from understudy.context.note_words import is_to_do
from understudy.index.lost import lost_definitions, taken_away
from understudy.index.lost_heads import lost_heads
from understudy.index.lost_lines import lost_lines
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text

_WANTS_NOTES = re.compile(
    r"\b(?:to[- ]?dos?|fix[- ]?mes?|placeholders?)\b"
    r"|\b(?:add|write|leave|insert|put|make|with|as|into|turn)\b[^.\n]{0,40}\b(?:comment|remark|note)",
    re.IGNORECASE,
)
_WANTS_HEADS = re.compile(r"\b(?:decorat|attribute|annotat|directive|pragma)", re.IGNORECASE)
_MAY_REMOVE = re.compile(
    r"\b(?:remov|delet|drop|inline|inlining|merg|replac|clean|simplif|shorten|condens|refactor|rewrit|restructur"
    r"|reduc|combine|combining|unif|join|consolidat|dedup|get rid|strip|convert|migrat|translat)",
    re.IGNORECASE,
)
"""Words of wishes by which definitions may go."""
_WORD = re.compile(r"[^\W\d]\w+")
_LONGEST = 20_000


def _flaw(done: Done) -> str:
    """Something is done, and not only promised."""
    if _WANTS_NOTES.search(_asked(done)):
        return ""
    grammar = grammar_of(done.language)
    before, after = bare(done.before, grammar), bare(done.after, grammar)
    if before is None or after is None:
        return ""
    if [one.text for one in before.code] != [one.text for one in after.code]:
        return ""
    added = list(Counter(after.notes) - Counter(before.notes))
    if added and all(map(is_to_do, added)):
        told = " ".join(added[0].split())[:80]
        return f"The edit only says what is to be done (`{told}`), and does nothing."
    return ""


def _beyond(done: Done) -> str:
    """Definitions, and what stands above them, go only where somebody asked for it."""
    return _lost_head(done) or _lost(done)


def _lost(done: Done) -> str:
    asked = _asked(done)
    if _MAY_REMOVE.search(asked):
        return ""
    words = {word.lower() for word in _WORD.findall(asked)}
    gone = lost_definitions(done.before, done.after, done.language)
    names = [f"`{one.name[:80]}`" for one in gone if words.isdisjoint(_words(one.name))]
    if not names and (much := lost_lines(done.before, done.after, done.language)):
        names = [str(much)]
    return taken_away(names)


def _words(name: str) -> set[str]:
    return {name.lower(), *(word.lower() for word in _WORD.findall(name))}


def _lost_head(done: Done) -> str:
    asked = _asked(done)
    words = {word.lower() for word in _WORD.findall(asked)}
    for one in lost_heads(done.before, done.after, done.language):
        named = {word.lower() for word in _WORD.findall(one.what)}
        if words.isdisjoint(named) and not _WANTS_HEADS.search(asked):
            what = f"`{one.what[:80]}` above `{one.name[:80]}`"
            return f"The edit takes {what} away, which nobody asked for"
    return ""


def _asked(done: Done) -> str:
    return done.instruction[:_LONGEST]


TASK = Task(
    id="edit",
    title="Do what this comment says",
    kind="refactor.rewrite.understudy.edit",
    role="code-generation",
    reach="selection",
    applies=holds_text,
    flaw=_flaw,
    beyond=_beyond,
)
