"""One question to one model over the network, with everything that stands before and behind it.

May the text go there? Is there a key, and money? Was the same asked before? What did it cost? The
answer to each is found here, so that a run only sees replies and failures.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.caches.store import open_caches
from understudy.config.paths import journal_file
from understudy.config.settings import ProviderSettings
from understudy.core.failures import CallError, FailureCategory
from understudy.engine.budget import Budget
from understudy.engine.call_rows import record_call
from understudy.engine.calling import Calling
from understudy.engine.questions import Answered, Patience, Question, cancelled
from understudy.engine.record import code_of, words_of
from understudy.engine.unrecorded import Unrecorded
from understudy.failures.own import reclassified
from understudy.index.recent import Recent
from understudy.journal import records
from understudy.journal.ledger import Ledger, MemoryLedger
from understudy.models.learned import told_at, with_learned
from understudy.models.room import Room
from understudy.models.tokens import counter_for
from understudy.wire import Usage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from understudy.caches.store import Caches
    from understudy.config.settings import BudgetSettings, Settings
    from understudy.context.lasting import Last
    from understudy.core.failures import Failure
    from understudy.engine.services import Recorder
    from understudy.engine.steps import State
    from understudy.models.registry import Model
    from understudy.models.tokens import TokenCounter

_RAISED = 1.15
"""By so much more is counted after a prompt that should have had room had none."""
_MOST_DOUBLINGS = 10
_OWED = 2.0
_MOST_RUNS = 64
_MOST_CHOICES = 64
_FELL_SILENT = frozenset({"timeout_connect", "timeout_first_token", "timeout_idle"})
"""Codes of calls that were given up while there was still time."""


@dataclass
class Reach:
    """The way to all models that are not built in. One for a process, shared by its runs.

    Attributes:
        recorder: gets one row for each call.
        warn: hears a sentence when most of a budget is spent; from any thread.
        tell: hears what else the user may want to know; from any thread.
        choices: the last choice of context for each document, task and model.
        journal: the file in which lessons are remembered; None where nothing is learned.
    """

    caches: Caches
    ledger: Ledger
    recorder: Recorder
    warn: Callable[[str], None] = lambda _: None
    choices: Recent[Last] = field(default_factory=lambda: Recent(_MOST_CHOICES))
    journal: Path | None = None
    tell: Callable[[str], None] = lambda _: None
    _budgets: list[Budget] = field(default_factory=list)
    _silent: deque[str] = field(default_factory=lambda: deque(maxlen=_MOST_RUNS))
    """Runs in which a model fell silent."""
    _unrecorded: MemoryLedger = field(default_factory=MemoryLedger)
    """Counts of failures in folders that refuse to be recorded."""
    _places: dict[tuple[str, int], asyncio.Semaphore] = field(default_factory=dict)

    async def ask(self, question: Question, settings: Settings) -> Answered:
        """Ask, and record it.

        Raises:
            CallError: when there is no finished reply; the journal knows why.
        """
        patience = await asyncio.to_thread(self.patience, question)
        call = Calling(self, question, settings, patience)
        code = ""
        try:
            answered = await call.answer()
        except CallError as error:
            code = error.failure.code
            if code in _FELL_SILENT:
                self._silent.append(question.run_id)
            told = CallError(reclassified(error.failure, settings.failures.rules))
            await asyncio.to_thread(self._learn, question, told.failure)
            told.usage, told.cost_usd = call.usage, call.cost
            record_call(call, None, told.failure)
            raise told from error
        except asyncio.CancelledError:
            record_call(call, None, cancelled(question.model))
            raise
        finally:
            if patience.leave:
                end = self.ledger.use_up if code in _FELL_SILENT else self.ledger.give_back
                await asyncio.shield(asyncio.to_thread(end, patience.leave))
        record_call(call, answered, None)
        return replace(answered, call=call.id, edit_format=question.edit_format)

    def _learn(self, question: Question, failure: Failure) -> None:
        if failure.category is FailureCategory.CONTEXT_OVERFLOW:
            self.overflowed(question.model, question.view.language, failure.limit)

    def judged(self, answered: Answered, failure: Failure | None) -> None:
        """Record what a finished reply was worth, where it was of no use."""
        if failure is not None:
            self.recorder.record(
                records.CallJudged(
                    call_id=answered.call,
                    category=failure.category.value,
                    code=code_of(failure),
                    fingerprint=failure.fingerprint,
                    words=words_of(failure),
                )
            )

    def keep(self, answered: Answered, settings: Settings) -> None:
        """Remember a reply whose edit was proved, for the same question. May block."""
        if settings.cache.replies and answered.key:
            self.caches.keep_reply(answered.key, answered.kept)

    def as_learned(self, model: Model) -> Model:
        """The model with the window that its calls have taught. May block."""
        if model.locality == "built-in":
            return model
        known = self.caches.limit(model.provider, model.name, since=told_at(model))
        return with_learned(model, known)

    def counter(self, model: Model, language: str = "") -> TokenCounter:
        """Counts the tokens that a model needs for text about a language. May block."""
        return counter_for(model, self.caches.ratio(model.provider, model.name, language))

    def room_for(self, model: Model, max_output: int, language: str = "") -> Room:
        """How many tokens a prompt for a model may have. May block."""
        error = self.counter(model, language).error
        return Room(self.as_learned(model).context_window, max_output, error)

    def overflowed(self, model: Model, language: str, limit: int | None) -> None:
        """Count more carefully after a prompt was too long, unless a smaller window explains it.

        Args:
            model: whose provider said so.
            language: what the prompt was about.
            limit: the window that it told; None where it told none.
        """
        if limit is None or limit >= model.context_window:
            raised = self.counter(model, language).ratio * _RAISED
            self.caches.raise_ratio(model.provider, model.name, language, raised)

    def patience(self, question: Question) -> Patience:
        """How long a question waits while another model could be asked. May block.

        A model that hangs is given up early without leave. Nor does anybody need it to give up
        waiting for a turn, for nothing was sent. And the second silent model of one run gets leave
        that is earned later: two in a row are hardly slow both.
        """
        if question.hedge_after_s is None:
            return Patience()
        model, ledger = question.model, self.ledger
        hangs = ledger.hangs(model)
        usual_s = ledger.hedge_delay(model.id) or question.hedge_after_s
        # One that is merely slow gets twice the time whenever it was left alone, until it is heard.
        seconds = usual_s * 2.0 ** min(hangs or 0, _MOST_DOUBLINGS)
        owing = _OWED if question.run_id in self._silent else 0.0
        leave = 0 if hangs is not None else ledger.may_hedge(owing)
        return Patience(seconds, seconds if leave or hangs is not None else None, leave)

    def budget(self, settings: BudgetSettings) -> Budget:
        """The limits by these settings. What was warned about stays known while they stay."""
        found = next((one for one in self._budgets if one.settings == settings), None)
        if found is None:
            found = Budget(self.ledger, settings, self.warn)
            self._budgets.append(found)
        return found

    def state(self, settings: Settings) -> State:
        """What is remembered from run to run, for a folder with these settings.

        What is spent counts for all folders, and is no part of it.
        """
        if settings.journal.enabled:
            return self.ledger
        self._unrecorded.cooldown_s = self.ledger.cooldown_s
        return Unrecorded(self.ledger, self._unrecorded)

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
        if "understudy.engine.proposals" in sys.modules:
            from understudy.engine.proposals import wait_for_lessons

            await asyncio.to_thread(wait_for_lessons)
        if "understudy.wire.transport" in sys.modules:
            from understudy.wire import transport

            await transport.close()
        await asyncio.to_thread(self.caches.close)
        for ledger in (self.ledger, self._unrecorded):
            await asyncio.to_thread(ledger.close)

    def estimate(self, model: Model, tokens: int, max_output: int) -> float | None:
        """The most that a question of so many tokens can cost, in US dollars; None when unknown."""
        return model.cost(Usage(input=tokens, output=max_output))


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
        journal=journal,
    )
