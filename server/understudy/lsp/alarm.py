"""Tells once when a model does worse than it did."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.lsp.app import App

log = logging.getLogger("understudy.lsp")

_EVERY_S = 3_600.0


class Alarm:
    """Looks at the journal beside the first run of an hour."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._next = 0.0

    def look(self) -> None:
        """A run begins."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _EVERY_S
            self._app.spawn(self._tell(), "alarm")

    async def _tell(self) -> None:
        if self._app.session.settings_for(None).journal.enabled:
            for sentence in await asyncio.to_thread(news):
                self._app.say(sentence, warning=True)


def news() -> tuple[str, ...]:
    """What is to be told now, a sentence each; what was told this week by any program is not.

    Blocks and never raises: work does not depend on it.
    """
    from understudy.config.paths import journal_file
    from understudy.core.failures import UnavailableError
    from understudy.journal.model_regressions import claim, regressions

    path, now_us = journal_file(), time.time_ns() // 1_000
    try:
        found = regressions(path, now_us)
        return tuple(one.told for one in found if claim(path, one.model, now_us))
    except UnavailableError as failure:
        log.warning("Whether models do worse is not known: %s", failure)
        return ()
