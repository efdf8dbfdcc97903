"""What an edit only uncovered: style of text that stood there before, which no tool could read then.

A linter knows what `Optional[int]` is as soon as `Optional` is imported, and says at once that it
would write `int | None`. The import brought nothing of that about. Only what can be shown counts:
the tool itself could not tell what the name was, and the line is what it was, to the character.

Compilers look for what is less than an error only where they found none. There, a warning about
names with which the edit had nothing to do was hidden by the error that it took away.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.context.subject import quoted
from understudy.engine.kinds import is_undefined_name
from understudy.workspace.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.engine.matching import Change
    from understudy.workspace.diagnostics import Diagnostic

_NAME = re.compile(r"\w+")
_UNUSED = re.compile(r"\bunused\b|\bnever (?:used|read)\b|\bnot (?:used|accessed)\b", re.IGNORECASE)
_LONGEST = 5_000


def without_uncovered(
    come: Sequence[Diagnostic], gone: Iterable[Diagnostic], change: Change, checker: str
) -> tuple[Diagnostic, ...]:
    """Those of `come` that the edit is to blame for.

    Never forgiven are errors, and findings that tell of mistakes.

    Args:
        come: what one checker finds in the text after and did not find before.
        gone: what it found before and finds no more.
        change: the edit.
        checker: its id.
    """
    known = all_checkers().get(checker)
    if known is None or known.is_type_checker:
        return tuple(come)
    gone = tuple(gone)
    if known.staged and any(one.severity is Severity.ERROR for one in gone):
        come = [one for one in come if not _is_of_later_stage(one, change)]
    resolved = [one for one in gone if is_undefined_name(one.code, one.message)]
    return tuple(
        one
        for one in come
        if one.severity is Severity.ERROR
        or known.tells_of_bug(one.code)
        or not (
            any(_was_unreadable(one, name, change) for name in resolved)
            or any(
                (old.code, one.code) in known.implied and _on_one_line(one, old, change)
                for old in gone
            )
        )
    )


def unused_by(found: Diagnostic, change: Change, lost: frozenset[str]) -> bool:
    """Whether a finding is about a name that nothing uses, and the edit took a use of it away.

    Args:
        found: what a checker says about the text after.
        change: the edit.
        lost: as `lost_names` tells of the same edit.
    """
    if not lost or not _UNUSED.search(found.message[:_LONGEST]):
        return False
    return not lost.isdisjoint(_NAME.findall(found.span.of(change.after.text)[:_LONGEST]))


def lost_names(change: Change) -> frozenset[str]:
    """The names that stand less often on the touched lines after than before."""
    old, new = (Counter(names) for names in _names_on_touched_lines(change))
    return frozenset(old - new)


def _is_of_later_stage(found: Diagnostic, change: Change) -> bool:
    """Whether a compiler could not say this while there was an error, and the edit is no cause.

    An edit that neither takes away nor writes one of the names that a warning marks changes nothing
    about how they are used, as long as no import is meant: those are used in silence.
    """
    if found.severity is Severity.ERROR or change.touches_after(found):
        return False
    names = set(_NAME.findall(found.span.of(change.after.text)))
    if not names or "import" in found.code.lower() or "import" in found.message.lower():
        return False
    return names.isdisjoint(_touched_names(change))


def _touched_names(change: Change) -> set[str]:
    """The names on all lines that the edit touches, before and after."""
    return {name for names in _names_on_touched_lines(change) for name in names}


def _names_on_touched_lines(change: Change) -> Iterator[list[str]]:
    """First of the text before, then of the text after; each as often as it is there."""
    sides = ((change.before, change.lines_before), (change.after, change.lines_after))
    for index, touched in sides:
        lines = {line for one in touched for line in one}
        yield [name for line in lines for name in _NAME.findall(index.content(line))]


def _was_unreadable(found: Diagnostic, undefined: Diagnostic, change: Change) -> bool:
    """Whether a finding is about text that held the undefined name and still does.

    An import that the edit wrote says the name once more; what is said about the name there is
    said about the code that uses it.
    """
    name = undefined.span.of(change.before.text)
    if change.writes(found):
        said = [each.rpartition(".")[2] for each in quoted(found)[:1]]
        return said == [name] and change.survives(undefined)
    return _on_one_line(found, undefined, change) and _is_unchanged(undefined, change)


def _on_one_line(after: Diagnostic, before: Diagnostic, change: Change) -> bool:
    line = change.after.line_of(change.place(before))
    return line in change.after.lines_of(after.span)


def _is_unchanged(before: Diagnostic, change: Change) -> bool:
    """Whether the line of a diagnostic of the text before is in the text after as it was."""
    old = change.before.content(change.before.line_of(before.span.start))
    return old == change.after.content(change.after.line_of(change.place(before)))
