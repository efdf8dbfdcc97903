"""What other files of the workspace hold, for who compares it with a piece of a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError
from understudy.workspace.ignore import IgnoreFiles, is_skipped_by_name
from understudy.workspace.paths import inside, is_safe_below
from understudy.workspace.secret_files import holds_secrets
from understudy.workspace.source_files import read_source

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.workspace.view import View

_MOST_FILES = 8
"""A reply that names more files gets no answer about the others."""
_LONGEST = 256 * 1024
"""In characters; a longer text is no text that a reply was written for."""


class OtherTexts:
    """Tells the text of another file by the path that a model wrote; each is read once.

    What is open in the editor counts as it is there, saved or not. Never told is what lies outside of
    the workspace folder, is ignored, hidden or installed, or is known to hold secrets.
    """

    def __init__(self, view: View) -> None:
        """For the replies about one document; nothing is read yet."""
        self._view = view
        self._ignore = IgnoreFiles()
        self._found: dict[str, str | None] = {}

    def __call__(self, path: str) -> str | None:
        """The text; None where there is none to compare with. Touches the disk.

        Args:
            path: with slashes, below the workspace folder or as a whole; a name alone is looked for
                beside the document.
        """
        if path not in self._found and len(self._found) < _MOST_FILES:
            self._found[path] = self._read(path)
        return self._found.get(path)

    def _read(self, path: str) -> str | None:
        root, own = self._view.root, self._view.path
        if root is None or own is None:
            return None
        below = path.removeprefix(f"{root.as_posix()}/").removeprefix("/")
        if not is_safe_below(below):
            return None
        places = (root / below,) if "/" in below else (own.parent / below, root / below)
        found = (self._text(place, root) for place in places if place != own)
        text = next((one for one in found if one is not None), None)
        return text if text is not None and len(text) <= _LONGEST else None

    def _text(self, place: Path, root: Path) -> str | None:
        if not self._may_be_read(place, root):
            return None
        opened = (one.text for one in self._view.beside if one.path == place)
        text = next(opened, None)
        return _on_disk(place) if text is None else text

    def _may_be_read(self, place: Path, root: Path) -> bool:
        """Whether nothing forbids to look into a file, be it named itself or through a link."""
        if not place.is_relative_to(root) or not inside(place, root):
            return False
        for path, folder in ((place, root), (place.resolve(), root.resolve())):
            below = path.relative_to(folder) if path.is_relative_to(folder) else path
            if holds_secrets(below) or is_skipped_by_name(below.parts):
                return False
            if self._ignore.leave_out(path, folder):
                return False
        return True


def _on_disk(place: Path) -> str | None:
    try:
        return read_source(place).text
    except RefusedError:
        return None
