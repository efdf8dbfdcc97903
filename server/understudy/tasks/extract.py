"""Move a part of a function into a function of its own."""

from __future__ import annotations

from understudy.context.bare_code import bare
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text


def _flaw(done: Done) -> str:
    grammar = grammar_of(done.language)
    before, after = bare(done.before, grammar), bare(done.after, grammar)
    if before is None or after is None or after.functions > before.functions:
        return ""
    return "The edit makes no new function."


TASK = Task(
    id="extract",
    title="Extract a function",
    kind="refactor.extract.understudy.function",
    role="refactoring",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Move the selected part into a new function with a telling name, right beside the "
        "function that it comes from, and call it in its place. Pass what it needs as "
        "parameters and return what is used afterwards. Keep the behaviour exactly, and the "
        "style of the file."
    ),
    command="refactor",
    kind_argument="extract",
    flaw=_flaw,
)
