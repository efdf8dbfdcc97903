"""`learning/sources`: where lessons of others come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(_app: App, _params: Any) -> Any:
    from understudy.lsp.extensions import plain
    from understudy.lsp.lessons_revoked import known_sources

    return plain(await known_sources())


HANDLER = Handler(id="learning/sources", run=_run, raw=True)
