"""`textDocument/inlineCompletion`: verified edits that wait; no model, no tool, no disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.InlineCompletionParams) -> list[lsp.InlineCompletionItem]:
    uri = params.text_document.uri
    if not app.session.ready.of(uri):
        return []
    # Imported here: as a rule nothing waits.
    from understudy.lsp.inline import completions

    return completions(app, uri, params.position.line)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_INLINE_COMPLETION, run=_run)
