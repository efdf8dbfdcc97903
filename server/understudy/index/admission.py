"""Whether a path that the index does not know may be read all the same."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import TYPE_CHECKING

from understudy.index.keeper import is_behind_link
from understudy.index.leaving_out import is_vendored, reason_by_name
from understudy.index.recent import Recent
from understudy.workspace.ignore import is_ignored, is_skipped_by_name

if TYPE_CHECKING:
    from pathlib import Path

    from pathspec import GitIgnoreSpec

_KEPT = 8_192
_NAMES_MAY_LIE = sys.platform in ("win32", "darwin")
"""Whether a file answers to other names than its own."""


class Admission:
    """The rules by which a scan leaves out files, for one path at a time; verdicts are remembered."""

    def __init__(self, root: Path, exclude: tuple[str, ...]) -> None:
        self._root = root
        self._exclude = exclude
        self._allowed: Recent[bool] = Recent(_KEPT)
        self._kept_out: Recent[bool] = Recent(_KEPT)

    def forget(self) -> None:
        """Find everything out again."""
        self._allowed.clear()

    def is_kept_out(self, path: str) -> bool:
        """Whether the user's settings keep a file from models (`privacy.exclude`)."""
        if not self._exclude:
            return False
        found = self._kept_out.get(path)
        if found is None:
            spec = self._spec
            # Patterns that can't be read mean every file.
            found = spec is None or spec.match_file(path)
            self._kept_out.put(path, found)
        return found

    def allows(self, path: str) -> bool:
        """Whether a scan would not leave the path out. Reads ignore files when first asked."""
        found = self._allowed.get(path)
        if found is None:
            found = self._allows(path)
            self._allowed.put(path, found)
        return found

    def _allows(self, path: str) -> bool:
        names = tuple(path.split("/"))
        if not all(names) or ".." in names or is_skipped_by_name(names) or reason_by_name(path):
            return False
        whole = self._root / path
        if is_behind_link(whole, self._root) or (_NAMES_MAY_LIE and not _is_its_name(whole)):
            return False
        between = [folder for folder in whole.parents if self._root in folder.parents]
        if any(map(is_vendored, between)):
            return False
        return is_ignored(self._root, None) or not is_ignored(whole, self._root)

    @cached_property
    def _spec(self) -> GitIgnoreSpec | None:
        from pathspec import GitIgnoreSpec

        try:
            return GitIgnoreSpec.from_lines(self._exclude)
        except ValueError:
            return None


def _is_its_name(path: Path) -> bool:
    """Whether the folder lists a file under exactly this name; one that is not there may be made."""
    try:
        return any(one.name == path.name for one in path.parent.iterdir()) or not path.exists()
    except OSError:
        return False
