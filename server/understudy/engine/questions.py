"""What is asked of a model by a run, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from understudy.core.failures import Evidence, Failure, FailureCategory
from understudy.engine.clearance import restored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.edit_formats import Progress
    from understudy.engine.clearance import Cleared
    from understudy.engine.services import Event
    from understudy.engine.steps import How
    from understudy.models.registry import Model
    from understudy.prompt import Prompt
    from understudy.wire import Reply
    from understudy.workspace.view import View


def _unheard(event: Event) -> None:
    """Where nobody listens."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        prompt: with the parts that fit; see `room_for`.
        max_output: tokens that the answer may have, thinking included.
        deadline: `time.monotonic()` at which the run ends.
        silence_s: how long the model may be silent before it is given up; None for the provider's
            own limit.
        how: how the cascade came to ask: `first`, `same`, `refine`, `reduce_context`, `next`.
        schema: a JSON Schema that the answer is held to, where the model can be; None for text.
        look: what the beginning of a reply says; None where nobody watches it.
        tell: hears about a reply that is watched.
        hear: hears each piece of a reply as it comes, with the masks that stand for secrets; None
            where nobody does.
        restore: what becomes of these masks in the finished reply.
        request: what has one budget with other runs; empty for the run alone.
    """

    run_id: str
    number: int
    model: Model
    view: View
    prompt: Prompt
    max_output: int
    deadline: float
    how: How = "first"
    silence_s: float | None = None
    edit_format: str = ""
    request: str = ""
    look: Callable[[str], Progress] | None = None
    tell: Callable[[Event], None] = _unheard
    schema: Mapping[str, Any] | None = None
    hear: Callable[[str], None] | None = None
    restore: Callable[[str, Cleared], str] = restored


@dataclass(frozen=True, slots=True)
class Answered:
    """A finished reply, with what it took.

    Attributes:
        cost_usd: None when the model's price is not known; 0 for a reply from the cache.
        remembered: whether the reply is one that the model gave before.
        key: under which it may be kept; empty for one that is.
        kept: what is kept of it, without the secrets that the edit holds.
        call: the id of the call in the journal.
        edit_format: how the edit was to be written.
    """

    reply: Reply
    cost_usd: float | None
    remembered: bool = False
    key: str = ""
    kept: str = field(default="", repr=False)
    call: str = ""
    edit_format: str = ""


def before_sending(model: Model, why: str, category: FailureCategory) -> Failure:
    """The failure of a question that was never sent."""
    return Failure(
        category=category,
        phase="request",
        blame="user",
        message=why,
        code="not_sent",
        evidence=Evidence(model.provider, why[:200]),
        advice="switch_model",
        fingerprint=f"not_sent:{category.value}:{model.provider}",
    )


def cancelled(model: Model) -> Failure:
    """The end of a question to which nobody waits for an answer any more."""
    failure = before_sending(model, "The run was cancelled.", FailureCategory.CANCELLED)
    return replace(failure, code="", advice="stop")
