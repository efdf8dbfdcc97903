"""Lines that another version of a text has nothing in place of, where no grammar tells what they are."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import split_lines
from understudy.core.markup import PROSE
from understudy.core.runs import changed_runs
from understudy.index.extraction import is_indexed
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.core.runs import Run

_WORD = re.compile(r"\w+")
_SILENT = re.compile(
    r"[#;%'*!]|//|--|/\*|<!--|\(\*|REM\b|(?::-\s*)?(?:import|from|use|using|open|include|require|load)\b"
)
"""What a comment or an import begins with."""
_LONGEST = 2_000


class LostUnit(NamedTuple):
    """Lines in a row that are gone.

    Attributes:
        name: the first of them that says something.
        lines: where they stood, counted from 0.
        size: how many of them say something.
    """

    name: str
    lines: range
    size: int


def lost_units(before: str, after: str, language: str) -> tuple[LostUnit, ...]:
    """The lines that are gone with nothing in their place, in the text's order.

    What stands elsewhere now counts as moved, and what has half of its words left, beside all that had
    them before, as changed. Comments and imports may go, and all lines of a run that was written anew. Empty for prose
    and for languages with a grammar, in which definitions and members tell more.
    """
    if before == after or language in PROSE or is_indexed(language) or grammar_of(language):
        return ()
    old, new = split_lines(before), split_lines(after)
    come = Counter(map(str.strip, new))
    come.subtract(map(str.strip, old))
    went = _words(old) - _words(new)
    return tuple(
        unit for run in changed_runs(old, new) for unit in _units(run, old, new, come, went)
    )


def _words(lines: Sequence[str]) -> Counter[str]:
    return Counter(word for line in lines for word in _WORD.findall(line[:_LONGEST]))


def _units(
    run: Run, old: Sequence[str], new: Sequence[str], come: Counter[str], went: Counter[str]
) -> Iterator[LostUnit]:
    told = [at for at in range(run.old_start, run.old_stop) if _tells(old[at])]
    fewer = len(told) - sum(map(_tells, new[run.new_start : run.new_stop]))
    gone = [at for at in told if come[old[at].strip()] < 0 and _is_gone(old[at], went)]
    if gone and len(gone) <= fewer:
        yield LostUnit(old[gone[0]].strip(), range(gone[0], gone[-1] + 1), len(gone))


def _tells(line: str) -> bool:
    bare = line.strip()
    return any(map(str.isalnum, bare)) and not _SILENT.match(bare)


def _is_gone(line: str, went: Counter[str]) -> bool:
    """Whether a text has most of a line's words less often than the one that had the line."""
    own = _WORD.findall(line[:_LONGEST])
    return 2 * sum(word in went for word in own) > len(own)
