"""Whether a piece of another file may go into a prompt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.engine.clearance import barred
from understudy.workspace.secrets import find_secrets

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.context.items import Item
    from understudy.index.facts import Index
    from understudy.models.registry import Model
    from understudy.workspace.view import View


class Showable:
    """Decides for pieces of a workspace, each file once.

    The same holds for a file that is shown in part as for one that is worked on. A piece with a secret
    is left out, and not masked as in the document: nobody needs to get it back.
    """

    def __init__(self, view: View, model: Model | None, settings: Settings, index: Index) -> None:
        """Decide about what is shown beside a document.

        Args:
            view: the document.
            model: who is asked; None for nobody, where what stays on this machine may be shown.
            settings: with what the user keeps private.
            index: of the workspace folder.
        """
        self._view = view
        self._model = model
        self._settings = settings
        self._index = index
        self._files: dict[str, str] = {}
        self._secrets: dict[str, tuple[range, ...]] = {}

    def why_not(self, item: Item) -> str:
        """Why a piece may not be shown, as a clause; empty when it may. Reads ignore files."""
        if item.path == self._view.name:
            return ""
        return self._of_file(item.path) or self._of_lines(item)

    def is_closed(self, path: str) -> bool:
        """Whether it turned out that no piece of a file may be shown."""
        return bool(self._files.get(path))

    def _of_file(self, path: str) -> str:
        if path not in self._files:
            self._files[path] = self._barred(path)
        return self._files[path]

    def _barred(self, path: str) -> str:
        root = self._view.root
        if root is None:
            return "it lies in no workspace folder"
        place = root / path
        other = replace(
            self._view, uri=place.as_uri(), path=place, text="", notebook=None, diagnostics=()
        )
        return barred(other, self._model, self._settings).removesuffix(".")

    def _of_lines(self, item: Item) -> str:
        if item.path not in self._secrets:
            self._secrets[item.path] = self._lines_of_secrets(item.path)
        holds = any(
            one.start < item.stop and item.start < one.stop for one in self._secrets[item.path]
        )
        # The file may be another one by now than when the piece was taken from it. Only all of it
        # shows a secret that begins in front of the piece, though.
        holds = holds or any(find_secrets(level.text) for level in item.levels)
        return "it holds a secret" if holds else ""

    def _lines_of_secrets(self, path: str) -> tuple[range, ...]:
        text = self._index.text(path) or ""
        found = find_secrets(text)
        if not found:
            return ()
        lines = LineIndex(text)
        return tuple(lines.lines_of(one.span) for one in found)
