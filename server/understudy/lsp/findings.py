"""Findings of reviews: diagnostics of ours beside the code, until their lines change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.core.failures import BadRequestError
from understudy.core.ids import new_id
from understudy.core.lines import column_to_units
from understudy.engine.reviewing import MOST_FINDINGS
from understudy.lsp.naming import REVIEW_SOURCE
from understudy.lsp.ready import Spot, moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.core.lines import Encoding
    from understudy.engine.reviewing import Finding
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document
    from understudy.workspace.view import View

CODE = "review"
_LONGEST_TITLE = 60
_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "information": lsp.DiagnosticSeverity.Information,
    "hint": lsp.DiagnosticSeverity.Hint,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding that is shown.

    Attributes:
        spot: its lines, as they must stay for it to count.
        model: which found it.
    """

    id: str
    uri: str
    spot: Spot
    finding: Finding
    model: str

    @property
    def now(self) -> Finding:
        """The finding in the present text."""
        return replace(self.finding, lines=range(self.spot.first, self.spot.stop))


def stand(app: App, view: View, lines: range, found: Iterable[Finding], model: str) -> int:
    """Show the findings of a review; says how many of them still fit the document.

    What an earlier review found on the same lines makes way.

    Args:
        app: the server.
        view: the text that was reviewed.
        lines: those of them that were.
        found: the findings, in `view`.
        model: which found them.
    """
    document = app.session.documents.get(view.uri)
    changes = document.changes_since(view.version) if document is not None else None
    if document is None or changes is None:
        return 0
    fresh = []
    for one in found:
        spot = Spot(one.lines.start, tuple(view.index.lines[one.lines.start : one.lines.stop]))
        spots = moved((spot,), changes, document.line)
        if spots is not None:
            fresh.append(Standing(new_id(), view.uri, spots[0], one, model))
    older = [
        one
        for one in app.session.findings.get(view.uri, ())
        if not one.spot.shares(lines.start, lines.stop - 1)
    ]
    _keep(app, view.uri, [*older, *fresh][-MOST_FINDINGS:])
    app.aftermath.explain(view.uri)
    return len(fresh)


def follow(app: App, document: Document, before: int) -> None:
    """Carry the findings of a document over its changes; those on changed lines are gone."""
    changes = document.changes_since(before)
    kept = []
    for one in app.session.findings.get(document.uri, ()):
        spots = None if changes is None else moved((one.spot,), changes, document.line)
        if spots is not None:
            kept.append(replace(one, spot=spots[0]))
    _keep(app, document.uri, kept)


def require_finding(app: App, finding_id: str) -> Standing:
    """A finding that is still shown.

    Raises:
        BadRequestError: when it is not.
    """
    everything = (one for each in app.session.findings.values() for one in each)
    found = next((one for one in everything if one.id == finding_id), None)
    if found is None:
        raise BadRequestError("This finding of a review is shown no longer.")
    return found


def dismiss(app: App, finding_id: str | None = None, uri: str | None = None) -> int:
    """Take findings back: one, those of a document, or all. Says how many were shown."""
    gone = 0
    for where, shown in list(app.session.findings.items()):
        kept = [one for one in shown if not _is_meant(one, finding_id, uri)]
        if len(kept) < len(shown):
            gone += len(shown) - len(kept)
            _keep(app, where, kept)
            app.aftermath.explain(where)
    return gone


def diagnostics_of(app: App, document: Document) -> list[lsp.Diagnostic]:
    """What is published of a document's findings."""
    encoding = app.session.client.encoding
    return [_diagnostic(one, encoding) for one in app.session.findings.get(document.uri, ())]


def entries(
    app: App, uri: str, first: int, last: int
) -> Iterator[tuple[str, lsp.Diagnostic, str, dict[str, Any]]]:
    """Menu entries for the findings on lines: title, diagnostic, command, argument."""
    here = [one for one in app.session.findings.get(uri, ()) if one.spot.shares(first, last)]
    for one in here:
        shown = _diagnostic(one, app.session.client.encoding)
        told = {"findingId": one.id}
        yield f"Fix: {_short(one.finding.message)}", shown, "understudy.fixFinding", told
        yield "Dismiss this finding", shown, "understudy.dismissFinding", told
    if here and len(app.session.findings[uri]) > 1:
        shown = _diagnostic(here[0], app.session.client.encoding)
        title = "Dismiss all findings in this file"
        yield title, shown, "understudy.dismissFinding", {"uri": uri}


def _keep(app: App, uri: str, kept: list[Standing]) -> None:
    app.session.findings[uri] = kept
    if not kept:
        del app.session.findings[uri]


def _is_meant(one: Standing, finding_id: str | None, uri: str | None) -> bool:
    return (finding_id is None or one.id == finding_id) and (uri is None or one.uri == uri)


def _diagnostic(one: Standing, encoding: Encoding) -> lsp.Diagnostic:
    first, last = one.spot.lines[0], one.spot.lines[-1].rstrip("\r\n")
    begins = len(first) - len(first.lstrip())
    return lsp.Diagnostic(
        range=lsp.Range(
            lsp.Position(one.spot.first, column_to_units(first, begins, encoding)),
            lsp.Position(one.spot.stop - 1, column_to_units(last, len(last), encoding)),
        ),
        message=f"{one.finding.message} ({one.model})",
        severity=_SEVERITIES[one.finding.severity.value],
        code=CODE,
        source=REVIEW_SOURCE,
        data={"findingId": one.id},
    )


def _short(message: str) -> str:
    return message if len(message) <= _LONGEST_TITLE else f"{message[: _LONGEST_TITLE - 1]}…"
