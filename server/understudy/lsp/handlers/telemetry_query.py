"""`telemetry/query`: questions to the journal, which only read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.extensions import JournalQueryArguments, plain
    from understudy.lsp.structuring import structured
    from understudy.lsp.telemetry_exchanges import JournalAnswer
    from understudy.lsp.telemetry_shown import asked

    arguments = structured(JournalQueryArguments, HANDLER.id, params or {})
    found = await asyncio.to_thread(asked, app, arguments)
    return plain(JournalAnswer(list(found.columns), list(found.rows), found.truncated))


HANDLER = Handler(id="telemetry/query", run=_run, raw=True)
