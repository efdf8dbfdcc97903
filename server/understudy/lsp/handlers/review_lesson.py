"""`learning/review`: what a user says of a lesson."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.extensions import ReviewLessonArguments, plain
    from understudy.lsp.lesson_exchanges import LessonTold
    from understudy.lsp.lessons_shown import said
    from understudy.lsp.structuring import structured

    asked = structured(ReviewLessonArguments, HANDLER.id, params or {})
    return plain(LessonTold(await asyncio.to_thread(said, app, asked)))


HANDLER = Handler(id="learning/review", run=_run, raw=True)
