"""`textDocument/codeLens`: a line above each edit that was taken lately, if that is switched on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.engine.outcome import Outcome
    from understudy.lsp.app import App


def _run(app: App, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
    uri = params.text_document.uri
    document = app.session.document(uri)
    if not app.session.settings_for(app.session.root_of_uri(uri)).actions.code_lens:
        return []
    last = document.line_count - 1
    return [
        _lens(min(line, last), outcomes) for line, outcomes in app.aftermath.taken(uri) if outcomes
    ]


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
