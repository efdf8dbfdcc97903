"""What a run is about: a problem that must go, or a wish for a change."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.engine.scope import scope_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.engine.rules import Draft
    from understudy.fixers import Problem
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Proposed:
    """An edit that nobody has proved yet, and the model that wrote it."""

    draft: Draft
    model: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A change that a user wants, where no diagnostic says when it is done.

    Attributes:
        instruction: what the model is told to do, as sentences.
        lines: the lines that may be written anew, counted from 0: a symbol or block as a rule.
        selected: those of them that the user selected; empty for all.
        whole: whether all of the document may change, and not these lines alone.
        others: further documents that the change may reach, by their path below the workspace.
        may_create: whether new files may be written.
        stays: whether the document itself must stay as it is, and only others may change.
        home: the path of the file that code without one is meant for; empty where nobody knows.
        samples: documents that show how things are done here, and that may not change.
        proposal: an edit that came with the wish, which is looked at before anybody is asked.
        said: what the user said in words; the router guesses by them how hard it is. Empty where
            the task or a comment says it.
        kind: which of the task's kinds it is, where it has some.
        about: the names that it is about, as far as they are known.
    """

    instruction: str
    lines: range
    whole: bool = False
    others: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))
    may_create: bool = False
    stays: bool = False
    home: str = ""
    samples: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))
    proposal: Proposed | None = None
    selected: range = range(0)
    said: str = ""
    kind: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a run is about, in one document.

    Attributes:
        target: the diagnostic that must go; None for a wish.
        problem: the same with the names around it, for the offline model; None for a wish.
        wish: None for a diagnostic.
    """

    view: View
    target: Diagnostic | None = None
    problem: Problem | None = None
    wish: Wish | None = None

    @property
    def scope(self) -> tuple[Span, ...]:
        """Where the edit was asked for, in code points of the document."""
        if self.wish is None:
            return scope_of(self.view, self.target.span) if self.target is not None else ()
        index = self.view.index
        lines = range(len(index)) if self.wish.whole else self.wish.lines
        return (Span(index.start(lines.start), index.start(lines.stop)),)


def of_problem(problem: Problem) -> Subject:
    """The subject of a fix."""
    return Subject(problem.view, problem.diagnostic, problem)
