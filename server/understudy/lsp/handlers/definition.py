"""`textDocument/definition`: from the id of a fragment to its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.lines import LineIndex
from understudy.lsp.convert import to_offset, to_range
from understudy.lsp.fragment_documents import desk_of
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DefinitionParams) -> lsp.Location | None:
    uri = params.text_document.uri
    desk = desk_of(app, uri)
    if desk is None:
        return None
    from understudy.prompt.editing import named_at
    from understudy.prompt.fragment import read_fragment

    document, encoding = app.session.document(uri), app.session.client.encoding
    offset = to_offset(document.index, params.position, encoding)
    named = named_at(read_fragment(document.text, ""), offset)
    found = desk.library.find(named.id) if named is not None else None
    if found is None:
        return None
    place = read_fragment(found.text, "").id_span
    return lsp.Location(Path(found.path).as_uri(), to_range(LineIndex(found.text), place, encoding))


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_DEFINITION, run=_run)
