"""Reports that the user asked for: as a document where the client can show one, else in short."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.lsp.diffs import show, write

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def show_report(app: App, name: str, text: str, short: str) -> str:
    """Bring a report to the user.

    Args:
        app: knows the client.
        name: of the file that is shown, below a folder that goes with the server. Its last part
            is what a tab is called.
        text: the report.
        short: what a client is told that can't show a document.

    Returns:
        The last word for the progress display.
    """
    if app.session.client.shows_documents:
        uri = await asyncio.to_thread(write, app.scratch(), name, text)
        if await show(app, uri):
            return short
    app.say(short)
    return short
