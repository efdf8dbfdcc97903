"""Why files that would be candidates are never shown: what the index leaves out is left out here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from understudy.context.bounded_tree import refusal
from understudy.context.items import LeftOut
from understudy.core.plain_files import read_plain
from understudy.index.keeper import is_behind_link
from understudy.index.leaving_out import (
    UNREADABLE,
    VENDORED,
    is_vendored,
    reason_by_contents,
    reason_by_name,
)
from understudy.index.nesting import MAX_DEFINITIONS, is_cut
from understudy.workspace.ignore import is_ignored
from understudy.workspace.source_files import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.gathering.sources import Sources

IGNORED = "ignored"
LINK = "link"
NOT_INDEXED = "not in the index"
CHANGED = "changed while it was read"
CUT = f"has more than {MAX_DEFINITIONS:,} definitions, so that some of them are not known"
EARLIER = "its text changed just now, so that what is new in it is not known yet"
UNPARSED = "too long or nested too deeply, so that its definitions are not known"

_MOST_MISSED = 200
"""Of so many imports, all places where the file might lie are looked at."""


class Exclusions:
    """Decides for each file once whether it may be shown, and remembers why not."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._why: dict[str, str] = {}

    def allows(self, path: str) -> bool:
        """Whether a file may be shown. The one that is worked on always may."""
        if path not in self._why:
            self._why[path] = "" if path == self._sources.target else self._reason(path)
        return not self._why[path]

    def leave_out(self, path: str, why: str) -> None:
        """Note that a file is not shown for a reason of its own."""
        self._why.setdefault(path, why)

    def look_at(self, path: str) -> None:
        """Note why a file is not shown that lies on the disk and that the index does not have."""
        root, index = self._sources.root, self._sources.index
        why = why_not_indexed(root, path) if root is not None else ""
        if why and (why != NOT_INDEXED or index.ready):
            self.leave_out(path, why)

    def left_out(self) -> Iterator[LeftOut]:
        """The files that would have been shown, and those that the target imports, with reasons."""
        found = {path: why for path, why in self._why.items() if why}
        for path in self._sources.unread:
            found.setdefault(path, CHANGED)
        for path in self._sources.searched:
            if why := self._why_unknown(path):
                found.setdefault(path, why)
        root = self._sources.root
        missed = self._sources.missed[:_MOST_MISSED] if root is not None else ()
        for path in (path for paths in missed for path in paths):
            why = why_not_indexed(root, path) if root is not None else ""
            if why:
                found.setdefault(path, why)
        yield from (LeftOut(path, "", why) for path, why in sorted(found.items()))

    def _why_unknown(self, path: str) -> str:
        """Why a file may define more than is known; empty where all of it is."""
        facts = self._sources.facts(path)
        if facts is None or facts.is_of_earlier:
            return "" if facts is None else EARLIER
        if is_cut(facts):
            return CUT
        if facts.definitions or facts.imports or not facts.uses:
            return ""
        lines = self._sources.lines(path)
        return UNPARSED if lines is not None and refusal(lines.text) else ""

    def _reason(self, path: str) -> str:
        named = reason_by_name(path)
        if named:
            return named
        if self._sources.facts(path) is None:
            return NOT_INDEXED
        return "" if self._sources.lines(path) is not None else CHANGED


def why_not_indexed(root: Path, path: str) -> str:
    """Why a file on the disk is not in the index, as a clause; empty where there is no such file."""
    try:
        # Hundreds are asked about, and building a `Path` takes longer than the question.
        if not os.path.isfile(f"{root}/{path}"):  # noqa: PTH113 - see above
            return ""
        return _reason_on_disk(root / path, root, path)
    except (OSError, ValueError):
        return UNREADABLE


def _reason_on_disk(place: Path, root: Path, path: str) -> str:
    named = reason_by_name(path)
    if named:
        return named
    if is_behind_link(place, root):
        return LINK
    if is_ignored(place, root):
        return IGNORED
    if any(is_vendored(folder) for folder in place.parents if folder.is_relative_to(root)):
        return VENDORED
    return reason_by_contents(read_plain(place, MAX_BYTES + 1)) or NOT_INDEXED
