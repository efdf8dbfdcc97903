"""`textDocument/prepareRename`: whether an id of a fragment stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.convert import to_range
from understudy.lsp.fragment_renames import renamable
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.PrepareRenameParams) -> lsp.Range | None:
    named = renamable(app, params.text_document.uri, params.position)
    if named is None:
        return None
    index = app.session.document(params.text_document.uri).index
    return to_range(index, named.span, app.session.client.encoding)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_PREPARE_RENAME, run=_run)
