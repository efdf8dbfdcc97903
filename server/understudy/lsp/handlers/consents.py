"""`understudy/consents`: who may see the code of the workspace folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, _params: Any) -> Any:
    from understudy.lsp.consents import consents
    from understudy.lsp.extensions import plain

    return plain(await consents(app))


HANDLER = Handler(id="understudy/consents", run=_run, raw=True)
