"""Fix many diagnostics of one document, one after the other."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.checkers import reports_as
from understudy.core.failures import FailureCategory
from understudy.core.ids import new_id
from understudy.core.minimise import minimise
from understudy.engine.agenda import Agenda, Asked
from understudy.engine.checking import check, look_again
from understudy.engine.evidence import CheckStatus
from understudy.engine.mending import mend
from understudy.engine.outcome import Outcome, Status, takes_part
from understudy.engine.parsing import parses
from understudy.engine.record import begin, end
from understudy.engine.run import How, cancelled, fix
from understudy.engine.services import Event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from understudy.core.text import Edit, Span
    from understudy.engine.evidence import CheckReport
    from understudy.engine.mending import Mended
    from understudy.engine.services import Services
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MAX_STEPS = 1_000
"""Diagnostics of one document that one sweep looks at."""
_RUNS = 10
"""A sweep may take as long as so many runs that use all their time."""


@dataclass
class Sweep:
    """A walk over a document's diagnostics. Every step starts from the text the last one left.

    Attributes:
        start: the document as it was.
        view: the document with the edits taken so far.
        wanted: which of the checkers' findings are worked on.
        region: only diagnostics that touch it, in code points of `start`; None for all.
        given: diagnostics of `start` from elsewhere, worked on besides the checkers' own. Of very
            many the first are taken, and the end of the walk tells of the others.
        only_given: work on nothing but what `given` says, whoever else sees it too.
        job: names the request that all these runs belong to; the first run takes it as its id.
        outcomes: one for each diagnostic, in order. When the walk ends before it has come to all
            of them, the last one says so.
        reports: what the checkers say about `view`; empty before the first step.
        deadline_s: seconds that the whole walk may take; 0 for ten times `fix.timeout_s`.
    """

    start: View
    services: Services
    wanted: Callable[[Diagnostic], bool] = lambda _: True
    region: Span | None = None
    given: tuple[Diagnostic, ...] = ()
    only_given: bool = False
    model: str | None = None
    job: str = ""
    outcomes: list[Outcome] = field(default_factory=list)
    reports: tuple[CheckReport, ...] = ()
    deadline_s: float = 0.0

    def __post_init__(self) -> None:
        self.view = self.start
        self.job = self.job or new_id()
        self.deadline_s = self.deadline_s or _RUNS * self.services.settings.fix.timeout_s
        self._until = 0.0
        self._agenda = Agenda(self.start, Asked(self.wanted))

    def take_over(self, outcome: Outcome) -> None:
        """Let a run that was made elsewhere count as the walk's only one."""
        self.outcomes.append(outcome)
        if takes_part(outcome) and outcome.offered is not None:
            self.view = self.start.edited(outcome.offered.edits)

    async def steps(self) -> AsyncIterator[Outcome]:
        """Work through the diagnostics; each yielded outcome's view is the text it started from.

        An edit of band `auto` or `confirm` is taken into the text that the next step starts from.
        """
        self._until = time.monotonic() + self.deadline_s
        asked = Asked(self.wanted, self.region, self.given, self.only_given)
        self._agenda = Agenda(self.start, asked)
        mended = await self._begin()
        if mended is not None:
            await asyncio.to_thread(self._adopt, mended)
            for outcome in mended.outcomes:
                self.outcomes.append(outcome)
                yield outcome
        for done in range(_MAX_STEPS):
            queue = await self._left()
            if self._late or not queue:
                break
            share = done / (done + len(queue))
            self.services.listen(Event(f"{queue[0].label}, {len(queue)} left", share))
            outcome = await fix(self.view, queue[0], self.services, self._how(self.reports))
            self.outcomes.append(outcome)
            await self._take(outcome, queue[0])
            yield outcome
        if (last := self._broken_off(await self._left())) is not None:
            yield last

    async def _begin(self) -> Mended | None:
        """Look at the text as it is, and repair what does not parse, as far as time allows."""
        settings = self.services.settings
        try:
            async with asyncio.timeout(self.deadline_s):
                self.reports = await check(self.start, settings)
                return await mend(
                    self.start, self.reports, self.services, self._how, self._agenda.fits
                )
        except TimeoutError:
            return None
        except asyncio.CancelledError as stop:
            # The request was answered with the id of a run, which the journal has to know.
            self._record(cancelled(Outcome(self.job, Status.CANCELLED, self.start, None), stop))
            raise

    @property
    def _late(self) -> bool:
        return time.monotonic() >= self._until

    def _broken_off(self, queue: list[Diagnostic]) -> Outcome | None:
        """The end of a walk that has not come to all diagnostics, told for the first one left."""
        count = len(queue) + self._agenda.left_out
        if not count and (self.reports or not self._late):
            return None
        what = f"{count} of its problems were not looked at" if count else "it was not looked at"
        if self._late:
            why, category = f"{self.deadline_s:g} s for one file are over", FailureCategory.TIMEOUT
        else:
            why = f"{_MAX_STEPS} problems of one file were looked at"
            category = FailureCategory.BUDGET_EXCEEDED
        how, first = self._how(self.reports), queue[0] if queue else None
        outcome = Outcome(
            how.run_id,
            Status.FAILED,
            self.view,
            first,
            reason=f"The walk over {self.start.name} ended: {why}, {what}.",
            category=category,
        )
        self._record(outcome)
        self.outcomes.append(outcome)
        return outcome

    def _record(self, outcome: Outcome) -> None:
        begin(outcome, self.job, self.services)
        end(outcome, self.services)

    def _adopt(self, mended: Mended) -> None:
        """Take over repairs that were proved together."""
        if mended.view.text != self.view.text:
            self._build_on(mended.view, minimise(self.view.text, mended.view.text), mended.checks)
        for outcome in mended.outcomes:
            if outcome.diagnostic is not None:
                # Each was found in a text of its own, which lacks just this repair.
                self._agenda.see_from(outcome.view, outcome.diagnostic)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All taken edits as one minimal change of `start`."""
        return minimise(self.start.text, self.view.text)

    @property
    def taken(self) -> tuple[Outcome, ...]:
        """The outcomes whose edits are part of `edits`."""
        return tuple(outcome for outcome in self.outcomes if takes_part(outcome))

    @property
    def gone_along(self) -> tuple[Outcome, ...]:
        """The outcomes without a taken edit whose problems went away with the edits of others."""
        # The end of a walk that was broken off is the last outcome, and nothing that was seen.
        seen, went = self._agenda.seen, self._agenda.went(self.reports)
        return tuple(
            outcome
            for outcome, one, is_gone in zip(self.outcomes, seen, went, strict=False)
            if is_gone and not takes_part(outcome) and self._is_seen(one.source)
        )

    def _is_seen(self, source: str) -> bool:
        """Whether a checker that looked last reports under this name."""
        return any(
            report.status is CheckStatus.DONE and reports_as(report.checker, source)
            for report in self.reports
        )

    async def _left(self) -> list[Diagnostic]:
        return await asyncio.to_thread(self._agenda.left, self.reports)

    def _how(self, reports: tuple[CheckReport, ...]) -> How:
        run_id = new_id() if self.outcomes else self.job
        return How(self.model, reports, run_id, self.job, self._until - time.monotonic())

    async def _take(self, outcome: Outcome, diagnostic: Diagnostic) -> None:
        """Cross off what was worked on, and go on from the text with its edit."""
        await asyncio.to_thread(self._agenda.see, diagnostic)
        candidate = outcome.offered
        if candidate is None or not takes_part(outcome):
            return
        view = await asyncio.to_thread(self.view.edited, candidate.edits)
        reports = await look_again(view, candidate.checks, self.services.settings)
        await asyncio.to_thread(self._build_on, view, candidate.edits, reports)

    def _build_on(
        self, view: View, edits: tuple[Edit, ...], reports: tuple[CheckReport, ...]
    ) -> None:
        """Go on from the edited text, with everything that is told by place moved along."""
        self._agenda.go_on(view, edits, (self.reports, reports))
        if parses(reports):
            self._agenda.forget_errors()
        self.view, self.reports = view, reports
