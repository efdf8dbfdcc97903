"""Which files the user edited lately."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MOST = 20
"""So many files are remembered as those that the user works on."""


@dataclass
class EditedFiles:
    """The files that were edited, still open or not."""

    _paths: dict[Path, None] = field(default_factory=dict)

    def note(self, uri: str) -> None:
        """A document was edited just now."""
        path = path_of(uri)
        if path is None:
            return
        self._paths.pop(path, None)
        self._paths[path] = None
        if len(self._paths) > _MOST:
            del self._paths[next(iter(self._paths))]

    def but(self, path: Path | None, fits: Callable[[Path], bool]) -> tuple[Path, ...]:
        """The other files that fit, the one that was edited last before the others."""
        return tuple(one for one in reversed(self._paths) if one != path and fits(one))
