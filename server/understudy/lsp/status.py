"""What a status bar shows, told to clients that have one for us."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.engine.router import route
from understudy.lsp.exchanges import STATUS, Status, Work
from understudy.lsp.extensions import plain
from understudy.models.registry import offline_model
from understudy.tasks.fix import TASK as FIX

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.lsp.app import App


class StatusBar:
    """Tells the status once for all changes that come at the same time."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._stale = False
        self._telling = False

    def changed(self) -> None:
        """Something of it may be different now."""
        self._stale = True
        if not self._telling:
            self._telling = True
            self._app.spawn(self._tell(), "status")

    async def _tell(self) -> None:
        try:
            while self._stale:
                self._stale = False
                spent, model = await asyncio.to_thread(self._looked_up)
                self._app.notify(STATUS, plain(self._status(spent, model)))
        finally:
            self._telling = False

    def _looked_up(self) -> tuple[float, str]:
        """What was spent today, and who is asked for a fix. Blocks."""
        background = self._app.background
        reach = background.reach if background is not None else None
        spent = reach.ledger.spent().get("day", 0.0) if reach is not None else 0.0
        models = route(FIX, self._settings()).models
        own = offline_model().id
        return spent, next((one for one in models if one != own), own)

    def _status(self, spent: float, model: str) -> Status:
        under_way = self._app.jobs.under_way()
        return Status(
            work=[Work(one.id, one.title, one.uri, one.asked) for one in under_way],
            model=model,
            spent_today_usd=spent,
            per_day_usd=self._settings().budget.per_day_usd,
        )

    def _settings(self) -> Settings:
        """Those of the first folder stand for all: a status bar has room for one."""
        session = self._app.session
        return session.settings_for(session.roots[0] if session.roots else None)
