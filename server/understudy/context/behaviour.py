"""Whether code that was to be written otherwise does something else now, as far as its tree tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.exits import lost_exit
from understudy.context.operators import turned

if TYPE_CHECKING:
    from understudy.context.grammar import Grammar

_SHOWN = 80


def other_behaviour(before: str, after: str, grammar: Grammar | None) -> str:
    """What a rewriting does otherwise that a reader may miss, as a clause; empty for nothing.

    An end with an error that is gone, and an operation or a condition that became another one.
    Values and calls are not looked at.
    """
    if lost := lost_exit(before, after, grammar):
        return f"The edit takes `{lost[:_SHOWN]}` away"
    if other := turned(before, after, grammar):
        return f"The edit makes something else of `{other[:_SHOWN]}`"
    return ""
