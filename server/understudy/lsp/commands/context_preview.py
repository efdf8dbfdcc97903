"""`understudy.contextPreview`: what a model would be shown of the workspace, and why."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import ContextPreviewArguments


async def _run(app: App, arguments: ContextPreviewArguments) -> dict[str, object]:
    # Takes some milliseconds, most of them off the loop, so it is answered with what it found.
    showing = await asyncio.to_thread(importlib.import_module, "understudy.lsp.context_shown")
    found: dict[str, object] = await showing.context_shown(app, arguments)
    return found


COMMAND = ServerCommand(
    id="understudy.contextPreview",
    arguments="ContextPreviewArguments",
    run=_run,
    summary=(
        "Tells what a model would be shown of the workspace for a place, and why; pins and bans"
        " pieces of it. Opens the same as a document, unless the client says"
        ' `"experimental": {"understudy": {"contexts": true}}` among its capabilities.'
    ),
    answer=(
        '{"model": "acme/large", "why_no_model": null, "items": [{"path": "prices.py",'
        ' "name": "Price", "version": null, "start_line": 1, "end_line": 4,'
        ' "tier": "required_types", "level": "full", "tokens": 15, "score": 0.9,'
        ' "reasons": ["…"]}], "named": [{"path": "club.py", "tokens": 40}], "tokens": 81,'
        ' "budget": 8000,'
        ' "index_ready": true, "left_out": [{"path": "vault.py", "name": "", "reason": "ignored"}],'
        ' "markdown": "# What a model is shown …"}'
    ),
)
