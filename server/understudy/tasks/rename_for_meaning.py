"""Give names that say what things are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.context.bare_code import bare
from understudy.context.bindings import only_renamed
from understudy.context.python_bindings import python_bindings
from understudy.context.tree_bindings import tree_bindings
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text

if TYPE_CHECKING:
    from understudy.context.bare_code import Bare
    from understudy.context.bindings import Bindings


def _beyond(done: Done) -> str:
    """With a blank for each name the code is what it was, and each thing has one name of its own."""
    grammar = grammar_of(done.language)
    before, after = bare(done.before, grammar), bare(done.after, grammar)
    if before is None or after is None:
        return ""
    if _unnamed(before) != _unnamed(after):
        return "The edit changes more than names"
    was, now = _bindings(done.before, done.language), _bindings(done.after, done.language)
    if was is None or now is None or only_renamed(was, now):
        return ""
    return "The edit changes what a name stands for"


def _unnamed(code: Bare) -> list[str]:
    return ["" if one.is_name else one.text for one in code.code]


def _bindings(text: str, language: str) -> Bindings | None:
    if language == "python":
        return python_bindings(text)
    return tree_bindings(text, grammar_of(language))


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
