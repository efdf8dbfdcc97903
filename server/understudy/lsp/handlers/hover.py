"""`textDocument/hover`: what stands in a configuration file or a fragment, why a fix failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.config_documents import is_configuration
from understudy.lsp.convert import to_offset
from understudy.lsp.fragment_documents import desk_of
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
    text = _about_place(app, params)
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if text else None


def _about_place(app: App, params: lsp.HoverParams) -> str:
    """What a document of our own says at a place; empty for every other document."""
    uri = params.text_document.uri
    document = app.session.document(uri)
    offset = to_offset(document.index, params.position, app.session.client.encoding)
    if (desk := desk_of(app, uri)) is not None:
        from understudy.prompt.describing import described

        return described(document.text, offset, desk.library, desk.taken)
    if not is_configuration(app, uri):
        return ""
    from understudy.config.diagnose import describe

    return describe(document.text, offset) or ""


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_HOVER, run=_run)
