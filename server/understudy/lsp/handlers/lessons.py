"""`learning/list`: what was learned from failures, with the evidence."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.extensions import LessonsArguments, plain
    from understudy.lsp.lesson_exchanges import Lessons
    from understudy.lsp.lessons_shown import rows
    from understudy.lsp.structuring import structured

    asked = structured(LessonsArguments, HANDLER.id, params or {})
    return plain(Lessons(await asyncio.to_thread(rows, app, asked)))


HANDLER = Handler(id="learning/list", run=_run, raw=True)
