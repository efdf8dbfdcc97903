"""One question to one model over the network, with everything that stands before and behind it.

May the text go there? Is there a key, and money? Was the same asked before? What did it cost? The
answer to each is found here, so that a run only sees replies and failures.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.caches.store import open_caches
from understudy.config.paths import journal_file
from understudy.config.settings import ProviderSettings
from understudy.core.failures import CallError
from understudy.engine.budget import Budget
from understudy.engine.calling import Calling
from understudy.engine.questions import Answered, Question, cancelled
from understudy.engine.record import code_of, words_of
from understudy.failures.own import reclassified
from understudy.journal import records
from understudy.journal.ledger import Ledger
from understudy.models.learned import told_at, with_learned
from understudy.wire import Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.caches.store import Caches
    from understudy.config.settings import BudgetSettings, Settings
    from understudy.core.failures import Failure
    from understudy.engine.services import Recorder
    from understudy.models.registry import Model

_SHARE_OF_WINDOW = 0.95
"""How much of a window is filled at most: counts of tokens are estimates."""
_MOST_DOUBLINGS = 10


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

    async def ask(self, question: Question, settings: Settings) -> Answered:
        """Ask, and record it.

        Raises:
            CallError: when there is no finished reply; the journal knows why.
        """
        call = Calling(self, question, settings)
        try:
            answered = await call.answer()
        except CallError as error:
            told = CallError(reclassified(error.failure, settings.failures.rules))
            told.usage, told.cost_usd = call.usage, call.cost
            call.record(None, told.failure)
            raise told from error
        except asyncio.CancelledError:
            call.record(None, cancelled(question.model))
            raise
        call.record(answered, None)
        return replace(answered, call=call.id, edit_format=question.edit_format)

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

    def room_for(self, model: Model, max_output: int) -> int:
        """How many characters a prompt for a model may have. May block."""
        window = self.as_learned(model).context_window
        tokens = int(window * _SHARE_OF_WINDOW) - max_output
        return max(int(tokens * self.caches.characters_per_token(model.id)), 0)

    def silence(self, model: Model, unknown_s: float) -> float | None:
        """How long a model may be silent while another one could be asked; None: its own limit.

        Args:
            model: the one that is asked.
            unknown_s: for a model of which too little is known.
        """
        hangs = self.ledger.hangs(model)
        if hangs is None and not self.ledger.may_hedge():
            return None
        # One that is merely slow gets twice the time whenever it was left alone, until it is heard.
        patience = 2.0 ** min(hangs or 0, _MOST_DOUBLINGS)
        return (self.ledger.hedge_delay(model.id) or unknown_s) * patience

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
        """The most that a question can cost, in US dollars; None when unknown. May block."""
        return model.cost(Usage(input=self.tokens(model, characters), output=max_output))

    def tokens(self, model: Model, characters: int) -> int:
        """About how many tokens so many characters are for a model. May block."""
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
