"""Explain code, or the problem that is reported there.

Its kind stands under no kind of the Language Server Protocol: nothing is rewritten or fixed, and an
editor that collects all rewritings or fixes of a place must not collect an explanation.
"""

from __future__ import annotations

from understudy.tasks import Task, holds_text

TASK = Task(
    id="explain",
    title="Explain",
    kind="understudy.explain",
    role="explanation",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Explain the subject to a programmer who sees it for the first time: what it does and what "
        "for, how it does it where that is not plain, and what is surprising or easy to break. "
        "Where a problem is reported, explain what it means here, why it arises, and how it is "
        "usually put right. Name things as the code names them. Be as short as the subject allows."
    ),
    takes_problems=True,
)
