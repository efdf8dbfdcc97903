"""`learning/import`: lessons of others come into the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.extensions import ImportLessonsArguments, plain
    from understudy.lsp.lessons_handed import taken_over
    from understudy.lsp.structuring import structured

    asked = structured(ImportLessonsArguments, HANDLER.id, params or {})
    return plain(await taken_over(app, asked))


HANDLER = Handler(id="learning/import", run=_run, raw=True)
