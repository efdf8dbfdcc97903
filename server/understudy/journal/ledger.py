"""What is remembered about models from run to run, shared by all servers of this user.

How often they failed, whether their servers answer, what they cost. It lives in the journal's
database, with a connection of its own; where that can't be used, in memory.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, TypeVar

from understudy.core.failures import FailureCategory, UnavailableError
from understudy.journal import allowances, breaker_rows, failure_counts, spending
from understudy.journal.calls import usual_silence_s
from understudy.journal.database import open_for_writing, open_in_memory, transaction
from understudy.journal.failure_counts import Lately
from understudy.journal.spending import Booking
from understudy.journal.trouble import is_busy

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from understudy.core.failures import Failure
    from understudy.journal.breaker_rows import Asked, Pause
    from understudy.journal.failure_counts import About
    from understudy.journal.spending import Scope, Wish

T = TypeVar("T")

log = logging.getLogger("understudy.journal")

COOLDOWN_S = 300.0
_SECOND_US = 1_000_000
_DAY_US = 86_400 * _SECOND_US
_KEEP_US = 62 * _DAY_US


class Ledger:
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
        self.cooldown_s = cooldown_s
        self._wanted = self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._file: sqlite3.Connection | None = None
        self._memory: sqlite3.Connection | None = None
        self._owed: dict[str, float | None] = {}
        """What calls cost whose amounts lie in the file, while another program holds it."""
        self._early = 0
        """How many models may still be given up early by leave that was given here."""

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
        from_us = 0 if ever else self._lately().from_us
        return self._do(lambda db: failure_counts.worst(db, owner, from_us))

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
        self._end_hedge(used=failure.category is FailureCategory.TIMEOUT)

    def reached(self, model: Asked) -> None:
        """The model's server answered."""
        self._do(lambda db: breaker_rows.close(db, model))
        self._end_hedge(used=False)

    def pauses(self) -> tuple[Pause, ...]:
        """Every model that is left alone now."""
        now_us = self._now_us()
        return self._do(lambda db: breaker_rows.pauses(db, now_us))

    def forgive(self) -> None:
        """Ask all models again at once: keys or addresses may have changed."""
        self._do(breaker_rows.clear)

    def hedge_delay(self, model_id: str) -> float | None:
        """How long a model is silent in all but one of twenty calls; None when that is unknown."""
        return self._do(lambda db: usual_silence_s(db, model_id))

    def hangs(self, model: Asked) -> int | None:
        """How often a model was left alone since its last call ended in silence; None: it did not."""
        return self._do(lambda db: breaker_rows.hangs(db, model))

    def may_hedge(self) -> bool:
        """Whether a silent model may be given up early: that happens to one call in ten at most.

        Of a model that `hangs`, nobody needs to ask. A yes is used up at once, so that all servers together keep to that. It is given back
        when the model answers, or fails in another way than by its silence.
        """
        try:
            leave = self._do(allowances.take, or_memory=False)
        except _HeldError:
            return False
        with self._lock:
            self._early += leave
        return leave

    def _end_hedge(self, *, used: bool) -> None:
        """A model that might have been given up early is done with."""
        with self._lock:
            if not self._early:
                return
            self._early -= 1
        if not used:
            self._do(allowances.give_back)

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
        except _HeldError:
            return Booking("", None, {})

    def settle(self, booking: str, cost_usd: float | None) -> None:
        """Replace a reserved amount by the real one; the whole of it when that is not known."""
        with self._lock:
            self._owed[booking] = cost_usd
        with suppress(_HeldError):
            self._do(lambda _: None, or_memory=False)

    def spent(self, request: str = "", provider: str = "") -> Mapping[Scope, float]:
        """What was spent, or is reserved, in US dollars."""
        now_us = self._now_us()
        return self._do(lambda db: spending.spent(db, request, provider, now_us))

    def use(self, path: Path | None) -> None:
        """Remember things in another file from now on; None for memory alone."""
        with self._lock:
            if path == self._wanted:
                return
            self._wanted = self._path = path
            if self._file is not None:
                self._file.close()
                self._file = None

    def close(self) -> None:
        """Let go of the file. What comes later is remembered in memory."""
        with self._lock:
            self._path = None
            for connection in (self._file, self._memory):
                if connection is not None:
                    connection.close()
            self._file = self._memory = None

    def _now_us(self) -> int:
        return int(self._clock() * _SECOND_US)

    def _lately(self) -> Lately:
        now_us = self._now_us()
        return Lately(now_us, now_us - int(self.cooldown_s * _SECOND_US))

    def _do(self, step: Callable[[sqlite3.Connection], T], *, or_memory: bool = True) -> T:
        """Carry out a step in one transaction: on the file, else in memory.

        Args:
            step: what to do.
            or_memory: whether memory will do while another program holds the file; else this
                raises `_HeldError`.
        """
        import sqlite3

        with self._lock:
            if self._path is not None:
                try:
                    if self._file is None:
                        self._file = self._opened(self._path)
                    return self._step(self._file, step)
                except (sqlite3.Error, OSError, UnavailableError) as error:
                    self._give_up(error)
                    if is_busy(error) and not or_memory:
                        raise _HeldError from error
            if self._memory is None:
                self._memory = open_in_memory()
            return self._step(self._memory, step)

    def _step(self, db: sqlite3.Connection, step: Callable[[sqlite3.Connection], T]) -> T:
        """Carry out a step, and before it what could not be written earlier."""
        owed = dict(self._owed)
        with transaction(db):
            for booking, cost_usd in owed.items():
                spending.settle(db, booking, cost_usd)
            found = step(db)
        if db is self._file or self._path is None:
            self._owed.clear()
        return found

    def _opened(self, path: Path) -> sqlite3.Connection:
        """The file, rid of what nobody looks at any more."""
        connection = open_for_writing(path)
        now_us = self._now_us()
        try:
            with transaction(connection):
                spending.forget(connection, now_us - _KEEP_US)
                failure_counts.forget(connection, now_us - _KEEP_US)
                breaker_rows.forget(connection, now_us - _DAY_US)
        except BaseException:
            connection.close()
            raise
        return connection

    def _give_up(self, error: Exception) -> None:
        """Go on in memory: for this once when another program holds the file, else for good."""
        if is_busy(error):
            return
        log.warning("What models did is remembered in memory alone: %s", error)
        self._path = None
        if self._file is not None:
            with closing(self._file):
                self._file = None


class _HeldError(Exception):
    """Another program holds the file."""


class MemoryLedger(Ledger):
    """A ledger that is gone with the process."""

    def __init__(
        self, *, cooldown_s: float = COOLDOWN_S, clock: Callable[[], float] = time.time
    ) -> None:
        """Nothing is made before it is needed."""
        super().__init__(None, cooldown_s=cooldown_s, clock=clock)
