"""`understudy/keys`: which keys there can be, and which of them the server has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, _params: Any) -> Any:
    from understudy.lsp.editor_keys import key_places
    from understudy.lsp.extensions import plain

    return plain(await key_places(app))


HANDLER = Handler(id="understudy/keys", run=_run, raw=True)
