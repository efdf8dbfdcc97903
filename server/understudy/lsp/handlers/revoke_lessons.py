"""`learning/revoke`: all lessons of a source go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(_app: App, params: Any) -> Any:
    from understudy.lsp.extensions import RevokeLessonsArguments, plain
    from understudy.lsp.lessons_revoked import revoked
    from understudy.lsp.structuring import structured

    return plain(await revoked(structured(RevokeLessonsArguments, HANDLER.id, params or {})))


HANDLER = Handler(id="learning/revoke", run=_run, raw=True)
