"""`telemetry/export`: what is recorded, as text."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.extensions import JournalExportArguments, plain
    from understudy.lsp.structuring import structured
    from understudy.lsp.telemetry_exchanges import JournalExport
    from understudy.lsp.telemetry_shown import written

    arguments = structured(JournalExportArguments, HANDLER.id, params or {})
    return plain(JournalExport(*await asyncio.to_thread(written, app, arguments)))


HANDLER = Handler(id="telemetry/export", run=_run, raw=True)
