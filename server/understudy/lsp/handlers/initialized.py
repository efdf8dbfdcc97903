"""`initialized`: now there is time for what is heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.background import open_background
from understudy.lsp.handlers import Handler
from understudy.lsp.registration import register

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, _: object) -> None:
    open_background(app)
    app.spawn(register(app), "register")


HANDLER = Handler(id=lsp.INITIALIZED, run=_run)
