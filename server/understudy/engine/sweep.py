"""Fix many diagnostics of one document, one after the other."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.checkers import reports_as
from understudy.core.failures import FailureCategory
from understudy.core.ids import new_id
from understudy.core.minimise import minimise
from understudy.core.text import Span, moved
from understudy.engine.checking import check, look_again
from understudy.engine.evidence import CheckStatus
from understudy.engine.known import is_compiler
from understudy.engine.mending import mend
from understudy.engine.outcome import Outcome, Status, takes_part
from understudy.engine.parsing import parses
from understudy.engine.problems import merged, problems, same
from understudy.engine.record import begin, end
from understudy.engine.run import How, cancelled, fix
from understudy.engine.services import Event
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from understudy.core.lines import LineIndex
    from understudy.core.text import Edit
    from understudy.engine.evidence import CheckReport
    from understudy.engine.mending import Mended
    from understudy.engine.services import Services
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

    Key = tuple[str, str, str, int]

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
        wanted: which of the checkers' findings are worked on; the span is carried along.
        region: only diagnostics that touch it, in code points of the current text; None for all.
        given: diagnostics from elsewhere, worked on besides the checkers' own.
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
        self._seen: list[Key] = []

    async def steps(self) -> AsyncIterator[Outcome]:
        """Work through the diagnostics; each yielded outcome's view is the text it started from.

        An edit of band `auto` or `confirm` is taken into the text that the next step starts from.
        """
        self._until = time.monotonic() + self.deadline_s
        mended = await self._begin()
        if mended is not None:
            for outcome in self._adopt(mended):
                yield outcome
        for done in range(_MAX_STEPS):
            queue = self._left()
            if self._late:
                break
            if not queue:
                return
            share = done / (done + len(queue))
            self.services.listen(Event(f"{queue[0].label}, {len(queue)} left", share))
            outcome = await fix(self.view, queue[0], self.services, self._how(self.reports))
            self._see(queue[0])
            self.outcomes.append(outcome)
            await self._take(outcome)
            yield outcome
        if (last := self._broken_off()) is not None:
            yield last

    async def _begin(self) -> Mended | None:
        """Look at the text as it is, and repair what does not parse, as far as time allows."""
        settings = self.services.settings
        try:
            async with asyncio.timeout(self.deadline_s):
                self.reports = await check(self.start, settings)
                return await mend(self.start, self.reports, self.services, self._how, self._fits)
        except TimeoutError:
            return None
        except asyncio.CancelledError:
            # The request was answered with the id of a run, which the journal has to know.
            self._record(cancelled(Outcome(self.job, Status.CANCELLED, self.start, None)))
            raise

    @property
    def _late(self) -> bool:
        return time.monotonic() >= self._until

    def _broken_off(self) -> Outcome | None:
        """The end of a walk that has not come to all diagnostics, told for the first one left."""
        queue = self._left()
        if self.reports and not queue:
            return None
        what = (
            f"{len(queue)} of its problems were not looked at" if queue else "it was not looked at"
        )
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
        self._seen.append(("", "", "", 0) if first is None else _key(first))
        self.outcomes.append(outcome)
        return outcome

    def _record(self, outcome: Outcome) -> None:
        begin(outcome, self.job, self.services)
        end(outcome, self.services)

    def _adopt(self, mended: Mended) -> Iterator[Outcome]:
        """Take over repairs that were proved together."""
        if mended.view.text != self.view.text:
            self._build_on(mended.view, minimise(self.view.text, mended.view.text), mended.checks)
        for outcome in mended.outcomes:
            if outcome.diagnostic is not None:
                # Each was found in a text of its own, which lacks just this repair.
                edits = minimise(outcome.view.text, self.view.text)
                self._see(_carried(outcome.diagnostic, edits))
            self.outcomes.append(outcome)
            yield outcome

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
        left = {key[:3] for key in map(_key, problems(self.reports, index=self.view.index))}
        return tuple(
            outcome
            for outcome, key in zip(self.outcomes, self._seen, strict=True)
            if not takes_part(outcome) and self._is_seen(key[0]) and key[:3] not in left
        )

    def _is_seen(self, source: str) -> bool:
        """Whether a checker that looked last reports under this name."""
        return any(
            report.status is CheckStatus.DONE and reports_as(report.checker, source)
            for report in self.reports
        )

    def _left(self) -> list[Diagnostic]:
        found = problems(self.reports, self.wanted, self.view.index)
        if self.region is None and not self.only_given:
            found = _without_guesses(found)
        pool = self._asked(found) if self.only_given else merged(self.given, found, self.view.index)
        return [one for one in pool if _key(one) not in self._seen and self._fits(one, self.view)]

    def _asked(self, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """What is to be done when only what `given` says counts.

        Of two that say the same, ours is taken: our checkers can tell whether it is gone.
        """
        index = self.view.index
        foreign = (one for one in self.given if not any(_is_same(one, own, index) for own in found))
        return (*foreign, *found)

    def _how(self, reports: tuple[CheckReport, ...]) -> How:
        run_id = new_id() if self.outcomes else self.job
        return How(self.model, reports, run_id, self.job, self._until - time.monotonic())

    def _fits(self, diagnostic: Diagnostic, view: View) -> bool:
        """Whether to work on a diagnostic of `view`: our text, or a trial that starts from it."""
        return self.wanted(diagnostic) and self._is_asked(diagnostic, view)

    def _is_asked(self, diagnostic: Diagnostic, view: View) -> bool:
        if self.region is None and not self.only_given:
            return True
        edits = () if view.text == self.view.text else minimise(self.view.text, view.text)
        if self.region is not None and not diagnostic.span.touches(
            _carried_span(self.region, edits)
        ):
            return False
        given = (_carried(one, edits) for one in self.given)
        return not self.only_given or any(_is_same(one, diagnostic, view.index) for one in given)

    def _see(self, diagnostic: Diagnostic) -> None:
        self._seen.append(_key(diagnostic))
        index = self.view.index
        self.given = tuple(one for one in self.given if not _is_same(one, diagnostic, index))

    async def _take(self, outcome: Outcome) -> None:
        candidate = outcome.offered
        if candidate is None or not takes_part(outcome):
            return
        view = self.view.edited(candidate.edits)
        reports = await look_again(view, candidate.checks, self.services.settings)
        self._build_on(view, candidate.edits, reports)

    def _build_on(
        self, view: View, edits: tuple[Edit, ...], reports: tuple[CheckReport, ...]
    ) -> None:
        """Go on from the edited text, with everything that is told by place moved along."""
        self.view, self.reports = view, reports
        self._seen = [(s, c, m, moved(at, edits)) for s, c, m, at in self._seen]
        self.given = tuple(_carried(one, edits) for one in self.given)
        if parses(reports):
            self.given = tuple(one for one in self.given if not is_syntax_error(one))
        if self.region is not None:
            self.region = _carried_span(self.region, edits)


def _is_same(one: Diagnostic, other: Diagnostic, index: LineIndex) -> bool:
    """Whether two findings in the text of `index` are about the same thing.

    Tools mark different characters of what they can't read, so there the line counts.
    """
    if is_syntax_error(one) and is_syntax_error(other):
        lines, others = index.lines_of(one.span), index.lines_of(other.span)
        return lines.start < others.stop and others.start < lines.stop
    return same(one, other)


def _without_guesses(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """What is worth working on unasked.

    Other parsers than the compiler go on behind the first error, and guess what may be wrong there.
    """
    broken = {one: is_compiler(one.source) for one in found if is_syntax_error(one)}
    return tuple(one for one in found if broken.get(one, True)) if any(broken.values()) else found


def _key(diagnostic: Diagnostic) -> Key:
    return diagnostic.source, diagnostic.code, diagnostic.message, diagnostic.span.start


def _carried(diagnostic: Diagnostic, edits: tuple[Edit, ...]) -> Diagnostic:
    return replace(diagnostic, span=_carried_span(diagnostic.span, edits), suggestions=())


def _carried_span(span: Span, edits: tuple[Edit, ...]) -> Span:
    start = moved(span.start, edits)
    return Span(start, max(start, moved(span.end, edits)))
