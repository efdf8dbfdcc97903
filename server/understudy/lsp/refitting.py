"""The gate's coefficients are refitted once a day, while nothing else is to be done."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from understudy.core.failures import UnderstudyError

if TYPE_CHECKING:
    from understudy.journal.store import Journal
    from understudy.lsp.app import App

log = logging.getLogger("understudy.lsp")

_FIRST_S = 300.0
_EVERY_S = 86_400.0
_BUSY_S = 60.0
_pause = asyncio.sleep


async def refit_when_idle(app: App) -> None:
    """Refit again and again, as long as the server lives and the user's settings say so."""
    wait_s = _FIRST_S
    while True:
        await _pause(wait_s)
        if app.jobs.under_way():
            wait_s = _BUSY_S
        else:
            await refit_once(app)
            wait_s = _EVERY_S


async def refit_once(app: App) -> None:
    """Refit the coefficients in a thread, and have edits judged by them from now on. Never raises."""
    settings = app.session.settings_for(None)
    journal = app.background.journal if app.background is not None else None
    if journal is None or not (settings.gate.refit and settings.journal.enabled):
        return
    try:
        told = await asyncio.to_thread(_refit, journal)
    except UnderstudyError as failure:
        log.warning("The gate was not refitted: %s", failure)
    else:
        log.info("%s", told)


def _refit(journal: Journal) -> str:
    from understudy.config.paths import journal_file
    from understudy.engine.calibration_text import verdict
    from understudy.engine.refit_now import refit_now
    from understudy.journal.labels import labels

    tried = refit_now()
    journal.history.weigh_anew(labels(journal_file()))
    return verdict(tried)
