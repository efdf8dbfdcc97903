"""What the cascade would do about a list of failures: the live decisions, without any call."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory
from understudy.core.plural import plural
from understudy.engine.cascade import About, Cascade
from understudy.engine.fitting import longer
from understudy.journal.ledger import MemoryLedger
from understudy.models.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.config.settings import Settings
    from understudy.engine.cascade import Decision, Step
    from understudy.engine.script import Scripted

_MOST_STEPS = 1_000
_TYPICAL_USD = 0.01
_TYPICAL_OUTPUT = 1_000
_UNFINISHED = frozenset({"request", "stream"})
"""Phases of failures without a finished reply."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came of a script.

    Attributes:
        trace: every decision, as in a live run.
        passed: the model whose edit was taken to be proved, since the script held no more failures
            of it; empty when the run ended without one.
        calls: how often models were asked that are not built in.
        seconds: how long it took, waits included.
    """

    trace: tuple[Decision, ...]
    passed: str
    calls: int
    seconds: float


def simulate(
    order: Sequence[Model], script: Sequence[Scripted], settings: Settings, *, agrees: bool = False
) -> Simulation:
    """Let the models fail by the script. One without a failure left in it succeeds.

    Args:
        order: the models in the order in which they may be asked.
        script: is used up in its order.
        settings: those of the cascade count, and `fix.timeout_s`.
        agrees: the user's answer to every question.
    """
    return _Run(deque(script), agrees).through(order, settings)


@dataclass
class _Run:
    script: deque[Scripted]
    agrees: bool
    now: float = 0.0
    calls: int = 0
    built_in: set[str] = field(default_factory=set)

    def through(self, order: Sequence[Model], settings: Settings) -> Simulation:
        # A day is far enough from the beginning of time for every cool-down.
        ledger = MemoryLedger(
            cooldown_s=settings.cascade.cooldown_seconds, clock=lambda: self.now + 86_400.0
        )
        self.built_in = {model.id for model in order if model.locality == "built-in"}
        cascade = Cascade(
            order=order,
            settings=settings.cascade,
            state=ledger,
            about=About("fix", "file"),
            estimate=_estimate,
            clock=lambda: self.now,
            deadline=settings.fix.timeout_s,
            may_be_longer=lambda model: longer(model, _TYPICAL_OUTPUT) > _TYPICAL_OUTPUT,
        )
        passed = self._walk(cascade)
        ledger.close()
        return Simulation(tuple(cascade.trace), passed, self.calls, self.now)

    def _walk(self, cascade: Cascade) -> str:
        """The model that succeeds; empty when none does."""
        step = cascade.first()
        for _ in range(_MOST_STEPS):
            if step.action == "stop":
                break
            if step.action == "confirm":
                step = cascade.confirmed(self.agrees)
                continue
            scripted = self._next(step)
            if scripted is None:
                cascade.replied()
                cascade.passed()
                return step.model
            if scripted.failure.phase not in _UNFINISHED:
                cascade.replied()
            step = cascade.failed(scripted.failure, cost_usd=scripted.cost_usd)
        return ""

    def _next(self, step: Step) -> Scripted | None:
        """The failure of the model that is asked; time goes on meanwhile."""
        self.calls += step.model not in self.built_in
        self.now += step.after_s
        for scripted in self.script:
            if scripted.model in {"", step.model}:
                self.script.remove(scripted)
                self.now += scripted.seconds
                return scripted
        return None


def _estimate(model: Model) -> float | None:
    """A call of a few thousand tokens."""
    from understudy.wire import Usage

    cost = model.cost(Usage(input=4_000, output=_TYPICAL_OUTPUT))
    return _TYPICAL_USD if cost is None and model.inferred else cost


def unknown_model(name: str) -> Model:
    """A model for a script that names one of which nothing is known."""
    return Model(
        id=name,
        cost_tier="standard",
        locality="cloud",
        capabilities=frozenset({"code-generation"}),
        provider=name.partition("/")[0],
        name=name,
        inferred=True,
    )


def trace_lines(simulation: Simulation) -> Iterator[str]:
    """A simulation for people."""
    for number, decision in enumerate(simulation.trace, 1):
        yield f"{number:3}. {_decision(decision)}"
        if decision.step.line:
            yield f"     {decision.step.line}"
        elif decision.step.why:
            yield f"     {decision.step.why}"
    end = f"`{simulation.passed}` succeeds" if simulation.passed else "no edit"
    yield f"End: {end}, after {plural(simulation.calls, 'call')} and {simulation.seconds:.1f} s."


def _decision(decision: Decision) -> str:
    step, category = decision.step, decision.category
    verb = "was not asked," if category is FailureCategory.BUDGET_EXCEEDED else "failed"
    before = f"{decision.failed} {verb} {category.value}: " if category else ""
    wait = f"wait {step.after_s:g} s, then " if step.after_s else ""
    what = f"{step.action} {step.model} ({step.how})" if step.model else step.action
    return f"{before}{wait}{what}"
