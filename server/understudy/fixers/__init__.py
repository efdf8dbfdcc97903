"""The offline model's repertoire: one deterministic fix per file. Each defines `FIXER`.

A fixer proposes; it never decides. Every proposal is applied in memory and looked at by the
checkers, and only what they prove is offered.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from understudy.context.python_parse import progress
from understudy.core.plugins import load_folder
from understudy.core.stopping import go_on
from understudy.core.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from understudy.context.names import Names
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MAX_PARSES, _MIN_PARSES = 16, 4
_MAX_PARSED_CHARS = 2_000_000
_MAX_REPAIRS = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """One diagnostic in one document, with what is known about names around it."""

    view: View
    diagnostic: Diagnostic
    names: Names

    @property
    def text(self) -> str:
        """The characters that the diagnostic marks."""
        return self.diagnostic.span.of(self.view.text)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate edit.

    Attributes:
        edits: in code points of the problem's view.
        why: for people, a full sentence: "`reslt` is not defined, but `result` is."
        rank: candidates are checked in rising order; 0 is what the tool itself proposes. When two
            candidates of one rank are both proved and differ, the answer is ambiguous and neither
            is offered.
        safe: whether the meaning of correct code can't change by it. Only what adds something that
            was missing, or takes away what does nothing, can promise that; a guess can't.
    """

    edits: tuple[Edit, ...]
    why: str
    rank: float = 1.0
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Fixer:
    """A deterministic fix.

    Attributes:
        id: its name in evidence and journal, the file's name.
        matches: whether it knows something about a diagnostic. Cheap: no parsing.
        propose: candidate edits, best first; none when it does not apply after all. Never raises
            for any text.
        languages: LSP language ids; None for every language.
        tidies: whether it may mend what somebody else wrote without their being asked: it guesses at no
            meaning, such as that of a misspelt name, but adds or takes away what leaves no choice.
    """

    id: str
    matches: Callable[[Diagnostic], bool]
    propose: Callable[[Problem], Iterable[Proposal]]
    languages: frozenset[str] | None = frozenset({"python"})
    tidies: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """A `matches` that is true for codes, whoever reports them, or for a message pattern.

    Attributes:
        codes: as tools write them.
        message: a regular expression, searched without regard to case; it serves tools that
            report without codes.
    """

    codes: frozenset[str]
    message: re.Pattern[str] | None

    def __call__(self, diagnostic: Diagnostic) -> bool:
        """Whether the diagnostic has one of the codes, or words like these."""
        if diagnostic.code in self.codes:
            return True
        return self.message is not None and self.message.search(diagnostic.message) is not None


def about(*codes: str, message: str | None = None) -> About:
    """An `About` for these codes and this pattern."""
    return About(frozenset(codes), re.compile(message, re.IGNORECASE) if message else None)


UNDEFINED_NAME = about(
    "F821",
    "E0602",
    "reportUndefinedVariable",
    "name-defined",
    "undefined-variable",
    "unresolved-reference",
    message=r"undefined name|\bis not defined\b",
)
"""A name that nothing binds, in the words of the Python tools."""


def repairs(text: str, candidates: Iterable[Proposal]) -> Iterator[Proposal]:
    """The candidates that mend the first syntax error of a Python text.

    When one leaves a text that parses, only such candidates are given. Otherwise those are given
    that get past the first error to an independent one, half a rank later. Candidates are read
    lazily, and only so far as their number and that of the finds stay small. Of a very long text,
    fewer are read.

    Raises:
        StoppedError: when nobody waits for them any more.
    """
    onward: list[Proposal] = []
    clean = 0
    parses = max(_MIN_PARSES, min(_MAX_PARSES, _MAX_PARSED_CHARS // max(1, len(text))))
    for candidate in islice(candidates, parses):
        go_on()
        found = progress(text, candidate.edits)
        if found == "clean":
            clean += 1
            yield candidate
        elif found == "onward":
            onward.append(replace(candidate, rank=candidate.rank + 0.5))
        if clean == _MAX_REPAIRS:
            return
    if not clean:
        yield from onward[:_MAX_REPAIRS]


def insertion(offset: int, text: str) -> Edit:
    """Put `text` at a place."""
    return Edit(Span(offset, offset), text)


def all_fixers() -> dict[str, Fixer]:
    """Every fixer, by its id."""
    return load_folder(sys.modules[__name__], "FIXER", Fixer)
