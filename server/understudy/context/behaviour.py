"""Whether code that was to be written otherwise does something else now, as far as its tree tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.deciding import alike_as_before, decided_otherwise
from understudy.context.decisions import decisions
from understudy.context.exits import lost_exit
from understudy.context.lost_effects import lost_effect
from understudy.context.operators import turned
from understudy.context.whole_trees import sound_tree
from understudy.core.changed_part import changed_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.grammar import Grammar
    from understudy.context.syntax import Source

_SHOWN = 80


def other_behaviour(before: str, after: str, grammar: Grammar | None) -> str:
    """What a rewriting does otherwise that a reader may miss, as a clause; empty for nothing.

    An end with an error that is gone, an operation or a condition that became another one, what is
    done or comes out under other conditions, and what is done no more: calls whose value nobody used,
    stores and locks. Functions that were proved to decide the same are as they were. Other values are
    not looked at, nor are very long lines.
    """
    before, after, _ = changed_part(before, after)
    old, new = (sound_tree(text, grammar) for text in (before, after))
    if old is None or new is None or grammar is None:
        return ""
    return next(filter(None, _told(old, new, before, grammar)), "")


def _told(old: Source, new: Source, before: str, grammar: Grammar) -> Iterator[str]:
    was, now = decisions(old, new)
    rest = alike_as_before(old, new, was, now)
    yield _clause("takes `{}` away", lost_exit(before, rest, grammar))
    yield decided_otherwise(was, now)
    yield _clause("makes something else of `{}`", turned(before, rest, grammar))
    yield _clause("takes `{}` away", lost_effect(old, new, grammar))


def _clause(words: str, what: str) -> str:
    return f"The edit {words.format(what[:_SHOWN])}" if what else ""
