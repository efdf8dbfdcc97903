"""What the cascade is told, what it remembers, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, Protocol

from understudy.core.failures import FailureCategory
from understudy.engine.budget import question_about

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from understudy.config.settings import CascadeSettings
    from understudy.core.failures import Failure
    from understudy.engine.purse import Purse
    from understudy.models.registry import Model

NEVER_SENT = frozenset({"not_sent", "does_not_fit", "waited_for_turn", "waited_for_key"})
"""Codes of failures of questions that were not sent."""

How = Literal["first", "same", "longer", "refine", "reduce_context", "next"]
"""How a model is asked; `longer` is the same question with room for a longer answer."""


@dataclass(frozen=True, slots=True)
class About:
    """What failures are counted by, beside the model and the failure itself.

    Attributes:
        task: the task's id.
        scope: stands for the file, without naming it.
        can_shrink: whether the prompt has parts that could be left out.
    """

    task: str
    scope: str
    can_shrink: bool = True


class State(Protocol):
    """What is remembered from run to run, shared by all servers on this machine. May block."""

    def count(self, about: About, model: str, failure: Failure) -> tuple[int, int]:
        """Count a failure; `(so often this very one, so often its category)` of late."""

    def worst(self, about: About, model: str, *, ever: bool = False) -> tuple[str, int]:
        """The category that failed most often, and how often; `("", 0)` for none.

        Of late, or with `ever` since the last success.
        """

    def reset(self, about: About, model: str) -> None:
        """Forget the failures: an edit was proved."""

    def claim(self, model: Model) -> str:
        """Ask for leave to call a model; a clause says why not, empty for leave."""

    def unreachable(self, model: Model, failure: Failure) -> None:
        """The model's server failed, or asked for a pause."""

    def reached(self, model: Model) -> None:
        """The model's server answered."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do now.

    Attributes:
        after_s: seconds to wait before asking.
        why: why this model, or why nothing is left, as a sentence.
        line: for the user, when another model takes over, or a question to them; empty else.
        category: of the failure that ended it all, for `stop`. For `confirm`, `budget_exceeded`
            means that the user is asked to lift a limit for this run.
    """

    action: Literal["ask", "confirm", "stop"]
    model: str = ""
    how: How = "first"
    after_s: float = 0.0
    why: str = ""
    line: str = ""
    category: FailureCategory | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the trace: which model failed how, and what followed from it."""

    failed: str
    category: FailureCategory | None
    fingerprint: str
    step: Step


@dataclass
class Spent:
    """What this run used up so far."""

    asked: int = 0
    here: int = 0
    """Failures of the model that is asked now, in this run."""
    shrunk: bool = False
    lengthened: bool = False
    waited: bool = False
    asked_for: set[str] = field(default_factory=set)
    """Models for which the user was asked whether a limit of the budget is lifted."""

    def begin(self) -> None:
        """Another model is asked now."""
        self.here = 0
        self.shrunk = self.lengthened = self.waited = False


def about_money(model: Model, failure: Failure) -> Step:
    """Ask the user whether a limit is lifted for a model."""
    line = question_about(model, failure)
    return Step("confirm", model.id, "same", 0.0, failure.message, line, failure.category)


def not_agreed(pending: Step, order: Iterable[Model], purse: Purse) -> str:
    """Why a model is not asked that somebody had to agree to, and from which price on that is so."""
    words = "was not asked, because nobody agreed to it"
    if pending.category is not None:
        return words
    model = next(one for one in order if one.id == pending.model)
    return f"{words} ({purse.price(model)}, `cascade.ask_above_usd`)"


def dead_end(against: str, failure: Failure | None) -> Step:
    """Nothing is left; `against` says for each model what stands against it."""
    why = f"No model is left: {against}." if against else "There is no model to ask."
    return Step("stop", why=why, category=failure.category if failure else None)


def is_built_in(model: Model) -> bool:
    """Whether a model is part of this program: it is never counted, and costs nothing."""
    return model.locality == "built-in"


def listed(against: Mapping[str, str], models: Iterable[str]) -> str:
    """What stands against these models, those with nothing left out."""
    return "; ".join(f"`{one}` {against[one]}" for one in models if one in against)


def times(often: int) -> str:
    """How often something happened, to be put behind it; once goes without saying."""
    return f" {often}x" if often > 1 else ""


def passed_over(against: Mapping[str, str], order: Iterable[Model], model: Model) -> str:
    """Which models a run does not ask at all before this one, and why, in one line for the user.

    Empty for none. Of those that were asked each handover tells; those behind it have their turn.
    """
    before = takewhile(lambda one: one.id != model.id, order)
    others = [one.id for one in before if not is_built_in(one)]
    passed = "" if is_built_in(model) else listed(against, others)
    return f"{passed} \u2192 {model.id}." if passed else ""


def handover(before: Model, model: Model, failure: Failure, often: int) -> str:
    """Which model takes over from which, and why, in one line for the user."""
    if is_unasked(failure):
        return f"{before.id} was not asked ({failure.category.value}) \u2192 {model.id}"
    code = f" ({failure.code})" if failure.code else ""
    return f"{before.id} failed {failure.category.value}{times(often)}{code} \u2192 {model.id}"


def is_unasked(failure: Failure) -> bool:
    """Whether the question never got as far as the model's server."""
    return failure.category is FailureCategory.BUDGET_EXCEEDED or failure.code in NEVER_SENT


def of_late(state: State, about: About, settings: CascadeSettings, model: Model) -> str:
    """That a model failed too often of late, as a clause; empty when it did not."""
    restore = settings.restore_primary
    if restore == "nextTask":
        return ""
    category, count = state.worst(about, model.id, ever=restore == "never")
    enough = count >= settings.max_failures_before_escalate
    return f"failed {category} {count}x here of late" if enough else ""


def up_to_first_other(order: Sequence[Model]) -> list[Model]:
    """What is walked of an order where no model takes over: built-in ones, and the first other."""
    first = next((at for at, one in enumerate(order) if not is_built_in(one)), len(order))
    return [*order[: first + 1]]
