"""What is remembered about models from run to run, shared by all servers of this user.

How often they failed, whether their servers answer, what they cost. It lives in the journal's
database, with a connection of its own; where that can't be used, in memory.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from understudy.core.clock import SECOND_US
from understudy.journal import allowances, breaker_rows, failure_counts, refused_keys, spending
from understudy.journal.breaker import clock_time
from understudy.journal.calls import usual_silence_s
from understudy.journal.failure_counts import Lately
from understudy.journal.ledger_file import HeldError, LedgerFile
from understudy.journal.spending import Booking

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from understudy.core.failures import Failure
    from understudy.journal.breaker_rows import Asked, Pause
    from understudy.journal.failure_counts import About
    from understudy.journal.spending import Scope, Wish

COOLDOWN_S = 300.0


class Ledger(LedgerFile):
    """One for a process. Every method may block, may be called from any thread, and never fails.

    Attributes:
        cooldown_s: how long failures count, and the longest time that a model is left alone when
            its server does not say for how long; set when settings change.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        cooldown_s: float = COOLDOWN_S,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Nothing is opened before it is needed.

        Args:
            path: the journal's file; None for memory alone.
            cooldown_s: see the attribute.
            clock: seconds since 1970.
        """
        super().__init__(path, clock)
        self.cooldown_s = cooldown_s
        self._leaves: set[int] = set()
        """Leaves to give a model up early that were given here, and whose calls have not ended."""
        self._next_leave = count(1)

    def count(self, about: About, model: str, failure: Failure) -> tuple[int, int]:
        """Count a failure; `(so often this very one, so often its category)` of late."""
        owner = failure_counts.owner(model, about.task, about.scope)
        lately = self._lately()
        return self._do(lambda db: failure_counts.count(db, owner, failure, lately))

    def worst(self, about: About, model: str, *, ever: bool = False) -> tuple[str, int]:
        """The category that failed most often of late, and how often; `("", 0)` for none.

        Args:
            about: which task and file.
            model: its id.
            ever: count what is older than the cool-down too, as long as no success came after it.
        """
        owner = failure_counts.owner(model, about.task, about.scope)
        lately = replace(self._lately(), from_us=0) if ever else self._lately()
        return self._do(lambda db: failure_counts.worst(db, owner, lately))

    def reset(self, about: About, model: str) -> None:
        """Forget the failures: an edit was proved."""
        owner = failure_counts.owner(model, about.task, about.scope)
        self._do(lambda db: failure_counts.reset(db, owner))

    def claim(self, model: Asked) -> str:
        """Ask for leave to call a model; a clause says why not, empty for leave.

        A server that failed gets one call at a time until one of them reaches it.
        """
        now_us = self._now_us()
        return self._do(lambda db: breaker_rows.claim(db, model, now_us))

    def objection(self, model: Asked) -> str:
        """What `claim` would answer now, without claiming anything."""
        now_us = self._now_us()
        return self._do(lambda db: breaker_rows.look(db, model, now_us))

    def unreachable(self, model: Asked, failure: Failure) -> None:
        """The model's server failed, or asked for a pause."""
        now_us = self._now_us()

        def fail(db: sqlite3.Connection) -> None:
            breaker_rows.fail(db, model, failure, now_us, self.cooldown_s)

        self._do(fail)

    def reached(self, model: Asked) -> None:
        """The model's server answered."""
        self._do(lambda db: breaker_rows.close(db, model))

    def pauses(self) -> tuple[Pause, ...]:
        """Every model that is left alone now."""
        now_us = self._now_us()
        return self._do(lambda db: breaker_rows.pauses(db, now_us))

    def forgive(self) -> None:
        """Ask all models again at once: keys or addresses may have changed."""
        self._do(breaker_rows.clear)

    def refuse_key(self, mark: str) -> None:
        """A provider refused the key that has this mark; see `understudy.engine.refused_keys`."""
        now_us = self._now_us()
        self._do(lambda db: refused_keys.refuse(db, mark, now_us))

    def is_any_key_refused(self) -> bool:
        """Whether a key is left alone, whichever it is."""
        now_us = self._now_us()
        return self._do(lambda db: refused_keys.is_any(db, now_us))

    def refused_until(self, marks: Sequence[str]) -> str:
        """The time until which a key is left alone, for people; empty when it is not."""
        now_us = self._now_us()
        until_us = self._do(lambda db: refused_keys.until_us(db, marks, now_us))
        return clock_time(until_us, now_us) if until_us else ""

    def accept_key(self, marks: Sequence[str]) -> None:
        """A key with these marks is good after all."""
        self._do(lambda db: refused_keys.accept(db, marks))

    def hedge_delay(self, model_id: str) -> float | None:
        """How long a model is silent in all but one of twenty calls; None when that is unknown."""
        return self._do(lambda db: usual_silence_s(db, model_id))

    def hangs(self, model: Asked) -> int | None:
        """How often a model was left alone since its last call ended in silence; None: it did not."""
        now_us = self._now_us()
        return self._do(lambda db: breaker_rows.hangs(db, model, now_us))

    def may_hedge(self, owing: float = 0.0) -> int:
        """Ask for leave to give up the model of one call early; at most one call in ten gets it.

        Leave is used up at once, so that calls that overlap, and all servers together, keep to
        that. `give_back` returns it when the call ended in another way.

        Args:
            owing: how many of the leaves that later calls will earn may be given before.

        Returns:
            The number of the leave; 0 for none.
        """
        try:
            if not self._do(lambda db: allowances.take(db, owing), or_memory=False):
                return 0
        except HeldError:
            return 0
        with self._lock:
            leave = next(self._next_leave)
            self._leaves.add(leave)
        return leave

    def give_back(self, leave: int) -> None:
        """The call that had this leave did not need it. A leave counts once only; 0 is none."""
        with self._lock:
            if leave not in self._leaves:
                return
        self._do(allowances.give_back)
        self.use_up(leave)

    def use_up(self, leave: int) -> None:
        """The call that had this leave was given up early."""
        with self._lock:
            self._leaves.discard(leave)

    def called(self) -> None:
        """A model is called, which costs nothing."""
        self._do(allowances.earn)

    def reserve(self, wish: Wish) -> Booking:
        """Put an amount aside for a call, unless that exceeds a limit.

        Nor is anything put aside while another program holds the file: nobody knows then what
        was spent.
        """
        now_us = self._now_us()

        def reserve(db: sqlite3.Connection) -> Booking:
            booking = spending.reserve(db, wish, now_us)
            if booking.id:
                allowances.earn(db)
            return booking

        try:
            return self._do(reserve, or_memory=False)
        except HeldError:
            return Booking("", None, {})

    def settle(self, booking: str, cost_usd: float | None) -> None:
        """Replace a reserved amount by the real one; the whole of it when that is not known."""
        with self._lock:
            self._owed[booking] = cost_usd
        with suppress(HeldError):
            self._do(lambda _: None, or_memory=False)

    def spent(self, request: str = "", provider: str = "") -> Mapping[Scope, float]:
        """What was spent, or is reserved, in US dollars."""
        now_us = self._now_us()
        return self._do(lambda db: spending.spent(db, request, provider, now_us))

    def _lately(self) -> Lately:
        now_us = self._now_us()
        return Lately(now_us, now_us - int(self.cooldown_s * SECOND_US))


class MemoryLedger(Ledger):
    """A ledger that is gone with the process."""

    def __init__(
        self, *, cooldown_s: float = COOLDOWN_S, clock: Callable[[], float] = time.time
    ) -> None:
        """Nothing is made before it is needed."""
        super().__init__(None, cooldown_s=cooldown_s, clock=clock)
