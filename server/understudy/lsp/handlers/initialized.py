"""`initialized`: now there is time for what is heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.background import Background
from understudy.lsp.handlers import Handler
from understudy.lsp.registration import register_watchers

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, _: object) -> None:
    if app.background is None:
        app.background = Background(app)
        app.spawn(app.background.start(), "background")
        app.spawn(register_watchers(app), "register watchers")


HANDLER = Handler(id=lsp.INITIALIZED, run=_run)
