"""In the doctor's report, a code action takes what a signal offers."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.menu_shown import Asked

REPORT = "doctor.txt"
"""What the report's file is called."""
_OFFER = re.compile(r"`understudy doctor --apply (\w+)(?: --subject ([^`]+))?`")
_MOST = 400


def signal_actions(app: App, asked: Asked) -> list[lsp.CodeAction]:
    """What is offered on a line of the doctor's report, and on the line above an offer."""
    uri = asked.document.uri
    if uri.rpartition("/")[2] != REPORT or not app.is_scratch(uri):
        return []
    # Imported here: few documents are reports.
    from understudy.lsp.menu_shown import KIND, PREFIX, wanted

    if not wanted(KIND, asked.only):
        return []
    index, line = asked.document.index, asked.start[0]
    lines = (index.content(at)[:_MOST] for at in (line, line + 1) if at < len(index))
    found = next(filter(None, map(_OFFER.search, lines)), None)
    if found is None:
        return []
    title = f"{PREFIX}Set what the signal `{found[1]}` offers"
    subject = {"subject": " ".join(shlex.split(found[2]))} if found[2] else {}
    command = lsp.Command(
        title=title, command="understudy.applySignal", arguments=[{"signal": found[1], **subject}]
    )
    return [lsp.CodeAction(title=title, kind=KIND, command=command)]
