"""`$/setTrace`: taken note of; the log level is set where the server is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(_app: App, _params: lsp.SetTraceParams) -> None:
    """Nothing to do, and nothing to complain about."""


HANDLER = Handler(id=lsp.SET_TRACE, run=_run)
