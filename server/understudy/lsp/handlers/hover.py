"""`textDocument/hover`: what a key of a configuration file means, and why a fix failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.config_documents import is_configuration
from understudy.lsp.convert import to_offset
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.HoverParams) -> lsp.Hover | None:
    uri = params.text_document.uri
    if uri not in app.session.documents:
        return None
    line = params.position.line
    if uri in app.session.failed:
        # Imported here: as a rule there is no failure to tell of.
        from understudy.lsp.again import other_models
        from understudy.lsp.failed import failed_at, told_in_full

        failed = failed_at(app, uri, line, line)
        told = "\n\n---\n\n".join(told_in_full(one, other_models(app, one)) for one in failed)
        if told:
            return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, told))
    if not is_configuration(app, uri):
        return None
    from understudy.config.diagnose import describe

    document = app.session.document(uri)
    offset = to_offset(document.index, params.position, app.session.client.encoding)
    text = describe(document.text, offset)
    if text is None:
        return None
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text))


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_HOVER, run=_run)
