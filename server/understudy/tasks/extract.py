"""Move a part of a function into a function of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from understudy.context.behaviour import other_behaviour
from understudy.context.functions import functions
from understudy.core.lines import split_lines
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.context.functions import Function


def _flaw(done: Done) -> str:
    """A part of the old function is in a new one, which the old one calls."""
    grammar = grammar_of(done.language)
    before, after = functions(done.before, grammar), functions(done.after, grammar)
    if before is None or after is None:
        return ""
    if len(after) <= len(before):
        return "The edit makes no new function."
    known = {one.name for one in before}
    new = [one for one in after if one.name and one.name not in known]
    old = _around(before, done.selected)
    now = next((one for one in after if old is not None and one.name == old.name), None)
    callers = [now] if now is not None else [one for one in after if one not in new]
    if new and not any(_calls(callers, one) for one in new) and not _outside(done, new, now):
        where = f" in `{old.name}`" if old is not None and now is not None else ""
        return f"Nothing calls the new function `{new[0].name}`{where}."
    # A single line may be only where the cursor stands.
    if new and len(done.selected) > 1 and _stays(done, old, now, new):
        return "The selected part still stands where it stood."
    return ""


def _around(found: Sequence[Function], selected: range) -> Function | None:
    """The innermost function with a name around the selected lines."""
    around = [
        one
        for one in found
        if selected
        and one.name
        and one.lines.start <= selected.start
        and selected.stop <= one.lines.stop
    ]
    return around[-1] if around else None


def _calls(callers: Iterable[Function], new: Function) -> bool:
    """Whether one of some functions names a new one elsewhere than in that one itself."""
    for one in callers:
        inside = one.lines.start <= new.lines.start and new.lines.stop <= one.lines.stop
        own = 1 + new.names.count(new.name) if inside else 0
        if one.names.count(new.name) > own:
            return True
    return False


def _outside(done: Done, new: Sequence[Function], now: Function | None) -> bool:
    """Whether code in no function names a new one; nobody asks where the old function is known."""
    if now is not None:
        return False
    inside = {line for one in new for line in one.lines}
    lines = split_lines(done.after)
    others = [line for at, line in enumerate(lines) if at not in inside]
    return any(one.name in line for one in new for line in others)


def _stays(done: Done, old: Function | None, now: Function | None, new: Sequence[Function]) -> bool:
    """Whether all selected lines are in the old place still."""
    was, lines = split_lines(done.before), split_lines(done.after)
    wanted = _counted(was[at] for at in done.selected if at < len(was))
    inside = {line for one in new for line in one.lines}
    place = range(len(lines)) if now is None else now.lines
    there = _counted(lines[at] for at in place if at not in inside)
    before = _counted(was if old is None or now is None else (was[at] for at in old.lines))
    return bool(wanted) and all(there[line] >= before[line] for line in wanted)


def _counted(lines: Iterable[str]) -> Counter[str]:
    return Counter(line.strip() for line in lines if any(map(str.isalnum, line)))


def _beyond(done: Done) -> str:
    """Every end with an error is there still, and the same is computed and decided."""
    return other_behaviour(done.before, done.after, grammar_of(done.language))


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
    beyond=_beyond,
)
