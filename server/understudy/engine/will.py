"""The documents of an edit of several, as they will be with it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.workspace.view import OpenDocument

if TYPE_CHECKING:
    from understudy.engine.other_files import Other
    from understudy.workspace.view import View

_PACKAGE = re.compile(r"^package[ \t]+\w+", re.MULTILINE)


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
    """The documents around one of them, as they will be.

    What is deleted or moved away is there without its content: tools would go on and read it from
    the disk. What is moved is there under its new path.
    """
    documents = {
        one.uri: one
        for one in (*_opened(will.main, will.main.text), *will.main.beside)
        if one.uri != view.uri
    }
    changed = [(will.main, will.after), *((one.before, one.after) for one in will.others)]
    for other, after in changed:
        if other.uri == view.uri or after is None:
            continue
        if after != other.text or other.uri not in documents:
            documents |= {one.uri: one for one in _opened(other, after)}
    for one in will.others:
        documents |= {each.uri: each for each in _gone(one, will) if each.uri != view.uri}
    return tuple(documents.values())


def _gone(other: Other, will: Will) -> tuple[OpenDocument, ...]:
    """What is left of a document that is deleted or moved, and the one that it becomes."""
    view = other.before
    if other.after is not None and other.new_path is None:
        return ()
    left = _opened(view, _emptied(view))
    if other.after is None or other.new_path is None:
        return left
    text = will.after if view.uri == will.main.uri else other.after
    moved = replace(view, uri=other.new_path.as_uri(), path=other.new_path)
    return (*left, *_opened(moved, text))


def _emptied(view: View) -> str:
    """As little as a file of the language may hold: in Go, all of a package must name it."""
    package = _PACKAGE.search(view.text) if view.language == "go" else None
    return f"{package[0]}\n" if package is not None else ""


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
