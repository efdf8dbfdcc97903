"""Whether a text of given lines seems to end before the old one did."""

from __future__ import annotations

import ast
import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from understudy.core.runs import changed_runs
from understudy.reading import Repair
from understudy.reading.cut_short import closes, cut_short, is_beginning
from understudy.reading.never_reached import leaves
from understudy.reading.symbols import tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.neighbours import Around

_MAY_END = re.compile("exit|abort|fail|raise|error|quit|skip", re.IGNORECASE)
"""What is said by the names of functions that never return."""
_WORDS = re.compile(r"\w+")
_FIRST = re.compile(r"\W*\w+")
_WIDEST = 400
_LEAST_END = 3
_END = 0.2
"""So many of the old text's lines are more than what a change takes from its end."""
_ALIKE = 0.5
_CHANGED = 2
"""So many lines at the very end may have no counterpart."""
_WINDOW = 12
"""So many lines further on, the counterpart of a line is looked for."""
_SAME = 0.6
"""How much a line that was changed is like what it was; 1 for the same."""
_COMPARED = 100
"""Characters of a line that are compared: the cost grows with the square of them."""
_BARE = re.compile(r"\s*return(?: None| undefined| null| nil)?;?\s*")
LostPart = Literal["last lines", "lines in the middle"]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_YIELDS = (ast.Yield, ast.YieldFrom)


def lost_end(lines: Sequence[str], around: Around) -> Repair | None:
    """A repair of high risk for a text that seems to end before the old one did; None for others.

    Args:
        lines: of the text, without their ends.
        around: what they replace.

    Raises:
        UnreadableError: the text is only the beginning of the old one, and can't be meant.
    """
    if is_beginning(lines, around):
        return cut_short(lines, around)
    if not lost_tail(lines, around.old, around.language):
        return None
    last = next(line.strip() for line in reversed(lines) if line.strip())
    return Repair("last lines left out", last[:80], "high")


def lost_tail(lines: Sequence[str], old: Sequence[str], language: str) -> bool:
    """Whether a text that was changed before its end, too, ends where the old one goes on, as one that was cut off does.

    That is so where its last line is followed by others in the old text which it lacks, as it stands
    there or changed, and where a function no longer returns what it returned at its end.
    """
    new, there = (_without_ends(one) for one in (lines, old))
    if not new or not there or new == there:
        return False
    if new[-1] in there[:-1] and _ends_early(new, there):
        return True
    if new[-1] not in there and _ends_in_a_changed_line(new, there):
        return True
    if _BARE.fullmatch(new[-1]) and there[-1].lstrip().startswith("return "):
        return not _BARE.fullmatch(there[-1])
    return language == "python" and _returns_no_more(new, there)


def _without_ends(lines: Sequence[str]) -> list[str]:
    """Lines without blank ones, and without those at their end that only close what others began."""
    real = [line.rstrip() for line in lines if line.strip()]
    while real and closes(real[-1]):
        real.pop()
    return real


def _ends_early(new: Sequence[str], there: Sequence[str]) -> bool:
    left = Counter(there)
    left.subtract(new)
    *_, last = changed_runs(there, new)
    behind = there[last.old_start :] if last.new_start == last.new_stop == len(new) else ()
    rest = [line for line in behind if not closes(line)]
    return bool(rest) and all(left[line] > 0 for line in rest)


def _ends_in_a_changed_line(new: Sequence[str], there: Sequence[str]) -> bool:
    """Whether the last line is one of the old ones, changed, and all that followed it is gone."""
    *_, last = changed_runs(there, new)
    gone, come = there[last.old_start : last.old_stop], new[last.new_start : last.new_stop]
    if last.old_stop < len(there) or not len(gone) > len(come) > 0 or leaves(come[-1]):
        return False
    alike = [_likeness(line, come[-1]) for line in gone[:_WINDOW]]
    at = alike.index(max(alike))
    rest = [line for line in gone[at + 1 :] if not closes(line)]
    return alike[at] >= _SAME and bool(rest) and set(rest).isdisjoint(come)


def _likeness(one: str, other: str) -> float:
    first, second = one.strip()[:_COMPARED], other.strip()[:_COMPARED]
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def lost_part(lines: Sequence[str], old: Sequence[str]) -> LostPart | None:
    """Where a text for a whole file goes along the old one and leaves much of it out; None for nowhere.

    That needs no knowledge of the language: line after line begins as one of the old text does, in
    the same order, and what the old text has behind them has no counterpart, up to its end or to the
    lines that both texts end in.
    """
    new, there = ([line.rstrip() for line in one if line.strip()] for one in (lines, old))
    size = len(there)
    ends: list[str] = []
    while new and there and new[-1] == there[-1]:
        ends.append(new.pop())
        there.pop()
    if not new or not _stops_early(new, there, size):
        return None
    return "lines in the middle" if any(map(_WORDS.search, ends)) else "last lines"


def _stops_early(new: Sequence[str], there: Sequence[str], size: int) -> bool:
    """Whether lines go along those of a text, of so many in all, and stop long before their end."""
    if len(there) - len(new) < max(_LEAST_END, _END * size):
        return False
    at = alike = since = 0
    for line in new:
        window = there[at : at + _WINDOW]
        # The same line is surer than one that only begins so.
        beginnings = [_beginning(one) for one in window]
        own = _beginning(line)
        since += 1
        if line in window or own in beginnings:
            at += 1 + (window.index(line) if line in window else beginnings.index(own))
            alike += 1
            since = 0
    is_along = alike >= _ALIKE * len(new) and since <= _CHANGED
    # Lines that were drawn together go on in their words.
    words = set(_WORDS.findall("\n".join(new)))
    gone = [line for line in there[at:] if not words.issuperset(_WORDS.findall(line))]
    return is_along and len(gone) - since >= _LEAST_END and len(there) - at >= _END * size


def _beginning(line: str) -> str:
    """What a line begins with: its depth, its signs and its first word."""
    found = _FIRST.match(line[:_WIDEST])
    return found[0] if found else line


def _returns_no_more(new: Sequence[str], there: Sequence[str]) -> bool:
    end = there[-1].strip() if there else ""
    if not end.startswith("return ") or new[-1].lstrip().startswith(("return ", "raise ")):
        return False
    ends = [_end_of(lines) for lines in (there, new)]
    return ends == [False, True]


def _end_of(lines: Sequence[str]) -> bool | None:
    """Whether the end of the one function that lines define can be reached; None for what is none."""
    tree = tree_of(lines)
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], _FUNCTIONS):
        return None
    if any(isinstance(node, _YIELDS) for node in ast.walk(tree)):
        return None
    return _goes_on(tree.body[0].body)


def _goes_on(body: Sequence[ast.stmt]) -> bool:
    """Whether what follows a body may be reached; of what is not certain, it may not."""
    last = body[-1]
    if isinstance(last, ast.If):
        return not last.orelse or _goes_on(last.body) or _goes_on(last.orelse)
    if isinstance(last, ast.Try):
        parts = [last.orelse or last.body, *(handler.body for handler in last.handlers)]
        return not last.finalbody and any(map(_goes_on, parts))
    if isinstance(last, ast.With | ast.AsyncWith):
        return _goes_on(last.body)
    if isinstance(last, ast.Expr):
        return isinstance(last.value, ast.Call) and not _MAY_END.search(
            ast.unparse(last.value.func)
        )
    return isinstance(last, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.For | ast.Delete)
