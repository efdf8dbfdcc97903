"""Search/replace blocks for a change that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.lines import split_lines
from understudy.core.runs import Run, changed_runs
from understudy.reading.evolving import Evolving
from understudy.reading.occurrences import occurrences
from understudy.reading.search_marks import NO_END, escaped, header_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTEXT = 2
_MOST_CONTEXT = 40


def blocks_for(before: str, after: str) -> str:
    """Small blocks that turn one text into another, each with lines around it that make it unique.

    Kinds of line ends can't be told apart by them.
    """
    old, new = Evolving(before), Evolving(after)
    parts = []
    for run in _joined(old.lines, list(changed_runs(old.lines, new.lines))):
        # Where the texts end, the blocks also say whether the last line has an end.
        old_ends = run.old_stop == len(old.lines) and old.is_open
        new_ends = run.new_stop == len(new.lines) and new.is_open
        parts.append(
            _block(
                _side(old.lines[run.old_start : run.old_stop], is_open=old_ends),
                _side(new.lines[run.new_start : run.new_stop], is_open=new_ends),
                old.lines[run.old_start : run.old_stop],
            )
        )
    return "".join(parts)


def whole_block(before: str, after: str) -> str:
    """One block for two whole texts, line ends and all."""
    header = ":verbatim:\n-------\n"
    return f"<<<<<<< SEARCH\n{header}{_raw(before)}=======\n{_raw(after)}>>>>>>> REPLACE\n"


def _joined(old: Sequence[str], runs: Sequence[Run]) -> list[Run]:
    """The runs with context; those that meet are one."""
    joined: list[Run] = []
    for run in runs:
        wide = _widened(old, run)
        shift = run.new_start - run.old_start, run.new_stop - run.old_stop
        if joined and wide.start <= joined[-1].old_stop:
            last = joined.pop()
            stop = max(wide.stop, last.old_stop)
            joined.append(Run(last.old_start, stop, last.new_start, stop + shift[1]))
        else:
            joined.append(Run(wide.start, wide.stop, wide.start + shift[0], wide.stop + shift[1]))
    return joined


def _widened(old: Sequence[str], run: Run) -> range:
    """A run's lines with as many around them as make them unique, if that is not too many."""
    context = _CONTEXT
    while True:
        start, stop = max(run.old_start - context, 0), min(run.old_stop + context, len(old))
        lines = old[start:stop]
        is_unique = any(map(str.strip, lines)) and len(list(occurrences(old, lines))) == 1
        if is_unique or context > _MOST_CONTEXT or len(lines) == len(old):
            return range(start, stop)
        context *= 2


def _block(old: str, new: str, lines: Sequence[str]) -> str:
    header = ":start_line:\n-------\n" if header_of(list(lines)).size else ""
    return f"<<<<<<< SEARCH\n{header}{old}=======\n{new}>>>>>>> REPLACE\n"


def _side(lines: Sequence[str], *, is_open: bool) -> str:
    shown = "".join(f"{escaped(line)}\n" for line in lines)
    return f"{shown}{NO_END}\n" if is_open else shown


def _raw(text: str) -> str:
    shown = "".join(escaped(line) for line in split_lines(text))
    return shown if text.endswith(("\n", "\r")) else f"{shown}\n{NO_END}\n"
