"""Make code shorter and plainer, with the same behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of
from understudy.tasks import Task, holds_text

if TYPE_CHECKING:
    from understudy.tasks import Done


def _beyond(done: Done) -> str:
    """Every end with an error is there still, and the same is computed and decided."""
    return other_behaviour(done.before, done.after, grammar_of(done.language))


TASK = Task(
    id="simplify",
    title="Simplify",
    kind="refactor.rewrite.understudy.simplify",
    role="refactoring",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Make this code shorter and easier to read. Keep its behaviour exactly, with all side "
        "effects, errors and edge cases, and keep its names, parameters and comments that "
        "still hold. Take away needless nesting, repetition and detours. If it is as plain as "
        "it can be, give no edit and say so."
    ),
    command="refactor",
    kind_argument="simplify",
    beyond=_beyond,
)
