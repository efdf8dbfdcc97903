"""`workspace/didChangeWatchedFiles`: a workspace's configuration or sources changed on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.engine.checking import forget_checks
from understudy.lsp import door
from understudy.lsp.config_documents import is_configuration, read_again
from understudy.lsp.fragment_documents import is_fragment, look_at_fragments
from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: Any) -> None:
    changes = door.member(params, "changes", list)
    uris = [door.member(change, "uri", str, "params.changes") for change in changes]
    if any(is_configuration(app, uri) for uri in uris):
        read_again(app)
    changed = next((uri for uri in uris if is_fragment(app, uri)), None)
    if changed is not None:
        look_at_fragments(app, changed)
    if any(uri not in app.session.documents for uri in uris):
        # Of an open document the editor's text counts, and its saving is told beside this.
        forget_checks()
    app.indexing.told_of(uris)


# A change of branches tells of thousands of files at once.
HANDLER = Handler(id=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, run=_run, raw=True)
