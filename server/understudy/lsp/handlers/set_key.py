"""`understudy/setKey`: a key that the editor keeps, for as long as the server runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.editor_keys import take_key
    from understudy.lsp.exchanges import Nothing, SetKeyParams
    from understudy.lsp.extensions import plain
    from understudy.lsp.structuring import structured

    await take_key(app, structured(SetKeyParams, HANDLER.id, params))
    return plain(Nothing())


HANDLER = Handler(id="understudy/setKey", run=_run, raw=True)
