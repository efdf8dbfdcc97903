"""`understudy/runs`: the newest runs of the journal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.extensions import plain
    from understudy.lsp.run_exchanges import RunsParams
    from understudy.lsp.runs_shown import newest
    from understudy.lsp.structuring import structured

    asked = structured(RunsParams, HANDLER.id, params or {})
    return plain(await asyncio.to_thread(newest, app, asked.limit))


HANDLER = Handler(id="understudy/runs", run=_run, raw=True)
