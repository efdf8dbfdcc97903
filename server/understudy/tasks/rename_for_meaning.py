"""Give names that say what things are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.bare_code import bare
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text

if TYPE_CHECKING:
    from understudy.context.bare_code import Bare


def _beyond(done: Done) -> str:
    """With a blank for each name, the code is what it was."""
    grammar = grammar_of(done.language)
    before, after = bare(done.before, grammar), bare(done.after, grammar)
    if before is None or after is None or _unnamed(before) == _unnamed(after):
        return ""
    return "The edit changes more than names"


def _unnamed(code: Bare) -> list[str]:
    return ["" if one.is_name else one.text for one in code.code]


TASK = Task(
    id="renameForMeaning",
    title="Improve the names",
    kind="refactor.rewrite.understudy.rename",
    role="refactoring",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Rename local variables, parameters and private helpers of the selected code whose "
        "names do not say what they are. Change every use of a renamed name. Keep names that "
        "are visible from outside this file, keyword arguments that callers may use, and the "
        "behaviour exactly."
    ),
    command="refactor",
    kind_argument="rename",
    beyond=_beyond,
)
