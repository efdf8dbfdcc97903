"""`textDocument/hover`: what stands in a configuration file or a fragment, why a fix failed.

Of a model that a configuration names, the journal is asked; that answer comes when it is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.config_documents import is_configuration
from understudy.lsp.convert import to_offset
from understudy.lsp.fragment_documents import desk_of
from understudy.lsp.handlers import Handler
from understudy.lsp.influences import influences_at

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from understudy.lsp.app import App

    Told = lsp.Hover | None


def _run(app: App, params: lsp.HoverParams) -> Told | Coroutine[Any, Any, Told]:
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
    if told := influences_at(app, uri, line):
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, told))
    text = _about_place(app, params)
    if named := _id_at(app, params):
        from understudy.lsp.model_hover import with_numbers

        settings = app.session.settings_for(app.session.root_of_uri(uri))
        return with_numbers(settings, named, text)
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if text else None


def _about_place(app: App, params: lsp.HoverParams) -> str:
    """What a document of our own says at a place; empty for every other document."""
    uri = params.text_document.uri
    document = app.session.document(uri)
    offset = to_offset(document.index, params.position, app.session.client.encoding)
    if (desk := desk_of(app, uri)) is not None:
        from understudy.prompt.describing import described
        from understudy.prompt.fragment import read_fragment

        reading = read_fragment(document.text, desk.name, desk.layer)
        return described(reading, offset, desk.library, desk.taken)
    if not is_configuration(app, uri):
        return ""
    from understudy.config.diagnose import describe

    return describe(document.text, offset) or ""


def _id_at(app: App, params: lsp.HoverParams) -> str:
    """What may be a model's id at a place of a configuration document."""
    uri = params.text_document.uri
    if not is_configuration(app, uri):
        return ""
    from understudy.config.written import id_at

    document = app.session.document(uri)
    return id_at(
        document.text, to_offset(document.index, params.position, app.session.client.encoding)
    )


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_HOVER, run=_run)
