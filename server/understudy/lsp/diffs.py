"""Show an edit as a diff in the editor."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.diff import unified
from understudy.core.text import apply
from understudy.lsp.protocol import ClientRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.text import Edit
    from understudy.engine.other_files import Other
    from understudy.lsp.app import App
    from understudy.lsp.ready import Ready

_SHOW_S = 30.0


async def show_diff(app: App, ready: Ready, told: str) -> None:
    """Open a unified diff of a waiting edit, below what was found out about it.

    The file is private and goes with the server.
    """
    index = app.session.document(ready.uri).index
    diff = diff_of(ready.uri, index.text, ready.edits(index)) if ready.places else ""
    diff += await asyncio.to_thread(diffs_of, ready.files)
    await show_text(app, f"{ready.id}.diff", f"{told}\n\n{diff}")


def diff_of(uri: str, before: str, edits: Iterable[Edit]) -> str:
    """A unified diff of edits in the coordinates of `before`, under the document's name."""
    return unified(before, apply(before, edits), Path(uri.rpartition("/")[2]).name)


def diffs_of(files: Iterable[Other]) -> str:
    """What becomes of further documents."""
    return "".join(one.diff for one in files)


async def show_text(app: App, name: str, text: str) -> None:
    """Open a text of ours, in a file that is called `name`."""
    await show(app, await asyncio.to_thread(write, app.scratch(), name, text))


async def show(app: App, uri: str) -> bool:
    """Bring a document to the front; returns whether the client did."""
    params = lsp.ShowDocumentParams(uri=uri, take_focus=True)
    with contextlib.suppress(ClientRefusedError):
        answer = await app.ask(lsp.WINDOW_SHOW_DOCUMENT, params, _SHOW_S)
        return getattr(answer, "success", False) is True
    return False


def write(folder: str, name: str, text: str) -> str:
    """Write a file to be shown, and give its URI."""
    path = Path(folder, name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path.as_uri()
