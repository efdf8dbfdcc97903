"""What is asked of a model by a run, and what comes back."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from understudy.core.failures import Evidence, Failure, FailureCategory
from understudy.engine.clearance import restored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from understudy.context.items import Chosen
    from understudy.core.failures import Blame
    from understudy.edit_formats import Progress
    from understudy.engine.clearance import Cleared
    from understudy.engine.influence import LessonUse
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
        spans: the pieces of the workspace that were chosen for it.
        lessons: those that had a part in it, or were held out of it.
        max_output: tokens that the answer may have, thinking included.
        deadline: `time.monotonic()` at which the run ends.
        hedge_after_s: how long a model of which too little is known may be silent before the next
            one is asked; None where there is no next one.
        named: whether the user named this model, so that nothing that is remembered keeps it from
            being asked.
        how: how the cascade came to ask: see `understudy.engine.steps.How`.
        schema: a JSON Schema that the answer is held to, where the model can be; None for text.
        look: what the beginning of a reply says, see `Watching`; None where nobody watches it.
        tell: hears about a reply that is watched.
        hear: hears each piece of a reply as it comes, with the masks that stand for secrets; None
            where nobody does.
        restore: what becomes of these masks in the finished reply.
        request: what has one budget with other runs; empty for the run alone.
        temperature: what the model is asked with; None for what the settings say.
    """

    run_id: str
    number: int
    model: Model
    view: View
    prompt: Prompt
    max_output: int
    deadline: float
    spans: tuple[Chosen, ...] = ()
    lessons: tuple[LessonUse, ...] = ()
    how: How = "first"
    hedge_after_s: float | None = None
    named: bool = False
    edit_format: str = ""
    request: str = ""
    temperature: float | None = None
    look: Callable[[str, bool], Progress] | None = None
    tell: Callable[[Event], None] = _unheard
    schema: Mapping[str, Any] | None = None
    hear: Callable[[str], None] | None = None
    restore: Callable[[str, Cleared], str] = restored


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one question waits; None for no longer than its deadline, or the provider's limit.

    Attributes:
        turn_s: for the key, and for a place among the calls that the provider may get at once.
        silence_s: for the model, wherever it falls silent.
        leave: of the ledger, by which the model may be given up early; 0 where none was wanted.
    """

    turn_s: float | None = None
    silence_s: float | None = None
    leave: int = 0


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


def waited(model: Model, what: Literal["turn", "key"], seconds: float) -> Failure:
    """The failure of a question that was not sent in time. It says nothing about the server."""
    whose = f"`{model.provider}`"
    why = (
        f"`{model.id}` was not asked: so many calls of {whose} were under way that its turn did not"
        f" come within {seconds:.1f} s. Raise `providers.{model.provider}.concurrency`, or try again."
        if what == "turn"
        else f"`{model.id}` was not asked: the key of {whose} was not there within {seconds:.1f} s."
        " Unlock the keyring, or try again."
    )
    failure = before_sending(model, why, FailureCategory.TIMEOUT)
    blame: Blame = "tool" if what == "turn" else "user"
    return replace(failure, code=f"waited_for_{what}", blame=blame)


def cancelled(model: Model) -> Failure:
    """The end of a question to which nobody waits for an answer any more."""
    failure = before_sending(model, "The run was cancelled.", FailureCategory.CANCELLED)
    return replace(failure, code="", advice="stop")


@contextmanager
def unjudged_if_stopped(
    judged: Callable[[Answered, Failure], None], answered: Answered, model: Model
) -> Iterator[None]:
    """Record it where nobody waits for the verdict on a reply any more.

    A reply of which nothing is found wrong counts as good.

    Args:
        judged: records what was found wrong with a reply.
        answered: the reply.
        model: whose it is.
    """
    try:
        yield
    except asyncio.CancelledError:
        judged(answered, cancelled(model))
        raise
