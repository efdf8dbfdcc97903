"""`workspace/didChangeConfiguration`: settings change without a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.config_documents import read_again
from understudy.lsp.handlers import Handler
from understudy.lsp.options import fetch_options, take_section

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: lsp.DidChangeConfigurationParams) -> None:
    if app.session.client.configuration:
        # The notification may be empty: what counts is what the client answers.
        app.spawn(fetch_options(app), "fetch options")
    elif isinstance(params.settings, dict) and params.settings:
        take_section(app.session, params.settings)
        read_again(app)


HANDLER = Handler(id=lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, run=_run)
