"""Which documents can be edited, and what is said of those that can't."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from understudy.core.failures import RefusedError
from understudy.workspace.paths import inside

if TYPE_CHECKING:
    from understudy.workspace.view import View

_EDITABLE = frozenset({"file", "untitled", "vscode-notebook-cell", "buffer"})
"""URI schemes of documents that a user edits; `git:` and the like are other people's views."""


def is_editable(uri: str) -> bool:
    """Whether a document is of a kind that a user edits."""
    return _scheme(uri) in _EDITABLE


def unknown_document(uri: str) -> str:
    """What is said of a document that the editor has not handed over, and what helps."""
    if _scheme(uri) and not is_editable(uri):
        return f"{_of_another_kind(uri)} Bring the file itself to the front."
    return (
        f"The editor has not opened {_name(uri)} for Understudy. Choose a language that Understudy "
        "knows, save the file if its name is new, or open it again."
    )


def require_editable(uri: str) -> None:
    """Refuse documents of a kind that nobody edits.

    Raises:
        RefusedError: for the schemes of other people's views.
    """
    if not is_editable(uri):
        raise RefusedError(_of_another_kind(uri))


def require_writable(view: View) -> None:
    """Refuse files that an edit can't or must not reach. Touches the disk.

    Raises:
        RefusedError: for a read-only file, or a link that leads out of its workspace.
    """
    path = view.path
    if path is None:
        return
    if view.root is not None and not inside(path, view.root):
        raise RefusedError(f"`{view.name}` leads out of the workspace, so it is not edited.")
    try:
        # The mode as well, because to an administrator every file is writable.
        writable = bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)
    except OSError:
        return
    if not writable:
        raise RefusedError(f"`{view.name}` is read-only.")


def _of_another_kind(uri: str) -> str:
    return f"Documents of the kind `{_scheme(uri)}:` can't be edited."


def _scheme(uri: str) -> str:
    return uri.partition(":")[0].lower()


def _name(uri: str) -> str:
    """A document's name as a user knows it; cells are called as their notebook is."""
    try:
        name = PurePosixPath(unquote(urlsplit(uri).path)).name
    except ValueError:
        name = ""
    return f"`{name}`" if name else "that document"
