"""The documents of an edit of several, as they will be with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.workspace.view import OpenDocument

if TYPE_CHECKING:
    from understudy.engine.other_files import Other
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Will:
    """How all documents will be.

    Attributes:
        main: the document that was asked about, as it is; `after`: its text as it will be.
    """

    main: View
    after: str
    others: tuple[Other, ...] = ()


def beside_of(view: View, will: Will) -> tuple[OpenDocument, ...]:
    """The documents around one of them, as they will be. What is deleted is not there."""
    documents = {
        one.uri: one
        for one in (*_opened(will.main, will.main.text), *will.main.beside)
        if one.uri != view.uri
    }
    changed = [(will.main, will.after), *((one.before, one.after) for one in will.others)]
    for other, after in changed:
        if other.uri == view.uri:
            continue
        if after is None:
            documents.pop(other.uri, None)
        elif after != other.text or other.uri not in documents:
            documents |= {one.uri: one for one in _opened(other, after)}
    return tuple(documents.values())


def _opened(view: View, text: str) -> tuple[OpenDocument, ...]:
    """A document as it would be if it were open with this text."""
    if view.path is None:
        return ()
    version = view.version
    if text != view.text:
        # What checkers said is kept by version: a text of ours must have one that no client gives.
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()
        version = -1 - int.from_bytes(digest, "big")
    return (OpenDocument(view.uri, view.path, view.language, version, text),)
