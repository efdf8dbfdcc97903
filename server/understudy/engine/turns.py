"""One asking of one model by a run, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.core.failures import Failure
    from understudy.engine.outcome import Candidate
    from understudy.engine.steps import How
    from understudy.models.registry import Model


@dataclass(frozen=True, slots=True)
class Turn:
    """One asking of one model.

    Attributes:
        number: counts the calls of the run from 1.
        how: how the cascade came to ask.
        hedge_after_s: see `understudy.engine.questions.Question`; the same for `named`.
        deadline: `time.monotonic()` at which the run ends.
    """

    model: Model
    run_id: str
    number: int
    how: How
    hedge_after_s: float | None
    deadline: float
    named: bool = False


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of it: an edit that may be shown, or the failure.

    Attributes:
        candidate: the edit as it was proved, also when it failed; None without a readable reply.
        cost_usd: None when unknown.
        replied: whether the model gave a finished reply just now, whatever that was worth.
    """

    candidate: Candidate | None
    failure: Failure | None
    cost_usd: float | None = 0.0
    replied: bool = False
