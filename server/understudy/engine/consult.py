"""Ask models for words about code, one after the other, until one answers as it was asked to.

What this has in common with asking for edits stands in `understudy.engine.walk`. Here nothing is
proved: a finished reply that can be read is the answer.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from understudy.core.failures import CallError
from understudy.engine.addressing import addressee, as_failure
from understudy.engine.cascade import Cascade
from understudy.engine.clearance import restored
from understudy.engine.drafting import SAYS_NO
from understudy.engine.fitting import longer, max_output, tokens_of
from understudy.engine.questions import Question
from understudy.engine.selection import Recipient, Selection
from understudy.engine.told import shortened
from understudy.engine.walk import Walk, about
from understudy.prompt.pieces import NOTHING_SHOWN, Tried
from understudy.prompt.trouble import FragmentError
from understudy.reading import UnreadableError
from understudy.workspace.secrets import Masks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from understudy.context.items import Chosen
    from understudy.core.failures import Failure
    from understudy.engine.cascade import Step
    from understudy.engine.clearance import Cleared
    from understudy.engine.material import Place
    from understudy.engine.questions import Answered
    from understudy.engine.reach import Reach
    from understudy.engine.selection import Whole
    from understudy.models.registry import Model
    from understudy.models.room import Room
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt
    from understudy.prompt.choosing import Addressee
    from understudy.prompt.pieces import Shown
    from understudy.workspace.view import View

T = TypeVar("T")

_MOST_FAILURES = 2
"""A model that can't be read is told why, once (JC-10); then the next one is asked."""


class Audience(Protocol):
    """Whoever watches replies while they are written. What it hears is no answer yet."""

    def hears(self, model: str, piece: str) -> None:
        """A piece of a reply, with the masks that stand for secrets."""

    def loses(self, model: str, failure: Failure) -> None:
        """The reply of which pieces were heard came to nothing."""


@dataclass(frozen=True, slots=True)
class Matter(Generic[T]):
    """What models are asked about code, and what their replies mean.

    Attributes:
        place: the document that is spoken about, the lines that it is about, and what is reported there.
        prompt: what is asked of somebody, with earlier replies that did not do and with context
            that was chosen. It raises `FragmentError`, and looks at files.
        read: what a finished reply says. It raises `UnreadableError`, and may take a while.
        output: tokens that the answer itself takes at most.
        form: what the answer is written in, under which it is counted how often a model keeps to
            it; empty for plain text.
        schema: a JSON Schema for the answer; None for text.
        audience: None where nobody watches.
        restore: what becomes of the masks of secrets in a finished reply.
    """

    place: Place
    prompt: Callable[[Sequence[Tried], Addressee, Shown], Prompt]
    read: Callable[[str], T]
    output: int
    form: str = ""
    schema: Mapping[str, Any] | None = None
    audience: Audience | None = None
    restore: Callable[[str, Cleared], str] = restored

    @property
    def view(self) -> View:
        """The document that is spoken about."""
        return self.place.view


