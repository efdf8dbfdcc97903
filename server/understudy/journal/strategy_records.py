"""Rows about how models were asked once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Result = Literal["cleared", "changed", "same", "worse", "unanswered"]
"""What came of it: nothing is wrong any more; something else is; the same is; it is farther from an
edit than before; or there was no reply, for a reason that says nothing of the strategy."""
RESULTS: tuple[Result, ...] = get_args(Result)
Why = Literal["measured", "explored", "plain", "repeated", "free"]
"""How a strategy was chosen: for what it was worth so far; to learn what it is worth; because no other
is known to be better; because the failure came back under the ones before; because it asks nobody."""
WHYS: tuple[Why, ...] = get_args(Why)


@dataclass(frozen=True, slots=True)
class StrategyUse:
    """A strategy was used after a failure.

    Attributes:
        number: its place among those of the run, from 1.
        call_id: of the question that it changed, or of the reply that it mended; empty for none.
        category, code, fingerprint: of the failure that it was to clear.
        step: how often the model was asked again in the run, this time included; 0 where it was not.
        tokens: by how many the question was longer than the plain one; negative for a shorter one.
        seconds: how long the question, or the mending, took with its proof.
    """

    run_id: str
    number: int
    call_id: str
    at_us: int
    strategy: str
    why: Why
    model: str
    language: str
    category: str
    code: str
    fingerprint: str
    step: int
    result: Result
    tokens: int = 0
    seconds: float = 0.0
