"""Diagnostics of ours: why an edit needs a look, why a problem was not fixed, what a review found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.engine.evidence import Band
from understudy.lsp.convert import placed_edits
from understudy.lsp.failed import diagnostic_of
from understudy.lsp.menu_shown import PREFIX
from understudy.lsp.naming import SOURCE
from understudy.lsp.wording import candidates, doubts, lowest_band

if TYPE_CHECKING:
    from understudy.core.lines import Encoding
    from understudy.lsp.app import App
    from understudy.lsp.ready import Ready


def show_reasons(app: App, uri: str) -> None:
    """Publish all diagnostics of ours for a document together: a client keeps only the last list.

    They say why edits are for review, why problems were not fixed, and what a review found. What no
    longer counts is taken back.

    Nothing is sent when everything stands where it stood.
    """
    session = app.session
    if uri in session.mends:
        # A configuration document's diagnostics are its own problems.
        return
    document = session.documents.get(uri)
    found = [
        diagnostic_of(one, document, app)
        for one in session.failed.get(uri, ())
        if document is not None and not document.lost
    ]
    if uri in session.findings and document is not None:
        # Imported here: as a rule nobody asked for a review.
        from understudy.lsp.findings import diagnostics_of

        found += diagnostics_of(app, document)
    found += [
        diagnostic
        for ready in session.ready.of(uri)
        if lowest_band(ready.outcomes) is Band.REVIEW
        for diagnostic in _diagnostics(ready, session.client.encoding)
    ]
    if found == session.reasons.get(uri, []):
        return
    session.reasons[uri] = found
    if not found:
        del session.reasons[uri]
    params = lsp.PublishDiagnosticsParams(
        uri=uri, diagnostics=found, version=document.version if document else None
    )
    app.notify(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def _diagnostics(ready: Ready, encoding: Encoding) -> list[lsp.Diagnostic]:
    """One for each reason, where the edit begins, or was asked for."""
    edits = placed_edits(ready.places, encoding)
    here = lsp.Position(ready.lines.start, 0)
    where = edits[0].range if edits else lsp.Range(here, here)
    return [
        lsp.Diagnostic(
            range=where,
            message=f"{ready.title.removeprefix(PREFIX)}. {evidence}",
            severity=lsp.DiagnosticSeverity.Information,
            code=signal,
            source=SOURCE,
        )
        for signal, evidence in doubts(candidates(ready.outcomes))
    ]
