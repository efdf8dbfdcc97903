"""`textDocument/completion`: keys, variables and ids in a fragment of prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.convert import to_offset, to_range
from understudy.lsp.fragment_documents import desk_of
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App

_KINDS = {
    "key": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.EnumMember,
    "variable": lsp.CompletionItemKind.Variable,
    "id": lsp.CompletionItemKind.Module,
    "block": lsp.CompletionItemKind.Keyword,
}


def _run(app: App, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    desk = desk_of(app, params.text_document.uri)
    if desk is None:
        return []
    from understudy.prompt.editing import completions

    document, encoding = app.session.document(params.text_document.uri), app.session.client.encoding
    offset = to_offset(document.index, params.position, encoding)
    return [
        lsp.CompletionItem(
            label=one.label,
            kind=_KINDS[one.kind],
            detail=one.about or None,
            text_edit=lsp.TextEdit(to_range(document.index, one.span, encoding), one.label),
        )
        for one in completions(document.text, offset, desk.library, desk.world)
    ]


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_COMPLETION, run=_run)
