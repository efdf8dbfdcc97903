"""`understudy/run`: a run with everything that hangs on it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.extensions import plain
    from understudy.lsp.run_exchanges import RunParams
    from understudy.lsp.runs_shown import reports
    from understudy.lsp.structuring import structured

    asked = structured(RunParams, HANDLER.id, params)
    return plain(await asyncio.to_thread(reports, app, asked.run_id))


HANDLER = Handler(id="understudy/run", run=_run, raw=True)
