"""One way to ask once more after a failure per file. Each defines `STRATEGY`.

A strategy says for which failures it is made and how the next question differs from the plain one.
It does nothing itself: the engine changes the question, notes what came of it, and so finds out which
strategy is worth its tokens (`understudy.engine.tactics`).

Other packages can bring more: an entry point of the group `understudy.strategies` names a `Strategy`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from understudy.core.failures import FailureCategory as F
from understudy.core.plugins import load_folder, load_installed

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.core.failures import Failure
    from understudy.workspace.diagnostics import Diagnostic

PLAIN = "plain_retry"
"""What all others are compared with."""
GROUP = "understudy.strategies"

UNREADABLE = frozenset(
    {F.PARSE_ERROR, F.EDIT_APPLY_FAILED, F.INCOMPLETE_OUTPUT, F.MARKDOWN_POLLUTION, F.EMPTY_OUTPUT}
)
"""The reply was no edit, or one that could not be carried out."""
MEANING = frozenset(
    {F.IMPORT_ERROR, F.TYPE_ERROR, F.HALLUCINATION, F.RUNTIME_ERROR, F.TEST_FAILURE}
)
"""The edit could be carried out, and uses what is not there, or not as it is."""
FORM = frozenset({F.SYNTAX_ERROR, F.LINT_FAILURE})
"""The edit could be carried out, and what it leaves is not well formed."""

RemedyKind = Literal["context_rule", "model_param", "post_processor"]


@dataclass(frozen=True, slots=True)
class Setback:
    """A failure, with what stands open for the next question.

    Attributes:
        found: what checkers reported that was not there before, in code points of the failed text.
        language: of the document.
        can_cool: whether the model takes a temperature, and the one that it is asked with is not 0.
        other_formats: edit formats that could be asked for instead, the best first.
        can_narrow: whether fewer lines would do than were asked about.
    """

    failure: Failure
    found: tuple[Diagnostic, ...] = ()
    language: str = ""
    can_cool: bool = False
    other_formats: tuple[str, ...] = ()
    can_narrow: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """How a question differs from the plain one.

    Attributes:
        finding: whether it shows what a checker said, with the lines of the attempt that it is about.
        definitions: whether it shows the definitions of the names in those lines.
        temperature: what the model is asked with; None leaves it.
        other_format: whether the edit is asked for in another format.
        narrower: whether fewer lines are asked about.
        tidies: whether the failed edit is mended without asking anybody.
    """

    finding: bool = False
    definitions: bool = False
    temperature: float | None = None
    other_format: bool = False
    narrower: bool = False
    tidies: bool = False


def _always(setback: Setback) -> bool:  # noqa: ARG001 - it is for each of them
    return True


@dataclass(frozen=True, slots=True)
class Strategy:
    """One way to ask again. Its words for the model are fragments with `strategy` among their `when`.

    Attributes:
        id: its name in the journal, in fragments and in reports: the file's name.
        change: what it does with the next question.
        categories: the failures that it is made for; empty for all.
        fits: whether a failure of these leaves it something to do. Cheap.
        remedy: the kind and the body of a lesson that applies it from the first question on; None where
            that makes no sense before something failed.
        remedy_codes: of the failures that such a lesson helps with; empty for all.
    """

    id: str
    change: Change
    categories: frozenset[F] = frozenset()
    fits: Callable[[Setback], bool] = field(default=_always)
    remedy: tuple[RemedyKind, str] | None = None
    remedy_codes: frozenset[str] = frozenset()

    def is_for(self, setback: Setback) -> bool:
        """Whether it has an answer to a failure."""
        fits = not self.categories or setback.failure.category in self.categories
        return fits and self.fits(setback)

    def remedy_for(self, code: str) -> tuple[RemedyKind, str] | None:
        """The kind and the body of a lesson about failures with a tool's code; None for no lesson."""
        return self.remedy if not self.remedy_codes or code in self.remedy_codes else None


def all_strategies() -> dict[str, Strategy]:
    """Every strategy by its id: those of the folder, then those of other packages."""
    own = load_folder(sys.modules[__name__], "STRATEGY", Strategy)
    return {**load_installed(GROUP, Strategy), **own}
