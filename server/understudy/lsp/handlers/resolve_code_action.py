"""`codeAction/resolve`: not announced, because nothing is missing; some clients ask all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(_app: App, params: lsp.CodeAction) -> lsp.CodeAction:
    return params


HANDLER = Handler(id=lsp.CODE_ACTION_RESOLVE, run=_run)