@dataclass(kw_only=True)
class Consulting(Walk, Generic[T]):
    """One matter on its way through the models.

    Attributes:
        reach: the way to the models.
        answer: what one of them said; None as long as none did.
        sent: what the last one was asked.
        failure: of the last one that failed.
    """

    matter: Matter[T]
    reach: Reach
    answer: T | None = None
    sent: Prompt | None = None
    failure: Failure | None = None
    _told: list[Tried] = field(default_factory=list)
    _calls: int = 0
    _smaller: int = 0
    _longer: bool = False
    _masks: Masks = field(default_factory=Masks)
    _selection: Selection = field(init=False)

    def __post_init__(self) -> None:
        """Nothing of the workspace is chosen yet."""
        self._selection = Selection(self.services, self.run_id)

    async def consult(self) -> Step:
        """Ask until there is an answer; the last step is to stop where there is none."""
        cascade = await asyncio.to_thread(self._cascade)
        return await self.through(cascade, lambda step: self._ask(step, cascade))

    def _cascade(self) -> Cascade:
        settings = self.services.settings.cascade
        most = min(settings.max_failures_before_escalate, _MOST_FAILURES)
        return Cascade(
            order=self.order,
            settings=replace(settings, max_failures_before_escalate=most),
            state=self.services.state,
            about=about(self.matter.view, self.services, can_shrink=self._can_shrink),
            estimate=self._estimate,
            deadline=self.deadline,
            named=self.named,
            may_be_longer=self._may_be_longer,
        )

    def _may_be_longer(self, model: Model) -> bool:
        known = self.reach.as_learned(model)
        usual = max_output(known, self.matter.output)
        return longer(known, usual) > usual

    @property
    def _can_shrink(self) -> bool:
        try:
            to = self._to(None, None)
            return self.matter.prompt(self._told, to, NOTHING_SHOWN).ranks > 0
        except FragmentError:
            return False

    def _to(self, model: Model | None, counter: TokenCounter | None) -> Addressee:
        return addressee(self.services.task, model, counter, self.matter.form)

    def _estimate(self, model: Model) -> float | None:
        """The most that one question can cost, in US dollars. May block."""
        output = max_output(model, self.matter.output)
        room = self.reach.room_for(model, output, self.matter.view.language)
        try:
            whole = self._whole(model, room)
        except FragmentError:
            return None  # The question will say so.
        tokens = tokens_of(whole.prompt, self.reach.counter(model, self.matter.view.language))
        return self.reach.estimate(model, min(tokens, room.prompt), output)

    async def _ask(self, step: Step, cascade: Cascade) -> tuple[Failure | None, float | None]:
        model, settings = self.model(step), self.services.settings
        if step.how == "reduce_context":
            self._smaller += 1
        elif step.how == "next":
            # It may have more room than the one before.
            self._smaller = 0
        self._longer = step.how == "longer" or (self._longer and step.how != "next")
        self._calls += 1
        try:
            question = await self._question(step, cascade, model)
            self.sent = question.prompt
            answered = await self.reach.ask(question, settings)
        except CallError as error:
            self._lose(model, error.failure)
            return error.failure, error.cost_usd
        failure = await asyncio.to_thread(self._read, model, answered)
        if failure is not None:
            self._lose(model, failure)
        self.reach.judged(answered, failure)
        if not answered.remembered:
            await asyncio.to_thread(cascade.replied)
        if failure is None:
            await asyncio.to_thread(self.reach.keep, answered, settings)
        return failure, answered.cost_usd

    async def _question(self, step: Step, cascade: Cascade, model: Model) -> Question:
        matter, services = self.matter, self.services
        known = await asyncio.to_thread(self.reach.as_learned, model)
        output = max_output(known, matter.output)
        output = longer(known, output) if self._longer else output
        prompt, spans = await asyncio.to_thread(self._prompt, known, output)
        audience = matter.audience
        return Question(
            run_id=self.run_id,
            number=self._calls,
            model=model,
            view=matter.view,
            prompt=replace(prompt, masks=self._masks),
            spans=spans,
            max_output=output,
            deadline=self.until(cascade),
            how=step.how,
            hedge_after_s=self.hedge_after_s(cascade),
            named=self.named,
            edit_format=matter.form,
            request=services.request,
            schema=matter.schema if model.structured_output else None,
            hear=(lambda piece: audience.hears(model.id, piece)) if audience else None,
            restore=matter.restore,
        )

    def _prompt(self, model: Model, output: int) -> tuple[Prompt, tuple[Chosen, ...]]:
        """What is asked, with the pieces of the workspace that there is room for."""
        room = self.reach.room_for(model, output, self.matter.view.language)
        with as_failure():
            whole = self._whole(model, room)
        return whole.fitted(self._recipient(model, room))

    def _whole(self, model: Model, room: Room) -> Whole:
        """The prompt with what there is room for of the workspace, and what that is."""
        matter, to = self.matter, self._recipient(model, room)
        addressed = self._to(model, to.counter)

        def write(shown: Shown) -> Prompt:
            return matter.prompt(self._told, addressed, shown)

        return self._selection.whole(write, replace(matter.place, model=model), to)

    def _recipient(self, model: Model, room: Room) -> Recipient:
        counter = self.reach.counter(model, self.matter.view.language)
        return Recipient(model, counter, room, self._smaller)

    def _read(self, model: Model, answered: Answered) -> Failure | None:
        """Take in a finished reply, or say why it is no answer. Off the event loop."""
        text, readable, failure = answered.reply.text, True, None
        try:
            self.answer = self.matter.read(text)
        except UnreadableError as error:
            failure, readable = error.failure, error.refusal in SAYS_NO
            self._told.append(Tried(shortened(text), error.teaching))
        if self.matter.form and not answered.remembered:
            self.reach.caches.count_reply(model.id, self.matter.form, readable=readable)
        return failure

    def _lose(self, model: Model, failure: Failure) -> None:
        self.failure = failure
        if self.matter.audience is not None:
            self.matter.audience.loses(model.id, failure)
