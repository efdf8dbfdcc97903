"""`understudy/stats`: how each model does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.extensions import StatsArguments
    from understudy.lsp.structuring import structured

    asked = structured(StatsArguments, HANDLER.id, params or {})
    return await asyncio.to_thread(_answered, app, asked)


def _answered(app: App, asked: Any) -> dict[str, object]:
    from understudy.lsp.stats_shown import answered

    return answered(app, asked)


HANDLER = Handler(id="understudy/stats", run=_run, raw=True)
