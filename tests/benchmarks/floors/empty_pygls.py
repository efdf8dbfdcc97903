"""The floor for starting and for changes: a pygls server that does nothing at all."""

from __future__ import annotations

from pygls.lsp.server import LanguageServer

if __name__ == "__main__":
    LanguageServer("floor", "1").start_io()
