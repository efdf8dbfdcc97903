"""All fragments that count in a place: the built-in ones, the user's, and a trusted workspace's.

One that is broken, by itself or beside the others, is replaced by its last good version, and else by
what lies below it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.config.paths import config_folder
from understudy.config.policy import Trust
from understudy.prompt.fragment import MOST_CHARACTERS, Fragment, read_fragment
from understudy.prompt.layers import Library, library_of
from understudy.prompt.settling import Settled
from understudy.prompt.written_files import Folders, Form
from understudy.workspace.paths import OWN_FOLDER

if TYPE_CHECKING:
    from understudy.prompt.fragment import Layer
    from understudy.prompt.trouble import Trouble
    from understudy.prompt.written_files import Folder
    from understudy.workspace.view import View

BUILT_IN = Path(__file__).parent.parent / "fragments"
FOLDER = "fragments"
ENDINGS = (".md", ".hbs", ".handlebars")


def user_folder() -> Path:
    """Where the user's own fragments lie."""
    return config_folder() / FOLDER


def workspace_folder(root: Path) -> Path:
    """Where a workspace's fragments lie."""
    return root / OWN_FOLDER / FOLDER


def layer_of(path: Path, root: Path | None) -> Layer | None:
    """The layer of a file by where it lies; None for one that is no fragment."""
    if path.suffix not in ENDINGS:
        return None
    if path.parent == user_folder():
        return "user"
    if root is not None and path.parent == workspace_folder(root):
        return "workspace"
    return "built-in" if path.parent == BUILT_IN else None


def load_library(root: Path | None) -> Library:
    """The fragments that prompts are made of. May block: a folder's files are looked at each time.

    Args:
        root: a workspace folder that is trusted; None leaves the workspace's out.
    """
    folders = _written_in(root)
    by_path = {one.path: one for folder in folders for one in folder.values()}
    found = _settled.of(root, by_path, _built_in())
    told = tuple(trouble for folder in folders for trouble in folder.troubles())
    unread = {path for path, trouble in told if trouble.severity == "error"}
    more = tuple(one for one in found.troubles if one[0] not in unread)
    return replace(found, troubles=(*told, *more))


def written_library(root: Path | None) -> Library:
    """All fragments as they are written, whether or not they fit together: for whoever edits them.

    May block.
    """
    folders = _written_in(root)
    fragments = [one for folder in folders for one in folder.values()]
    troubles = tuple(trouble for folder in folders for trouble in folder.troubles())
    return library_of([*_built_in(), *fragments], troubles)


def _built_in() -> list[Fragment]:
    return _folders.at(BUILT_IN, "built-in").values()


def _written_in(root: Path | None) -> list[Folder[Fragment, Layer]]:
    """The folders that people write in."""
    folders = [_folders.at(user_folder(), "user")]
    if root is not None:
        folders.append(_folders.at(workspace_folder(root), "workspace", root))
    return folders


def library_for(view: View) -> Library:
    """The fragments that count for a document."""
    return load_library(view.root if view.policy.trust is Trust.TRUSTED else None)


def _read(
    text: str, name: str, layer: Layer, path: str, /
) -> tuple[Fragment | None, tuple[Trouble, ...]]:
    reading = read_fragment(text, name, layer, path)
    return reading.fragment, reading.troubles


_settled = Settled()
_folders: Folders[Fragment, Layer] = Folders(Form(ENDINGS, MOST_CHARACTERS, _read))
