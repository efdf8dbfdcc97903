"""Runs that ended with a failure: a diagnostic of ours beside the problem, until it is solved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.config.settings import OFFLINE_MODEL
from understudy.core.failures import BadRequestError
from understudy.core.plural import price
from understudy.core.text import Span
from understudy.engine.actions import OF_THE_KEY
from understudy.engine.outcome import Status
from understudy.lsp.convert import to_range
from understudy.lsp.naming import SOURCE
from understudy.lsp.ready import Spot, moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.core.failures import Failure
    from understudy.core.lines import LineIndex
    from understudy.engine.outcome import Outcome
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document

_MOST = 50
"""Failures that are shown in one document; the journal has them all."""

_NEXT = {
    "same": "Asking once more may be enough.",
    "refine": "It can be put in other words.",
    "reduce_context": "Less can be selected.",
    "wait": "The same can be asked again after a while.",
    "switch_model": "",
    "ask": "It can be put in other words.",
    "stop": "Nothing more is done by itself.",
}
"""What can happen next, by what the failure advises."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure that stands beside a problem.

    Attributes:
        spot: the problem's lines, or what was selected, as they must stay for this to count.
        span: the problem, in code points from the start of the first line.
        asked: what was selected, likewise; None for the whole document.
    """

    uri: str
    spot: Spot
    span: Span
    outcome: Outcome
    failure: Failure
    asked: Span | None = None

    @property
    def others(self) -> tuple[str, ...]:
        """The models of the route that could be asked instead."""
        return tuple(one for one in self.outcome.models if self.may_do_better(one))

    def may_do_better(self, model: str) -> bool:
        """Whether a model was not asked yet and would not fail for the same key."""
        if model == OFFLINE_MODEL and self.outcome.diagnostic is None:
            return False
        needs_key = self.failure.category in OF_THE_KEY
        if needs_key and model.startswith(f"{self.failure.evidence.source}/"):
            return False
        return model not in self.outcome.asked


def failures_of(outcomes: Iterable[Outcome]) -> list[Failed]:
    """What is shown of runs that offer nothing though there are models over the network."""
    found = []
    for one in outcomes:
        if one.failure is None or one.status is Status.OFFERED:
            continue
        index, place = one.view.index, _place(one)
        asked = _asked(one)
        lines = index.lines_of(asked if asked is not None else place)
        spot = Spot(lines.start, tuple(index.lines[lines.start : lines.stop]))
        start = index.start(lines.start)
        inside = asked.moved(-start) if asked is not None else None
        found.append(Failed(one.view.uri, spot, place.moved(-start), one, one.failure, inside))
    return found[:_MOST]


def remember(app: App, uri: str, outcomes: Iterable[Outcome]) -> None:
    """Show the failures of a command; what was shown of the same lines before makes way.

    Nothing is shown of a document that changed meanwhile on these lines.
    """
    document = app.session.documents.get(uri)
    if document is None:
        return
    tried = list(outcomes)
    fresh = [one for one in failures_of(tried) if _stands(one, document)]
    ended = {line for one in tried for line in _lines_of(one)}
    older = [one for one in app.session.failed.get(uri, ()) if not ended & {*_range(one)}]
    app.session.failed[uri] = [*older, *fresh][-_MOST:]
    app.aftermath.explain(uri)


def follow(app: App, document: Document, before: int) -> None:
    """Carry the failures of a document over its changes; those on changed lines are gone."""
    changes = document.changes_since(before)
    kept: list[Failed] = []
    for one in app.session.failed.get(document.uri, ()):
        spots = None if changes is None else moved((one.spot,), changes, document.line)
        if spots is not None:
            kept.append(replace(one, spot=spots[0]))
    app.session.failed[document.uri] = kept
    if not kept:
        del app.session.failed[document.uri]


def require_failed(app: App, run_id: str) -> Failed:
    """The failure of a run that is still shown.

    Raises:
        BadRequestError: when none is shown.
    """
    everything = (one for each in app.session.failed.values() for one in each)
    found = next((one for one in everything if one.outcome.run_id == run_id), None)
    if found is None:
        raise BadRequestError(f"No failure of a run `{run_id}` is shown any more.")
    return found


def dismiss(app: App, run_id: str) -> bool:
    """Take back the failure of a run; returns whether it was shown."""
    for uri, shown in app.session.failed.items():
        kept = [one for one in shown if one.outcome.run_id != run_id]
        if len(kept) < len(shown):
            app.session.failed[uri] = kept
            app.aftermath.explain(uri)
            return True
    return False


def failed_at(app: App, uri: str, first: int, last: int) -> list[Failed]:
    """The failures that stand on a line among `first` to `last`."""
    return [one for one in app.session.failed.get(uri, ()) if one.spot.shares(first, last)]


def diagnostic_of(failed: Failed, document: Document, app: App) -> lsp.Diagnostic:
    """The diagnostic beside the problem. Its code is the failure's category."""
    return lsp.Diagnostic(
        range=to_range(
            document.index, span_in(failed, document.index), app.session.client.encoding
        ),
        message=f"{not_done(failed.outcome)}: {failed.outcome.reason or failed.failure.message}",
        severity=lsp.DiagnosticSeverity.Information,
        code=failed.failure.category.value,
        source=SOURCE,
        data={"runId": failed.outcome.run_id},
    )


