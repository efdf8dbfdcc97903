"""Another id for a fragment: in its own file and in all that include or require it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.failures import BadRequestError, RefusedError
from understudy.core.lines import LineIndex
from understudy.lsp.convert import text_edits, to_offset
from understudy.lsp.fragment_documents import desk_of

if TYPE_CHECKING:
    from understudy.core.text import Edit
    from understudy.lsp.app import App
    from understudy.prompt.editing import Named

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,99}")


def renamable(app: App, uri: str, position: lsp.Position) -> Named | None:
    """The id at a place, if it is one that can be changed."""
    desk = desk_of(app, uri)
    if desk is None:
        return None
    from understudy.prompt.editing import named_at
    from understudy.prompt.fragment import read_fragment

    document = app.session.document(uri)
    offset = to_offset(document.index, position, app.session.client.encoding)
    named = named_at(read_fragment(document.text, ""), offset)
    found = desk.library.find(named.id) if named is not None else None
    return named if found is not None and found.layer != "built-in" else None


def rename(app: App, uri: str, position: lsp.Position, new: str) -> lsp.WorkspaceEdit | None:
    """The edits of all files that name a fragment.

    Raises:
        BadRequestError: the new name can't be an id.
        RefusedError: the id is taken, or the fragment is a built-in one.
    """
    desk, named = desk_of(app, uri), renamable(app, uri, position)
    if desk is None:
        return None
    if named is None:
        raise RefusedError("Built-in fragments keep their ids: others count on them.")
    if _ID.fullmatch(new) is None:
        raise BadRequestError(f"`{new}` is no id: letters, digits and `_ . / -` make one.")
    if desk.library.find(new) is not None:
        raise RefusedError(f"There is a fragment `{new}` already.")
    from understudy.prompt.editing import renamed

    own = (one for one in desk.library.all() if one.layer != "built-in")
    texts = {Path(one.path).as_uri(): one.text for one in own}
    documents = app.session.documents
    texts |= {name: documents[name].text for name in (*texts, uri) if name in documents}
    return _edit(app, texts, renamed(texts, named.id, new))


def _edit(app: App, texts: dict[str, str], edits: dict[str, list[Edit]]) -> lsp.WorkspaceEdit:
    encoding = app.session.client.encoding
    found = {
        name: text_edits(LineIndex(texts[name]), sorted(one), encoding)
        for name, one in edits.items()
    }
    if not app.session.client.document_changes:
        return lsp.WorkspaceEdit(changes={name: list(one) for name, one in found.items()})
    documents = app.session.documents
    return lsp.WorkspaceEdit(
        document_changes=[
            lsp.TextDocumentEdit(
                lsp.OptionalVersionedTextDocumentIdentifier(
                    uri=name, version=documents[name].version if name in documents else None
                ),
                list(one),
            )
            for name, one in found.items()
        ]
    )
