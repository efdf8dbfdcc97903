"""Who is asked next when a model fails, and when to stop.

Nothing here does I/O but the `State` that it is given, and time comes from a clock, so that a list
of failures leads to the same decisions here and in `understudy cascade simulate`. Models are only
ever tried forward: none comes back once another took over. `understudy.engine.racing` asks two at once.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as F
from understudy.core.plural import plural
from understudy.engine import actions, steps
from understudy.engine.purse import Purse
from understudy.engine.steps import About, Decision, How, State, Step
from understudy.engine.unfit import Unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from understudy.config.settings import CascadeSettings
    from understudy.core.failures import Failure
    from understudy.engine.actions import Action
    from understudy.models.registry import Model

__all__ = ["About", "Cascade", "Decision", "How", "State", "Step"]

_RETRY_S = 0.3
"""The pause before the only model is asked once more after a failure of its server."""


@dataclass
class Cascade:
    """One run's way through the models.

    Attributes:
        order: the models in the order in which they may be asked.
        estimate: the most that one question to a model costs in US dollars; None when unknown.
        deadline: on the clock; nothing waits past it.
        named: whether the user named the one model for this request: nothing that is remembered
            stands against it.
        may_be_longer: whether a model can give a longer answer than it is asked for at first.
        trace: every decision so far.
    """

    order: Sequence[Model]
    settings: CascadeSettings
    state: State
    about: About
    estimate: Callable[[Model], float | None]
    clock: Callable[[], float] = time.monotonic
    deadline: float = math.inf
    named: bool = False
    may_be_longer: Callable[[Model], bool] = lambda _: False
    trace: list[Decision] = field(default_factory=list)
    _at: int = -1
    _primary: int = -1
    """Where the first model stands that was asked over the network; -1 before that."""
    _spent: steps.Spent = field(default_factory=steps.Spent)
    _unfit: Unfit = field(default_factory=Unfit)
    _against: dict[str, str] = field(default_factory=dict)
    _pending: Step | None = None

    def __post_init__(self) -> None:
        """Leave out what stands in the order twice, and who is never asked without a cascade."""
        self.order = list({model.id: model for model in self.order}.values())
        if not self.settings.enabled:
            self.order = steps.up_to_first_other(self.order)
        self._purse = Purse(self.estimate, self.settings)

    def first(self) -> Step:
        """The first model to ask."""
        return self._noted("", None, self._onward(None))

    def failed(self, failure: Failure, *, cost_usd: float | None = 0.0) -> Step:
        """What follows from a failure of the model that was asked last.

        Args:
            failure: what went wrong.
            cost_usd: what its answer cost all the same; None when nobody knows.
        """
        model = self.order[self._at]
        if self._at != self._primary:
            self._purse.spend(model, cost_usd)
        return self._noted(model.id, failure, self._after(model, failure))

    def confirmed(self, agreed: bool) -> Step:  # noqa: FBT001 - it is the user's answer
        """What follows from the user's answer to a `confirm` step."""
        pending, self._pending = self._pending, None
        if pending is None:
            raise ValueError("the last step asked for no confirmation")
        if agreed:
            # A question about money asks the same model again; any other hands over.
            line = pending.line if pending.how == "next" else ""
            step = self._ask(pending.model, pending.how, why=pending.why, line=line)
            return self._noted("", None, step)
        self._against[pending.model] = steps.not_agreed(pending, self.order, self._purse)
        category = pending.category or F.BUDGET_EXCEEDED
        why = f"No other model was asked: {self._all_against()}."
        return self._noted("", None, Step("stop", why=why, category=category))

    @property
    def has_more(self) -> bool:
        """Whether a model stands behind the one that is asked now."""
        return self._at + 1 < len(self.order) and self._has_room()

    def passed(self) -> None:
        """The edit of the model that was asked last was proved."""
        if not steps.is_built_in(self.order[self._at]):
            self.state.reset(self.about, self.order[self._at].id)

    def replied(self) -> None:
        """The model that was asked last gave a finished reply, whatever that is worth."""
        if not steps.is_built_in(self.order[self._at]):
            self.state.reached(self.order[self._at])

    def _noted(self, failed: str, failure: Failure | None, step: Step) -> Step:
        category = failure.category if failure else None
        self.trace.append(Decision(failed, category, failure.fingerprint if failure else "", step))
        return step

    def _after(self, model: Model, failure: Failure) -> Step:
        if steps.is_built_in(model):
            # It knows an edit or not; asking it again, or counting, would change nothing.
            self._against[model.id] = "knows no edit for it"
            return self._onward(failure)
        if failure.category is F.BUDGET_EXCEEDED:
            # It was never asked.
            self._spent.asked -= 1
        else:
            self._spent.here += 1
        actions.note(self.state, model, failure)
        action = actions.action_for(failure, self.settings.actions)
        if action == "stop":
            why = f"{failure.message} {self._why(model)}".strip()
            return Step("stop", why=why, category=failure.category)
        if failure.category is F.BUDGET_EXCEEDED and action == "ask" and self._may_ask_for(model):
            return self._ask_for_money(model, failure)
        self._unfit.learn(model, failure)
        return self._by_action(model, failure, action)

    def _by_action(self, model: Model, failure: Failure, action: Action) -> Step:
        if action == "reduce_context":
            return self._less_context(model, failure)
        if failure.category is F.BUDGET_EXCEEDED:
            self._against[model.id] = "would exceed the budget"
            return self._onward(failure)
        if actions.is_of_server(failure) and action in {"wait", "switch", "ask"}:
            return self._past_server(model, failure, action)
        return self._again_or_onward(model, failure, action)

    def _again_or_onward(self, model: Model, failure: Failure, action: Action) -> Step:
        """Ask the model once more unless it failed too often."""
        same, kind = self.state.count(self.about, model.id, failure)
        often = max(same, kind, self._spent.here)
        at_once = failure.category.value in self.settings.escalate_on_categories
        enough = often >= self.settings.max_failures_before_escalate
        if action in {"switch", "ask"} or at_once or enough or not self._may_repeat(model):
            self._against[model.id] = f"failed {actions.word(failure)}{steps.times(often)}"
            if not (at_once or enough) and self._may_lengthen(model, failure):
                self._spent.lengthened = True
                return self._ask(model.id, "longer", why=failure.message)
            onward = self._onward(failure, often)
            alone = onward.action == "stop" and actions.is_by_chance(failure) and not enough
            if not (alone and self._may_repeat(model)):
                return onward
            action = "same"
        if action == "wait":
            if (step := self._wait(model, failure)) is not None:
                return step
            action = "same"
        return self._ask(model.id, "same" if action == "same" else "refine", why=failure.message)

    def _past_server(self, model: Model, failure: Failure, action: Action) -> Step:
        """Another model answers sooner than a server recovers; only without one is there a wait.

        Unless the user wants to wait.
        """
        self._against[model.id] = actions.told(failure)
        if actions.is_counted(failure):
            self.state.count(self.about, model.id, failure)
        if action == "wait" and (step := self._wait(model, failure)) is not None:
            return step
        step = self._onward(failure)
        if step.action == "stop" and actions.may_pass(failure):
            return self._wait(model, failure) or step
        return step

    def _wait(self, model: Model, failure: Failure) -> Step | None:
        """Ask the same model once more after a pause, if that is short enough and affordable."""
        pause = _RETRY_S if failure.after_s is None else failure.after_s
        late = pause > self.settings.max_wait_s or self.clock() + pause >= self.deadline
        if self._spent.waited or late or not self._may_repeat(model):
            return None
        self._spent.waited = True
        return self._ask(model.id, "same", after_s=pause, why=failure.message)

    def _may_ask_for(self, model: Model) -> bool:
        """Once for each model: a yes that changed nothing is not asked for again."""
        return self._has_room() and model.id not in self._spent.asked_for

    def _ask_for_money(self, model: Model, failure: Failure) -> Step:
        self._spent.asked_for.add(model.id)
        self._pending = steps.about_money(model, failure)
        return self._pending

    def _less_context(self, model: Model, failure: Failure) -> Step:
        if self.about.can_shrink and not self._spent.shrunk and self._may_repeat(model):
            self._spent.shrunk = True
            return self._ask(model.id, "reduce_context", why=failure.message)
        self._against[model.id] = f"failed {actions.word(failure)}"
        return self._onward(failure)

    def _may_lengthen(self, model: Model, failure: Failure) -> bool:
        """Whether the same model may be asked for a longer answer, once."""
        if self._spent.lengthened or not actions.lengthens(failure, self.settings.actions):
            return False
        return self._may_repeat(model) and self.may_be_longer(model)

    def _has_room(self) -> bool:
        return self._spent.asked < self.settings.max_total_attempts

    def _may_repeat(self, model: Model) -> bool:
        return self._has_room() and (self._at == self._primary or self._purse.affords(model))

    def _onward(self, failure: Failure | None, often: int = 1) -> Step:
        """Ask the next model that may be asked.

        One that failed too often of late comes last: when nobody else may be asked.
        """
        before = self.order[self._at] if self._at >= 0 else None
        for forgiving in (False, True):
            for place in range(self._at + 1, len(self.order)):
                model = self.order[place]
                against = self._objection(model, forgiving=forgiving)
                if not against:
                    self._at = place
                    self._spent.begin()
                    return self._take_over(before, model, failure, often)
                self._against[model.id] = against
        return steps.dead_end(self._all_against(), failure)

    def _objection(self, model: Model, *, forgiving: bool) -> str:
        """Why a model may not take over, as a clause; empty when it may, and has leave."""
        if steps.is_built_in(model):
            return ""
        if not self._has_room():
            return f"was not asked after {plural(self._spent.asked, 'attempt')}"
        return (
            self._unfit.why(model, self.order, self.order[self._at + 1 :])
            or (self._purse.too_dear(model) if self._primary >= 0 else "")
            or self._remembered(model, forgiving=forgiving)
        )

    def _remembered(self, model: Model, *, forgiving: bool) -> str:
        """What earlier runs say against a model, as a clause; nothing against a named one."""
        if self.named:
            return ""
        return (
            "" if forgiving else steps.of_late(self.state, self.about, self.settings, model)
        ) or self.state.claim(model)

    def _take_over(
        self, before: Model | None, model: Model, failure: Failure | None, often: int
    ) -> Step:
        if before is None or failure is None or steps.is_built_in(before):
            how: How = "first" if before is None else "next"
            line = steps.passed_over(self._against, self.order, model)
            return self._ask(model.id, how, why=self._why(model), line=line)
        line = steps.handover(before, model, failure, often) + f", {self._purse.price(model)}."
        asks = actions.action_for(failure, self.settings.actions) == "ask"
        if asks or self._purse.wants_asking(model):
            category = failure.category if asks else None
            self._pending = Step(
                "confirm", model.id, "next", why=failure.message, line=line, category=category
            )
            return self._pending
        return self._ask(model.id, "next", why=failure.message, line=line)

    def _why(self, model: Model) -> str:
        passed = steps.listed(self._against, [one for one in self._against if one != model.id])
        return f"{passed}." if passed else ""

    def _ask(
        self, model: str, how: How, *, after_s: float = 0.0, why: str = "", line: str = ""
    ) -> Step:
        if not steps.is_built_in(self.order[self._at]):
            self._spent.asked += 1
            self._primary = self._at if self._primary < 0 else self._primary
        return Step("ask", model, how, after_s, why, line)

    def _all_against(self) -> str:
        return steps.listed(self._against, [one.id for one in self.order])
