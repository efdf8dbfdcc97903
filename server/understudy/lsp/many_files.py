"""Edits of several documents: one versioned transaction, or a reason why not; never a part of it.

What could fail on the way is looked at before anything is sent: versions, the text of files that
are not open, and whether a new file's place is still free.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.failures import RefusedError, StaleError
from understudy.core.plural import plural
from understudy.lsp.convert import CONFIRM, annotated, placed_edits, text_edits
from understudy.lsp.ready import fits, is_of
from understudy.workspace.paths import place_on_disk
from understudy.workspace.source_files import read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from understudy.engine.other_files import Other
    from understudy.lsp.app import App
    from understudy.lsp.capabilities import Client
    from understudy.lsp.documents import Document
    from understudy.lsp.ready import Ready

    Operation = lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile

_WHOLE = frozenset({"transactional", "undo"})
_TEXT_ONLY = "textOnlyTransactional"
"""What clients promise about an edit of several files (`FailureHandlingKind` of LSP)."""


def why_not_together(app: App, ready: Ready) -> str:
    """Why the client can't take all files of an edit as one; empty when it can.

    Where a client promises no transaction, only one document may be changed whose version could be
    another one by then; it comes first, so that nothing was done before it fails.

    Returns:
        A sentence.
    """
    client, files = app.session.client, ready.files
    if not files:
        return ""
    if not client.document_changes:
        return (
            "The edit changes several files, and this editor does not say that it can take them as"
            " one (`documentChanges`), so nothing was applied."
        )
    missing = sorted(_operations(files) - client.resource_operations)
    if missing:
        named = ", ".join(f"`{one}`" for one in missing)
        return (
            f"The edit needs file operations that this editor does not offer ({named}), so nothing"
            " was applied."
        )
    open_ones = sum(_open(app, one) is not None and one.changes_text for one in files)
    open_ones += bool(ready.places)
    if open_ones > 1 and not _keeps_whole(client):
        handling = client.failure_handling or "nothing"
        return (
            f"The edit changes {plural(open_ones, 'open document')}, and this editor does not"
            f" promise to take all of them or none (`failureHandling` says {handling}), so nothing"
            " was applied."
        )
    return ""


def together(
    app: App, ready: Ready, annotation: lsp.ChangeAnnotation | None = None
) -> lsp.WorkspaceEdit:
    """All files of a waiting edit as one workspace edit."""
    encoding = app.session.client.encoding
    asks = CONFIRM if annotation is not None else None
    changes: list[Operation] = []
    if ready.places:
        edits = placed_edits(ready.places, encoding)
        changes.append(_text_edit(ready.uri, ready.version, edits, asks))
    for file in sorted(ready.files, key=lambda one: _order(app, one)):
        changes += _changes(app, file, asks)
    return lsp.WorkspaceEdit(
        document_changes=changes,
        change_annotations={CONFIRM: annotation} if annotation is not None else None,
    )


def rests_on_disk(app: App, ready: Ready) -> bool:
    """Whether the edit changes a file that is not open, so that it must be read before."""
    return any(not one.is_new and _open(app, one) is None for one in ready.files)


async def require_fresh(app: App, ready: Ready) -> None:
    """Compare all files with what the edit was made for.

    Raises:
        StaleError: when one of them is another one now.
        RefusedError: when one of them leads out of the workspace now.
    """
    closed = [one for one in ready.files if one.is_new or _open(app, one) is None]
    await asyncio.to_thread(_require_on_disk, closed)
    for file in ready.files:
        document = _open(app, file)
        if document is not None and not fits(file, document):
            raise _stale(file.name)


def _require_on_disk(files: Iterable[Other]) -> None:
    for file in files:
        for path in filter(None, (file.before.path, file.new_path)):
            place = place_on_disk(path, file.before.root)
            if not place.inside or place.protected or place.own:
                raise RefusedError(f"`{file.name}` may not be written, so nothing was applied.")
        if file.new_path is not None and os.path.lexists(file.new_path):
            raise _stale(file.new_path.name)
        if file.before.path is None or not _is_as_before(file, file.before.path):
            raise _stale(file.name)


def _is_as_before(file: Other, path: Path) -> bool:
    if file.is_new:
        return not os.path.lexists(path)
    try:
        return read_source(path).text == file.before.text
    except RefusedError:
        return False


def _stale(name: str) -> StaleError:
    return StaleError(
        f"stale_document: `{name}` has changed in the meantime, so nothing was applied."
    )


def _operations(files: Iterable[Other]) -> frozenset[str]:
    found = set()
    for one in files:
        if one.is_new:
            found.add("create")
        if one.after is None:
            found.add("delete")
        if one.new_path is not None:
            found.add("rename")
    return frozenset(found)


def _keeps_whole(client: Client) -> bool:
    """Whether edits of texts are all carried out or none.

    A client that promises it for texts alone does so for the texts of an edit with new files, too:
    such an edit is taken up to the first step that fails, and here only versions can fail.
    """
    return client.failure_handling in _WHOLE or client.failure_handling == _TEXT_ONLY


def _open(app: App, file: Other) -> Document | None:
    """The open document that a file is; None when it is not open."""
    known = app.session.documents.get(file.before.uri)
    if known is not None:
        return known
    documents = app.session.documents.values()
    return next((one for one in documents if is_of(file, one.uri)), None)


def _order(app: App, file: Other) -> int:
    """What may fail comes first, and what makes a document go comes last."""
    if file.after is None:
        return 4
    if file.new_path is not None:
        return 3
    if file.is_new:
        return 2
    return 0 if _open(app, file) is not None else 1


def _changes(app: App, file: Other, asks: str | None) -> Iterator[Operation]:
    document = _open(app, file)
    uri = document.uri if document is not None else file.before.uri
    if file.is_new:
        options = lsp.CreateFileOptions(overwrite=False, ignore_if_exists=False)
        yield lsp.CreateFile(uri=uri, options=options, annotation_id=asks)
    if file.changes_text and file.edits:
        edits = text_edits(file.before.index, file.edits, app.session.client.encoding)
        yield _text_edit(uri, document.version if document is not None else None, edits, asks)
    if file.new_path is not None:
        moving = lsp.RenameFileOptions(overwrite=False, ignore_if_exists=False)
        yield lsp.RenameFile(
            old_uri=uri, new_uri=file.new_path.as_uri(), options=moving, annotation_id=asks
        )
    if file.after is None:
        gone = lsp.DeleteFileOptions(recursive=False, ignore_if_not_exists=False)
        yield lsp.DeleteFile(uri=uri, options=gone, annotation_id=asks)


def _text_edit(
    uri: str, version: int | None, edits: Iterable[lsp.TextEdit], asks: str | None
) -> lsp.TextDocumentEdit:
    document = lsp.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    return lsp.TextDocumentEdit(text_document=document, edits=annotated(edits, asks))
