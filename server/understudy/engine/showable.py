"""What of a piece of another file may go into a prompt."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.context.items import LeftOut
from understudy.engine.clearance import barred, left_out_within, stays_here
from understudy.workspace.ignore import IgnoreFiles
from understudy.workspace.secrets import find_secrets

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.context.items import Item, Level
    from understudy.index.facts import Index
    from understudy.models.registry import Model
    from understudy.workspace.view import View


_HELD_BACK = "it holds a secret"
_IGNORED = "it is ignored (`.gitignore`, `.understudyignore`)"
_IN_PART = "not shown in full, for it holds a secret"
_LINE_END = re.compile(r"[\r\n]+")
_AROUND = " \t\"'`+,;#/*"
"""What stands around a line of a secret where it is written as code."""
_MARK = 8
"""So many characters of a secret's line, at either end, tell where it is shown, even cut short."""
_TELLING = 4
"""Shorter lines within a secret, such as the last one of a key, occur everywhere."""


class Showable:
    """Decides for pieces of a workspace, each file once.

    The same holds for a file that is shown in part as for one that is worked on, and ignored files are
    shown to nobody. What shows something of a secret is left out, and not masked as in the document:
    nobody needs to get it back.
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
        self._ignore = IgnoreFiles()
        self._files: dict[str, str] = {}
        self._secrets: dict[str, frozenset[str]] = {}

    def cleared(self, item: Item) -> Item | LeftOut:
        """The piece with those of its levels that may be shown; why not, without any. Reads files."""
        if item.path == self._view.name:
            return item
        if why := self.why_closed(item.path):
            return LeftOut(item.path, item.name, why)
        levels = tuple(level for level in item.levels if not self._tells(item.path, level))
        least = item.least
        if least is not None and self._tells(item.path, least):
            least = None
        if not levels:
            return LeftOut(item.path, item.name, _HELD_BACK)
        if (len(levels), least) == (len(item.levels), item.least):
            return item
        return replace(item, levels=levels, least=least, reasons=(*item.reasons, _IN_PART))

    def is_closed(self, path: str) -> bool:
        """Whether it turned out that no piece of a file may be shown."""
        return bool(self._files.get(path))

    def why_closed(self, path: str) -> str:
        """Why no piece of a file may be shown, as a clause; empty when some may. Reads ignore files."""
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
        if why := barred(other, self._model, self._settings, self._ignore):
            return why.removesuffix(".")
        if self._model is not None and not stays_here(self._model, self._settings):
            # Ignore files were asked already.
            return ""
        # The index may not have heard yet of ignore files that changed.
        return _IGNORED if left_out_within(other, self._ignore) else ""

    def _tells(self, path: str, level: Level) -> bool:
        """Whether a text shows a secret, or some of its lines."""
        if path not in self._secrets:
            self._secrets[path] = _marks(self._index.text(path) or "")
        # The file may be another one by now than when the piece was taken from it.
        return any(mark in level.text for mark in self._secrets[path]) or bool(
            find_secrets(level.text)
        )


def _marks(text: str) -> frozenset[str]:
    """What shows that a piece of a text holds some of its secrets: the ends of each of their lines."""
    found: set[str] = set()
    for one in find_secrets(text):
        lines = [line.strip(_AROUND) or line for line in _LINE_END.split(one.span.of(text))]
        for line in lines:
            if len(line) >= _TELLING or (line and len(lines) == 1):
                found |= {line[:_MARK], line[-_MARK:]}
    return frozenset(found)
