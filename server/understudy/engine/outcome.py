"""What a run ends with."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from understudy.engine.evidence import Band

if TYPE_CHECKING:
    from understudy.core.failures import Failure, FailureCategory
    from understudy.core.text import Edit
    from understudy.engine.evidence import CheckReport, Comparison, Facts, Verdict
    from understudy.engine.influence import Influence
    from understudy.engine.other_files import Other
    from understudy.engine.subject import Wish
    from understudy.prompt import Prompt
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View


class Status(StrEnum):
    """How a run ended."""

    OFFERED = "offered"
    """A candidate passed the gate: it is offered by its band (auto, confirm or review)."""
    WITHHELD = "withheld"
    """There were candidates, and the best of them did not pass; `reason` says why."""
    TOLD = "told"
    """A model said what it was asked to say: an explanation, or a review. No edit is meant."""
    UNFIXED = "unfixed"
    """No model had a candidate."""
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An edit with everything that was found out about it.

    Attributes:
        id: names the edit in the journal and in `understudy.take`.
        edits: minimal, in code points of the view that the run started from.
        model: the registry id of the model that wrote it.
        author: which part of the model: a fixer's id for the offline model.
        why: a full sentence for people.
        safe: whether the meaning of correct code can't change by it.
        seconds: how long carrying it out, checking and judging took.
        facts: what the verdict was reached by; None where nothing is judged anew.
        others: what becomes of further documents; the edit is all of it or nothing.
    """

    id: str
    edits: tuple[Edit, ...]
    model: str
    author: str
    why: str
    safe: bool
    verdict: Verdict
    comparison: Comparison
    checks: tuple[CheckReport, ...]
    seconds: float = 0.0
    facts: Facts | None = field(default=None, repr=False, compare=False)
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one run on one diagnostic.

    Attributes:
        view: the state that `candidate.edits` belong to.
        candidate: the offered edit, or the best of the withheld ones.
        reason: why nothing (or not this) is offered, as a sentence; empty when offered.
        tried: how many candidates were checked.
        attempts: these candidates, in order, until the run is recorded; empty afterwards.
        models: the ids of the models that might be asked, in order.
        asked: the ids of those that were.
        cost_usd: what the run cost in US dollars; None when nobody knows.
        handovers: what the user is told about models that took over from others, a line each.
        failure: of the last model over the network, where nothing is offered; why none could be
            asked, where there is one. None where there is none at all.
        prompt: what that model was asked, before secrets are masked.
        wish: what was to be done, where no diagnostic says it.
        task: the id of the task; empty where none was begun.
        influences: the lessons that had a part in what that model was asked.
    """

    run_id: str
    status: Status
    view: View
    diagnostic: Diagnostic | None
    candidate: Candidate | None = None
    reason: str = ""
    category: FailureCategory | None = None
    tried: int = 0
    attempts: tuple[Candidate, ...] = field(default=(), repr=False)
    seconds: float = 0.0
    models: tuple[str, ...] = field(default=())
    asked: tuple[str, ...] = field(default=())
    handovers: tuple[str, ...] = field(default=())
    cost_usd: float | None = 0.0
    failure: Failure | None = None
    prompt: Prompt | None = field(default=None, repr=False)
    wish: Wish | None = None
    task: str = ""
    influences: tuple[Influence, ...] = ()

    @property
    def offered(self) -> Candidate | None:
        """The candidate, if it may be shown to the user."""
        return self.candidate if self.status is Status.OFFERED else None


def takes_part(outcome: Outcome) -> bool:
    """Whether an outcome's edit is good enough to build the next step on."""
    candidate = outcome.offered
    return candidate is not None and candidate.verdict.band in {Band.AUTO, Band.CONFIRM}
