"""`learning/effectiveness`: how much each way to ask once more after a failure helps."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.extensions import EffectivenessArguments
    from understudy.lsp.structuring import structured

    asked = structured(EffectivenessArguments, HANDLER.id, params or {})
    return await asyncio.to_thread(_answered, app, asked)


def _answered(app: App, asked: Any) -> dict[str, object]:
    from understudy.lsp.effectiveness_shown import answered

    return answered(app, asked)


HANDLER = Handler(id="learning/effectiveness", run=_run, raw=True)
