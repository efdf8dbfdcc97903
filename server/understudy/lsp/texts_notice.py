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


async def offer_purge(app: App, level: ContentLevel) -> None:
    """Ask whether to delete what a level would not keep, if there is such a text. Never raises."""
    number = await asyncio.to_thread(_number, level)
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


def _number(level: ContentLevel) -> int:
    from understudy.journal.text_keeping import texts_above

    return texts_above(journal_file(), level)


def _purged(level: ContentLevel) -> str:
    from understudy.journal.forgetting import purge_texts

    try:
        number = purge_texts(journal_file(), level)
    except UnavailableError as failure:
        log.warning("Texts could not be deleted: %s", failure)
        return str(failure)
    return f"{plural(number, 'text')} deleted."
