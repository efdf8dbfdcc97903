"""`textDocument/codeLens`: a line above each edit taken lately, and above fragments in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.plural import plural
from understudy.lsp.fragment_documents import desk_of
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.engine.outcome import Outcome
    from understudy.lsp.app import App
    from understudy.lsp.fragment_documents import Desk


def _run(app: App, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
    uri = params.text_document.uri
    document = app.session.document(uri)
    if (desk := desk_of(app, uri)) is not None:
        return _use_of(desk)
    if not app.session.settings_for(app.session.root_of_uri(uri)).actions.code_lens:
        return []
    last = document.line_count - 1
    return [
        _lens(min(line, last), outcomes) for line, outcomes in app.aftermath.taken(uri) if outcomes
    ]


def _use_of(desk: Desk) -> list[lsp.CodeLens]:
    """How often a fragment was in use, above its first line."""
    runs, good = desk.used
    if not runs:
        return []
    place = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    title = f"used in {plural(runs, 'run')}, success {100 * good // runs} %"
    return [lsp.CodeLens(range=place, command=lsp.Command(title=title, command=""))]


def _lens(line: int, outcomes: tuple[Outcome, ...]) -> lsp.CodeLens:
    from understudy.lsp.wording import taken_title

    place = lsp.Range(lsp.Position(line, 0), lsp.Position(line, 0))
    command = lsp.Command(
        title=taken_title(outcomes),
        command="understudy.showRun",
        arguments=[{"runId": outcomes[0].run_id}],
    )
    return lsp.CodeLens(range=place, command=command)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_CODE_LENS, run=_run)