def not_done(outcome: Outcome) -> str:
    """The beginning of every sentence about a run that offers nothing."""
    if outcome.wish is not None:
        return "Not done"
    return {"explain": "Not explained", "review": "Not reviewed"}.get(outcome.task, "Not fixed")


def span_in(failed: Failed, index: LineIndex) -> Span:
    """Where the problem stands in the present text."""
    return failed.span.moved(index.start(failed.spot.first))


def asked_in(failed: Failed, index: LineIndex) -> Span:
    """What was selected, in the present text."""
    if failed.asked is None:
        return Span(0, len(index.text))
    return failed.asked.moved(index.start(failed.spot.first))


def moved_span(failed: Failed, span: Span, index: LineIndex) -> Span:
    """A place of the text that the run was about, in the present one: by how far its lines moved."""
    then = failed.outcome.view.index
    asked = failed.outcome.view.selection
    by = index.start(failed.spot.first) - then.start(then.line_of(asked.start))
    end = len(index.text)
    return Span(min(max(span.start + by, 0), end), min(max(span.end + by, 0), end))


def told_in_full(failed: Failed, others: Sequence[str]) -> str:
    """Cause, evidence and what can happen next, as Markdown; words of others stand in a fence.

    `others` are the models that are offered instead.
    """
    outcome, failure = failed.outcome, failed.failure
    asked = ", ".join(f"`{one}`" for one in outcome.asked)
    facts = [f"**{failure.category.value}**: {failure.message}"]
    if asked:
        facts.append(f"Asked: {asked}. {price(outcome.cost_usd).capitalize()}.")
    if outcome.handovers:
        facts.append("\n".join(f"- {line}" for line in outcome.handovers))
    if failure.evidence.text not in ("", failure.code):
        shown = failure.evidence.text.replace("```", "'''")
        facts.append(f"From {failure.evidence.source}:\n\n```text\n{shown}\n```")
    facts.append(f"{_NEXT[failure.advice]} {_instead(others)}".strip())
    facts.append(f"Run `{outcome.run_id}`, failure `{failure.fingerprint}`.")
    return "\n\n".join(facts)


def _instead(others: Sequence[str]) -> str:
    if not others:
        return "No other model is left to ask."
    return f"Another model can be asked: {', '.join(f'`{one}`' for one in others)}."


def _stands(one: Failed, document: Document) -> bool:
    here = range(one.spot.first, one.spot.stop)
    if here.stop > document.line_count:
        return False
    return tuple(map(document.line, here)) == one.spot.lines


def _range(one: Failed) -> range:
    return range(one.spot.first, one.spot.stop)


def _lines_of(outcome: Outcome) -> range:
    return outcome.view.index.lines_of(_place(outcome))


def _place(outcome: Outcome) -> Span:
    """Where a failure is shown: at the problem, or on the first line that a wish is about."""
    if outcome.diagnostic is not None:
        return outcome.diagnostic.span
    index = outcome.view.index
    line = index.line_of(outcome.view.selection.start)
    start = index.start(line)
    content = index.content(line)
    return Span(start + len(content) - len(content.lstrip()), start + len(content))


def _asked(outcome: Outcome) -> Span | None:
    """What was selected for a task that works on a selection; None for the whole document."""
    if outcome.diagnostic is not None:
        return outcome.diagnostic.span
    selection = outcome.view.selection
    return None if selection == Span(0, len(outcome.view.text)) else selection
