"""`initialize`: who is there, and what can we do for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy import __version__
from understudy.lsp.capabilities import client_of, server_capabilities
from understudy.lsp.handlers import Handler
from understudy.lsp.options import take_initial
from understudy.lsp.parent import watch_parent
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.lsp.app import App


def _run(app: App, params: lsp.InitializeParams) -> lsp.InitializeResult:
    session = app.session
    session.client = client_of(params)
    session.roots = _roots(params)
    take_initial(session, params.initialization_options)
    app.protocol.welcome()
    if params.process_id is not None:
        watch_parent(app, params.process_id)
    return lsp.InitializeResult(
        capabilities=server_capabilities(session.client),
        server_info=lsp.ServerInfo(name="understudy", version=__version__),
    )


def _roots(params: lsp.InitializeParams) -> list[Path]:
    """The workspace folders; clients without them name one root, by URI or by path."""
    uris = [folder.uri for folder in params.workspace_folders or []]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    paths = [path for uri in uris if (path := path_of(uri)) is not None]
    if not paths and params.root_path:
        from pathlib import Path

        root = Path(params.root_path)
        paths = [root] if root.is_absolute() else []
    return paths


HANDLER = Handler(id=lsp.INITIALIZE, run=_run)
