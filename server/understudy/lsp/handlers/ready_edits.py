"""`understudy/readyEdits`: the edits that wait for a document, for our own clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: Any) -> Any:
    from understudy.lsp.exchanges import ReadyParams
    from understudy.lsp.extensions import plain
    from understudy.lsp.ready_shown import ready_edits
    from understudy.lsp.structuring import structured

    asked = structured(ReadyParams, HANDLER.id, params)
    return plain(ready_edits(app, asked.uri))


HANDLER = Handler(id="understudy/readyEdits", run=_run, raw=True)
