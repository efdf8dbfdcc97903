"""One question on its way to a model: cleared, reserved for, sent, settled and recorded."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from understudy.core.failures import CallError, FailureCategory, UnavailableError
from understudy.core.ids import new_id
from understudy.engine.budget import is_exempt
from understudy.engine.clearance import cleared, why_not
from understudy.engine.fitting import tokens_of
from understudy.engine.questions import Answered, Patience, before_sending, waited
from understudy.engine.refused_keys import accept, refuse, require_good
from understudy.engine.remembered import notes_of, read_reply, reply_key, write_reply
from understudy.engine.watching import Watching
from understudy.models.tokens import TURN
from understudy.providers import open_endpoint, provider_of
from understudy.wire import Limits, Request, Usage
from understudy.wire.keys import forget
from understudy.workspace.secrets import unmask

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from understudy.caches.store import Caches
    from understudy.config.settings import BudgetSettings, Settings
    from understudy.engine.budget import Budget, Reservation
    from understudy.engine.clearance import Cleared
    from understudy.engine.questions import Question
    from understudy.engine.remembered import Notes
    from understudy.engine.services import Recorder
    from understudy.journal.ledger import Ledger
    from understudy.models.registry import Model
    from understudy.models.tokens import TokenCounter
    from understudy.wire import Endpoint, Listener, Message, Reply

T = TypeVar("T")


class Means(Protocol):
    """What questions share: see `understudy.engine.reach.Reach`."""

    caches: Caches
    ledger: Ledger
    recorder: Recorder

    def budget(self, settings: BudgetSettings) -> Budget:
        """The limits by these settings."""

    def place(self, provider: str, settings: Settings) -> asyncio.Semaphore:
        """A place among the calls that a provider may get at once."""

    def estimate(self, model: Model, tokens: int, max_output: int) -> float | None:
        """The most that a question can cost."""

    def counter(self, model: Model, language: str = "") -> TokenCounter:
        """Counts the tokens that a model needs."""


@dataclass
class Calling:
    """One question on its way.

    Attributes:
        id: of the call in the journal.
        usage: the tokens that were counted, however it ended; None when nobody said.
        cost: in US dollars; 0 as long as nothing was sent, None when it is not known.
        requests: how many were sent; 2 where the first was refused for a part of it.
        sent: what went out, and where to; None as long as nothing did.
    """

    reach: Means
    question: Question
    settings: Settings
    patience: Patience
    id: str = field(default_factory=new_id)
    usage: Usage | None = None
    cost: float | None = 0.0
    requests: int = 0
    started: float = field(default_factory=time.monotonic)
    reservation: Reservation | None = None
    estimated_usd: float | None = None
    sent: tuple[Request, Endpoint] | None = None

    async def answer(self) -> Answered:
        """The reply.

        Raises:
            CallError: there is no finished one.
        """
        model, caches = self.question.model, self.reach.caches
        endpoint = await self._in_time("key", self._endpoint())
        if not self.question.named:
            await asyncio.to_thread(require_good, self.reach.ledger, endpoint, model)
        sent = await asyncio.to_thread(cleared, self.question.prompt, self.question.view.text)
        notes = await asyncio.to_thread(notes_of, caches, model)
        request = self._request(sent.messages, notes)
        key = reply_key(endpoint, request)
        if self.settings.cache.replies and self.question.how in {"first", "next"}:
            known = read_reply(await asyncio.to_thread(caches.reply, key))
            if known is not None:
                return Answered(self._unmasked(known, sent), 0.0, remembered=True)
        place = self.reach.place(model.provider, self.settings)
        await self._in_time("turn", place.acquire())
        try:
            await _to_its_end(self._reserve)
            reply = await self._send(request, endpoint, self._listener(sent), notes)
        finally:
            try:
                await asyncio.shield(asyncio.to_thread(self._settle, notes))
            finally:
                place.release()
        await asyncio.to_thread(self._calibrate, request, reply)
        return Answered(self._unmasked(reply, sent), self.cost, key=key, kept=write_reply(reply))

    async def _in_time(self, what: Literal["key", "turn"], waiting: Awaitable[T]) -> T:
        """Wait for what comes before the question is sent, all of it together for so long."""
        now, until = time.monotonic(), self.question.deadline
        if self.patience.turn_s is not None:
            until = min(until, self.started + self.patience.turn_s)
        try:
            async with asyncio.timeout(max(until - now, 0.0)):
                return await waiting
        except TimeoutError as error:
            seconds = time.monotonic() - self.started
            raise CallError(waited(self.question.model, what, seconds)) from error

    def _unmasked(self, reply: Reply, sent: Cleared) -> Reply:
        return replace(reply, text=self.question.restore(reply.text, sent))

    def _listener(self, sent: Cleared) -> Listener | None:
        """Whoever watches the reply, in which masks stand for secrets."""
        question = self.question
        if question.hear is not None:
            return _text_only(question.hear)
        if question.look is None:
            return None
        return Watching(question.look, lambda text: unmask(text, sent.masks), question.tell)

    async def _send(
        self, request: Request, endpoint: Endpoint, heard: Listener | None, notes: Notes
    ) -> Reply:
        """Send the question. However that ends, its cost is known then, as far as it can be."""
        model = self.question.model
        self.cost = self._cost_of(None)
        self.requests = 1
        self.sent = request, endpoint
        try:
            reply = await self._call(request, endpoint, heard, notes)
        except CallError as error:
            self.usage, self.requests = error.usage, error.requests
            # A cut answer is paid for; nobody is charged for a call that was refused.
            self.cost = 0.0 if error.failure.phase == "request" else self._cost_of(error.usage)
            if error.failure.category is FailureCategory.AUTH_ERROR:
                # The user may put another key where this one was.
                forget(provider_of(model, self.settings).key_for(model, self.settings))
                ledger, failure = self.reach.ledger, error.failure
                await asyncio.to_thread(refuse, ledger, endpoint, model, failure)
            raise
        if self.question.named:
            await asyncio.to_thread(accept, self.reach.ledger, endpoint, model)
        self.usage, self.requests = reply.usage, reply.requests
        self.cost = self._cost_of(reply.usage)
        return reply

    def _cost_of(self, usage: Usage | None) -> float | None:
        model = self.question.model
        if is_exempt(model):
            return 0.0
        return None if usage is None else model.cost(usage)

    async def _endpoint(self) -> Endpoint:
        """Where to send the question, if it may be sent."""
        question, model = self.question, self.question.model
        doubt = await asyncio.to_thread(why_not, question.view, model, self.settings)
        if doubt:
            raise CallError(before_sending(model, doubt, FailureCategory.PROVIDER_UNAVAILABLE))
        try:
            provider = provider_of(model, self.settings)
            return await open_endpoint(provider, self.settings, model.name)
        except UnavailableError as error:
            failure = before_sending(model, str(error), FailureCategory.AUTH_ERROR)
            raise CallError(failure) from error

    def _request(self, messages: tuple[Message, ...], notes: Notes) -> Request:
        model, question = self.question.model, self.question
        own = self.settings.model(model.id)
        chosen = question.temperature
        return Request(
            model=model.name,
            messages=messages,
            max_output=question.max_output,
            temperature=own.temperature if chosen is None else chosen,
            effort=own.effort,
            schema=dict(question.schema) if question.schema is not None else None,
            window=model.context_window if model.locality == "local" else None,
            cache_key=f"understudy-{question.view.language}",
            without=notes.known,
        )

    def _reserve(self) -> None:
        question, reach = self.question, self.reach
        tokens = tokens_of(question.prompt, reach.counter(question.model, question.view.language))
        self.estimated_usd = reach.estimate(question.model, tokens, question.max_output)
        budget = reach.budget(self.settings.budget)
        self.reservation = budget.reserve(
            question.run_id, question.model, self.estimated_usd, question.request
        )

    def _settle(self, notes: Notes) -> None:
        notes.write()
        if self.reservation is not None:
            self.reach.budget(self.settings.budget).settle(self.reservation, self.cost)

    async def _call(
        self, request: Request, endpoint: Endpoint, heard: Listener | None, notes: Notes
    ) -> Reply:
        from understudy.wire.call import call

        network, borne_s = self.settings.network, self.patience.silence_s
        silence, idle = network.first_token_timeout_s, network.idle_timeout_s
        if borne_s is not None:
            # A model pauses for shorter than it thinks at first, but not for less than this.
            pause = max(borne_s, self.settings.cascade.hedge_after_s)
            silence, idle = min(silence, borne_s), min(idle, pause)
        limits = Limits(
            deadline=self.question.deadline,
            connect_s=min(network.connect_timeout_s, silence),
            first_token_s=silence,
            idle_s=idle,
        )
        return await call(request, endpoint, limits, heard=heard, memory=notes)

    def _calibrate(self, request: Request, reply: Reply) -> None:
        """Remember what the reply says about the size of tokens.

        A schema is written into the prompt by some providers, so that it would be counted, too.
        """
        if reply.usage.input and reply.requests == 1 and request.schema is None:
            model, language = self.question.model, self.question.view.language
            raw = self.reach.counter(model, language).raw
            counted = sum(raw(message.text) + TURN for message in request.messages)
            told = counted, reply.usage.input
            self.reach.caches.calibrate(model.provider, model.name, language, told)


def _text_only(hear: Callable[[str], None]) -> Listener:
    def listen(kind: Literal["text", "thinking"], piece: str) -> None:
        if kind == "text":
            hear(piece)

    return listen


async def _to_its_end(step: Callable[[], None]) -> None:
    """Do in a thread what must not be left half known: whoever cancels waits for it."""
    working = asyncio.ensure_future(asyncio.to_thread(step))
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise
