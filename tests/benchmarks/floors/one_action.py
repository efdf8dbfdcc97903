"""The floor for code actions: a pygls server with one action that never changes."""

from __future__ import annotations

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

server = LanguageServer("floor", "1")


@server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION)
def code_action(_: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """One action, whatever was asked."""
    return [lsp.CodeAction(title="Nothing", kind=lsp.CodeActionKind.QuickFix)]


if __name__ == "__main__":
    server.start_io()
