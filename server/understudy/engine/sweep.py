"""Fix many diagnostics of one document, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.core.ids import new_id
from understudy.core.minimise import minimise
from understudy.core.text import Span, moved
from understudy.engine.checking import check
from understudy.engine.evidence import Band, CheckStatus
from understudy.engine.mending import mend
from understudy.engine.problems import merged, problems, same
from understudy.engine.run import How, fix
from understudy.engine.services import Event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from understudy.core.text import Edit
    from understudy.engine.evidence import CheckReport
    from understudy.engine.mending import Mended
    from understudy.engine.outcome import Outcome
    from understudy.engine.services import Services
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MAX_STEPS = 1_000
"""Diagnostics of one document that one sweep looks at."""


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
        outcomes: one for each diagnostic, in order.
        reports: what the checkers say about `view`; empty before the first step.
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

    def __post_init__(self) -> None:
        self.view = self.start
        self._seen: list[tuple[str, str, str, int]] = []

    async def steps(self) -> AsyncIterator[Outcome]:
        """Work through the diagnostics; each yielded outcome's view is the text it started from.

        An edit of band `auto` or `confirm` is taken into the text that the next step starts from.
        """
        self.reports = reports = await check(self.start, self.services.settings)
        mended = await mend(self.start, reports, self.services, self._how, self._fits)
        if mended is not None:
            self.reports = reports = mended.checks
            for outcome in self._adopt(mended):
                yield outcome
        for done in range(_MAX_STEPS):
            queue = self._left(reports)
            if not queue:
                return
            share = done / (done + len(queue))
            self.services.listen(Event(f"{queue[0].label}, {len(queue)} left", share))
            outcome = await fix(self.view, queue[0], self.services, self._how(reports))
            self._see(queue[0])
            self.outcomes.append(outcome)
            self.reports = reports = self._take(outcome, reports)
            yield outcome

    def _adopt(self, mended: Mended) -> Iterator[Outcome]:
        """Take over repairs that were proved together."""
        self._carry(minimise(self.view.text, mended.view.text))
        self.view = mended.view
        for outcome in mended.outcomes:
            if outcome.diagnostic is not None:
                self._see(outcome.diagnostic)
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
        left = {key[:3] for key in map(_key, problems(self.reports))}
        tools = {name for report in self.reports for name in _names_of(report)}
        return tuple(
            outcome
            for outcome, key in zip(self.outcomes, self._seen, strict=True)
            if not takes_part(outcome) and key[0] in tools and key[:3] not in left
        )

    def _left(self, reports: tuple[CheckReport, ...]) -> list[Diagnostic]:
        found = problems(reports, self.wanted)
        pool = merged(self.given, found)
        if self.only_given:
            pool = tuple(one for one in pool if any(same(one, given) for given in self.given))
        return [one for one in pool if self._fits(one) and _key(one) not in self._seen]

    def _how(self, reports: tuple[CheckReport, ...]) -> How:
        run_id = new_id() if self.outcomes or not self.job else self.job
        return How(self.model, reports, run_id, self.job or run_id)

    def _fits(self, diagnostic: Diagnostic) -> bool:
        inside = self.region is None or diagnostic.span.touches(self.region)
        return inside and self.wanted(diagnostic)

    def _see(self, diagnostic: Diagnostic) -> None:
        self._seen.append(_key(diagnostic))
        self.given = tuple(one for one in self.given if not same(one, diagnostic))

    def _take(self, outcome: Outcome, reports: tuple[CheckReport, ...]) -> tuple[CheckReport, ...]:
        candidate = outcome.offered
        if candidate is None or not takes_part(outcome):
            return reports
        edits = candidate.edits
        self.view = self.view.edited(edits)
        self._carry(edits)
        return candidate.checks

    def _carry(self, edits: tuple[Edit, ...]) -> None:
        """Move everything that is told by place along with the text."""
        self._seen = [(s, c, m, moved(at, edits)) for s, c, m, at in self._seen]
        self.given = tuple(_carried(one, edits) for one in self.given)
        if self.region is not None:
            self.region = _carried_span(self.region, edits)


def takes_part(outcome: Outcome) -> bool:
    """Whether an outcome's edit is good enough to build the next step on."""
    candidate = outcome.offered
    return candidate is not None and candidate.verdict.band in {Band.AUTO, Band.CONFIRM}


def _key(diagnostic: Diagnostic) -> tuple[str, str, str, int]:
    return diagnostic.source, diagnostic.code, diagnostic.message, diagnostic.span.start


def _names_of(report: CheckReport) -> frozenset[str]:
    """Under which names the checker reports; none when it did not look."""
    known = all_checkers().get(report.checker)
    if report.status is not CheckStatus.DONE:
        return frozenset()
    return frozenset({report.checker}) | (known.sources if known is not None else frozenset())


def _carried(diagnostic: Diagnostic, edits: tuple[Edit, ...]) -> Diagnostic:
    return replace(diagnostic, span=_carried_span(diagnostic.span, edits), suggestions=())


def _carried_span(span: Span, edits: tuple[Edit, ...]) -> Span:
    start = moved(span.start, edits)
    return Span(start, max(start, moved(span.end, edits)))
