"""Tells that texts are kept which the settings no longer allow, and offers to delete them."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.failures import UnavailableError
from understudy.core.plural import plural
from understudy.lsp.choosing import pick

if TYPE_CHECKING:
    from understudy.config.journal_settings import ContentLevel
    from understudy.lsp.app import App

log = logging.getLogger("understudy.lsp")

_DELETE = "Delete Them"
_WAIT_S = 600.0
_AGAIN_S = (1.0, 5.0, 30.0)
"""Another process may be making the journal, or its log, at this very moment."""


async def offer_purge(app: App, level: ContentLevel) -> None:
    """Ask whether to delete what a level would not keep, if there is such a text. Never raises."""
    number = await _number(level)
    if not number:
        return
    sentence = (
        f"The journal holds {plural(number, 'text')} of prompts, replies and edits that"
        f" `journal.content = {level}` does not allow."
    )
    chosen = await pick(app, sentence, [_DELETE], wait_s=_WAIT_S)
    if chosen is None:
        app.say(f"{sentence} `understudy journal purge --level {level}` deletes them.")
    elif chosen == _DELETE:
        app.say(await asyncio.to_thread(_purged, level))


async def _number(level: ContentLevel) -> int:
    """How many there are; 0 where the journal can't be read, though it was tried for a while."""
    from understudy.journal.text_keeping import texts_above

    for wait_s in (*_AGAIN_S, None):
        try:
            return await asyncio.to_thread(texts_above, journal_file(), level)
        except UnavailableError as failure:
            log.debug("The journal's texts can't be counted now: %s", failure)
        if wait_s is not None:
            await asyncio.sleep(wait_s)
    return 0


def _purged(level: ContentLevel) -> str:
    from understudy.journal.forgetting import purge_texts

    try:
        number = purge_texts(journal_file(), level)
    except UnavailableError as failure:
        log.warning("Texts could not be deleted: %s", failure)
        return str(failure)
    return f"{plural(number, 'text')} deleted."
