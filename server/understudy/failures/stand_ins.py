"""Lines that stand in the place of code which a model did not write down, seen by what is gone there.

What such a line says decides only how certain that is. A comment in any words, Python's `...` and its
`pass` stand for code where code was, where that code is nowhere in the new text, and where nothing
else came instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.runs import changed_runs
from understudy.failures.comments import comment_in, is_directive
from understudy.failures.elision import is_elision, says_that_code_stays
from understudy.failures.facing import segments
from understudy.failures.stubs import is_filler, may_be_a_stub

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.failures.facing import Segment

_DOTS = frozenset({"...", "\u2026"})
_DOCSTRING = frozenset({'"""..."""', "'''...'''", '"""\u2026"""', "'''\u2026'''"})
_QUOTES = ('"""', "'''")
_WORD = re.compile(r"\w+")
_GONE = re.compile(
    r"\b(?:remov|delet|dropp|ignor|unused|unneeded|unnecessar|no longer|not? need|no-?op\b|nothing"
    r"|empty|intention|deliberate|suppress|disabl|obsolete|deprecat|dead code|moved|handled|already)",
    re.IGNORECASE,
)
"""What is said of code that is meant to be gone."""
_BODY = 2
"""So many lines must be gone where a `pass` came: a single one may well be meant to."""
_TELLING = 4
"""Code of fewer characters is not looked for in comments."""


class StandIn(NamedTuple):
    """A line in the place of code.

    Attributes:
        line: its number in the new text, from 0.
        is_sure: whether it says so; else it may be a remark about code that is meant to be gone.
        lost: how many lines of code are gone there.
    """

    line: int
    text: str
    is_sure: bool
    lost: int


def stand_ins(old: Sequence[str], new: Sequence[str], language: str) -> tuple[StandIn, ...]:
    """The lines that stand for code, at most one for each place.

    Costs next to nothing where no comment and no `...` is new, else about as much as comparing the
    texts. It never raises.

    Args:
        old: all lines of a text, or those of a part of it, without their ends.
        new: the lines in their place.
        language: an LSP language id.
    """
    known = frozenset(old)
    marks = {at for at, line in enumerate(new) if _may_stand(line, known, language)}
    if not marks:
        return ()
    there = {line.strip() for at, line in enumerate(new) if at not in marks}
    found: list[StandIn] = []
    for run in changed_runs(old, new):
        here = range(run.new_start, run.new_stop)
        if run.old_start == run.old_stop or marks.isdisjoint(here):
            continue
        words = _words(new[at] for at in here if at not in marks)
        for part in segments(old, new, run):
            gone = [
                line
                for line in old[part.old.start : part.old.stop]
                if _is_lost(line, there, words, language)
            ]
            if gone:
                found += _in_segment(part, gone, (old, new), language)
    return tuple(found)


def _in_segment(
    part: Segment,
    gone: Sequence[str],
    texts: tuple[Sequence[str], Sequence[str]],
    language: str,
) -> Iterator[StandIn]:
    """The first line of a place that stands for what is gone there."""
    new = texts[1]
    come = _statements(new, part.new, language)
    only = all(_may_stand(new[at], frozenset(), language) or _is_end(new[at]) for at in come)
    said = [comment_in(new[at], language) for at in come]
    if any(len(bare := line.strip()) >= _TELLING and bare in one for line in gone for one in said):
        return  # The code was commented out.
    for at in come:
        if new[at].strip() in _DOTS:
            verdict = _of_dots(texts, at, language)
        else:
            verdict = _verdict(new[at].strip(), language, len(gone)) if only else None
        if verdict is not None:
            yield StandIn(at, new[at].strip(), verdict, len(gone))
            return


def _statements(new: Sequence[str], place: range, language: str) -> list[int]:
    """The lines that are not blank, without those of docstrings; but for one that is dots alone."""
    found: list[int] = []
    mark = ""
    for at in place:
        bare = new[at].strip()
        if mark or not bare:
            mark = "" if mark and mark in bare else mark
        elif language == "python" and bare.startswith(_QUOTES) and bare not in _DOCSTRING:
            mark = bare[:3] if bare.count(bare[:3]) == 1 else ""
        else:
            found.append(at)
    return found


def _of_dots(texts: tuple[Sequence[str], Sequence[str]], at: int, language: str) -> bool | None:
    """Whether dots stand for code; None where they are a value or an empty body."""
    return None if language == "python" and may_be_a_stub(*texts, at) else True


def _verdict(bare: str, language: str, lost: int) -> bool | None:
    """Whether a line is certain to stand for code; None if it does not."""
    if bare in _DOCSTRING:
        return True
    if bare == "pass":
        return False if lost >= _BODY else None
    said = comment_in(bare, language)
    if not said:
        return None
    if is_elision(bare) or says_that_code_stays(said):
        return True
    return None if _GONE.search(said) else False


def _may_stand(line: str, known: frozenset[str], language: str) -> bool:
    bare = line.strip()
    if not bare:
        return False
    if bare in _DOTS:
        return True
    if line in known:
        return False
    if language == "python" and (bare == "pass" or bare in _DOCSTRING):
        return True
    said = comment_in(line, language)
    return bool(said) and not is_directive(said)


def _is_lost(line: str, there: set[str], words: set[str], language: str) -> bool:
    """Whether code is gone: not only moved, and not written with the same words."""
    bare = line.strip()
    if bare in there or comment_in(line, language) or is_filler(bare):
        return False
    own = set(_WORD.findall(bare))
    return bool(own) and 2 * len(own & words) <= len(own)


def _words(lines: Iterator[str]) -> set[str]:
    return {word for line in lines for word in _WORD.findall(line)}


def _is_end(line: str) -> bool:
    return not any(map(str.isalnum, line))
