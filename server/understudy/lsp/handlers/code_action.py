"""`textDocument/codeAction`: no model, no tool, no disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.lsp import door
from understudy.lsp.handlers import Handler
from understudy.lsp.menu import menu
from understudy.lsp.menu_shown import Asked

if TYPE_CHECKING:
    from understudy.lsp.app import App


def _run(app: App, params: Any) -> list[lsp.CodeAction]:
    uri = door.uri(params)
    document = app.session.document(uri)
    start, end = door.place(door.member(params, "range", dict), "params.range")
    context = params.get("context")
    context = context if isinstance(context, dict) else {}
    only, diagnostics = context.get("only"), context.get("diagnostics")
    asked = Asked(
        document=document,
        start=start,
        end=max(start, end),
        diagnostics=diagnostics if isinstance(diagnostics, list) else [],
        only=tuple(str(kind) for kind in only) if isinstance(only, list) and only else None,
        automatic=context.get("triggerKind") == lsp.CodeActionTriggerKind.Automatic.value,
    )
    return menu(app, asked)


HANDLER = Handler(id=lsp.TEXT_DOCUMENT_CODE_ACTION, run=_run, raw=True)
