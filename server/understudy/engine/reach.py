"""One question to one model over the network, with everything that stands before and behind it.

May the text go there? Is there a key, and money? Was the same asked before? What did it cost? The
answer to each is found here, so that a run only sees replies and failures.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.caches.store import open_caches
from understudy.config.paths import journal_file
from understudy.config.settings import ProviderSettings
from understudy.core.failures import (
    CallError,
    Failure,
    FailureCategory,
    UnavailableError,
)
from understudy.core.ids import new_id
from understudy.engine.budget import Budget
from understudy.engine.clearance import cleared, restored, why_not
from understudy.engine.questions import Answered, Question, before_sending, cancelled
from understudy.engine.record import now_us
from understudy.engine.remembered import Notes, notes_of, read_reply, reply_key, write_reply
from understudy.journal import records
from understudy.journal.ledger import Ledger
from understudy.models.registry import revision
from understudy.providers import open_endpoint, provider_of
from understudy.wire import Limits, Message, Reply, Request, Usage
from understudy.wire.keys import forget

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.caches.store import Caches
    from understudy.config.settings import BudgetSettings, Settings
    from understudy.engine.budget import Reservation
    from understudy.engine.clearance import Cleared
    from understudy.engine.services import Recorder
    from understudy.models.registry import Model
    from understudy.wire import Endpoint, Listener

_SHARE_OF_WINDOW = 0.95
"""How much of a window is filled at most: counts of tokens are estimates."""


@dataclass
class Reach:
    """The way to all models that are not built in. One for a process, shared by its runs.

    Attributes:
        recorder: gets one row for each call.
        warn: hears a sentence when most of a budget is spent.
    """

    caches: Caches
    ledger: Ledger
    recorder: Recorder
    warn: Callable[[str], None] = lambda _: None
    _budgets: list[Budget] = field(default_factory=list)
    _places: dict[tuple[str, int], asyncio.Semaphore] = field(default_factory=dict)

    async def ask(
        self, question: Question, settings: Settings, heard: Listener | None = None
    ) -> Answered:
        """Ask, and record it.

        Raises:
            CallError: when there is no finished reply; the journal knows why.
        """
        call = _Call(self, question, settings)
        try:
            answered = await call.answer(heard)
        except CallError as error:
            call.record(None, error.failure)
            raise
        except asyncio.CancelledError:
            call.record(None, cancelled(question.model))
            raise
        call.record(answered, None)
        return answered

    def room_for(self, model: Model, max_output: int) -> int:
        """How many characters a prompt for a model may have."""
        window = self.caches.limit(model.provider, model.name) or model.context_window
        tokens = int(window * _SHARE_OF_WINDOW) - max_output
        return max(int(tokens * self.caches.characters_per_token(model.id)), 0)

    def silence(self, model: Model, unknown_s: float) -> float | None:
        """How long a model may be silent while another one could be asked; None: its own limit.

        Args:
            model: the one that is asked.
            unknown_s: for a model of which too little is known.
        """
        if not self.ledger.may_hedge():
            return None
        return self.ledger.hedge_delay(model.id) or unknown_s

    def budget(self, settings: BudgetSettings) -> Budget:
        """The limits by these settings. What was warned about stays known while they stay."""
        found = next((one for one in self._budgets if one.settings == settings), None)
        if found is None:
            found = Budget(self.ledger, settings, self.warn)
            self._budgets.append(found)
        return found

    def place(self, provider: str, settings: Settings) -> asyncio.Semaphore:
        """A place among the calls that a provider may get at once."""
        own = settings.providers.get(provider, ProviderSettings())
        return self._places.setdefault(
            (provider, own.concurrency), asyncio.Semaphore(own.concurrency)
        )

    async def prepare(self) -> None:
        """Load what the first question would have to wait for."""
        from understudy.wire import transport

        await transport.prepare()

    async def close(self) -> None:
        """End all connections and let go of files."""
        if "understudy.wire.transport" in sys.modules:
            from understudy.wire import transport

            await transport.close()
        await asyncio.to_thread(self.caches.close)
        await asyncio.to_thread(self.ledger.close)

    def estimate(self, model: Model, characters: int, max_output: int) -> float | None:
        """The most that a question can cost, in US dollars; None when prices are unknown."""
        return model.cost(Usage(input=self.tokens(model, characters), output=max_output))

    def tokens(self, model: Model, characters: int) -> int:
        """About how many tokens so many characters are for a model."""
        return int(characters / self.caches.characters_per_token(model.id)) + 1


def open_reach(
    settings: Settings, recorder: Recorder, warn: Callable[[str], None] = lambda _: None
) -> Reach:
    """The way to models for one process. Nothing is opened before the first question."""
    journal = journal_file() if settings.journal.enabled else None
    return Reach(
        caches=open_caches(settings.cache),
        ledger=Ledger(journal, cooldown_s=settings.cascade.cooldown_seconds),
        recorder=recorder,
        warn=warn,
    )


@dataclass
class _Call:
    """One question on its way."""

    reach: Reach
    question: Question
    settings: Settings
    started: float = field(default_factory=time.monotonic)
    reservation: Reservation | None = None
    estimated_usd: float | None = None

    async def answer(self, heard: Listener | None) -> Answered:
        model, caches = self.question.model, self.reach.caches
        endpoint = await self._endpoint()
        sent = await asyncio.to_thread(cleared, self.question.prompt, self.question.view.text)
        notes = await asyncio.to_thread(notes_of, caches, model)
        request = self._request(sent.messages, notes)
        key = reply_key(endpoint, request)
        if self.settings.cache.replies and self.question.how in {"first", "next"}:
            known = read_reply(await asyncio.to_thread(caches.reply, key))
            if known is not None:
                return Answered(_unmasked(known, sent), 0.0, remembered=True)
        await asyncio.to_thread(self._reserve)
        cost: float | None = 0.0
        try:
            async with self.reach.place(model.provider, self.settings):
                reply = await self._call(request, endpoint, heard, notes)
            cost = model.cost(reply.usage)
        except CallError as error:
            # A cut answer was paid for; nobody is charged for a call that was refused.
            cost = 0.0 if error.failure.phase == "request" else None
            if error.failure.category is FailureCategory.AUTH_ERROR:
                # The user may put another key where this one was.
                forget(provider_of(model, self.settings).key_for(model, self.settings))
            raise
        except asyncio.CancelledError:
            cost = None
            raise
        finally:
            await asyncio.shield(asyncio.to_thread(self._settle, cost, notes))
        await asyncio.to_thread(self._keep, key, request, reply)
        return Answered(_unmasked(reply, sent), cost)

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
        own = self.settings.models.get(model.id)
        return Request(
            model=model.name,
            messages=messages,
            max_output=question.max_output,
            temperature=own.temperature if own else None,
            effort=own.effort if own else "",
            window=model.context_window if model.locality == "local" else None,
            cache_key=f"understudy-{question.view.language}",
            without=notes.known,
        )

    def _reserve(self) -> None:
        question, reach = self.question, self.reach
        size = question.prompt.size
        self.estimated_usd = reach.estimate(question.model, size, question.max_output)
        budget = reach.budget(self.settings.budget)
        self.reservation = budget.reserve(question.run_id, question.model, self.estimated_usd)

    def _settle(self, cost: float | None, notes: Notes) -> None:
        notes.write()
        if self.reservation is not None:
            self.reach.budget(self.settings.budget).settle(self.reservation, cost)

    async def _call(
        self, request: Request, endpoint: Endpoint, heard: Listener | None, notes: Notes
    ) -> Reply:
        from understudy.wire.call import call

        network, question = self.settings.network, self.question
        silence = network.first_token_timeout_s
        if question.silence_s is not None:
            silence = min(silence, question.silence_s)
        limits = Limits(
            deadline=question.deadline,
            connect_s=min(network.connect_timeout_s, silence),
            first_token_s=silence,
            idle_s=network.idle_timeout_s,
        )
        return await call(request, endpoint, limits, heard=heard, memory=notes)

    def _keep(self, key: str, request: Request, reply: Reply) -> None:
        """Remember the reply, and what it says about the size of tokens."""
        caches = self.reach.caches
        if self.settings.cache.replies:
            caches.keep_reply(key, write_reply(reply))
        if reply.usage.input:
            size = sum(len(message.text) for message in request.messages)
            caches.calibrate(self.question.model.id, size, reply.usage.input)

    def record(self, answered: Answered | None, failure: Failure | None) -> None:
        """One row of the journal for the call, however it ended."""
        question = self.question
        usage = answered.reply.usage if answered else Usage()
        self.reach.recorder.record(
            records.Call(
                id=new_id(),
                run_id=question.run_id,
                number=question.number,
                at_us=now_us(),
                model=question.model.id,
                provider=question.model.provider,
                how=question.how,
                status="answered" if answered else "failed",
                category=failure.category.value if failure else "",
                input_tokens=usage.input,
                cached_tokens=usage.cached,
                cache_written_tokens=usage.cache_written,
                output_tokens=usage.output,
                reasoning_tokens=usage.reasoning,
                cost_usd=answered.cost_usd if answered else 0.0,
                estimated_usd=self.estimated_usd,
                first_token_s=answered.reply.first_token_s if answered else None,
                seconds=time.monotonic() - self.started,
                remembered=answered.remembered if answered else False,
                revision=revision(self.settings),
                edit_format=question.edit_format,
            )
        )


def _unmasked(reply: Reply, sent: Cleared) -> Reply:
    return replace(reply, text=restored(reply.text, sent))
