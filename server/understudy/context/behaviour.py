"""Whether code that was to be written otherwise does something else now, as far as its tree tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.deciding import alike_as_before, decided_otherwise
from understudy.context.decisions import decisions
from understudy.context.exits import lost_exit
from understudy.context.operators import turned
from understudy.context.whole_trees import sound_tree
from understudy.core.changed_part import changed_part

if TYPE_CHECKING:
    from understudy.context.grammar import Grammar

_SHOWN = 80


def other_behaviour(before: str, after: str, grammar: Grammar | None) -> str:
    """What a rewriting does otherwise that a reader may miss, as a clause; empty for nothing.

    An end with an error that is gone, an operation or a condition that became another one, and what is
    done or comes out under other conditions. Functions that were proved to decide the same are as they
    were. Other values and calls are not looked at, nor are very long lines.
    """
    before, after, _ = changed_part(before, after)
    old, new = (sound_tree(text, grammar) for text in (before, after))
    if old is None or new is None:
        return ""
    was, now = decisions(old, new)
    rest = alike_as_before(old, new, was, now)
    if lost := lost_exit(before, rest, grammar):
        return f"The edit takes `{lost[:_SHOWN]}` away"
    if told := decided_otherwise(was, now):
        return told
    if other := turned(before, rest, grammar):
        return f"The edit makes something else of `{other[:_SHOWN]}`"
    return ""
