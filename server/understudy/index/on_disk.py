"""A workspace as it is on the disk: the index, and what is not in it yet, read when asked for."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from understudy.index.admission import Admission
from understudy.index.extraction import digest_of, facts_of
from understudy.index.facts import Place
from understudy.index.files import read, source_language, stamp_of, text_of
from understudy.index.recent import Recent
from understudy.index.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from understudy.index.facts import Facts
    from understudy.index.store import Stamp

MAX_PARSED_HERE = 100_000
"""So many bytes are parsed in this process at most: parsing holds the interpreter's lock."""
_KEPT_FACTS = 512


class OnDisk:
    """Implements `Index` for what is saved. Any thread may ask.

    Answers are true even where the index lags behind: a file that changed since it was read is read
    again when it is asked about.

    Attributes:
        ready: whether every file was read once.
    """

    def __init__(self, root: Path, folder: Callable[[], Path], exclude: Sequence[str] = ()) -> None:
        self.ready = False
        self.root = root
        self.shelf = Shelf(folder)
        self._top = os.path.join(root, "")  # noqa: PTH118 - with the separator at its end
        self._admission = Admission(root, tuple(exclude))
        self._recent: Recent[tuple[Stamp, Facts | None]] = Recent(_KEPT_FACTS)

    def forget(self, paths: Iterable[str] = ()) -> None:
        """Ignore files may have changed: what was found out about paths no longer counts.

        Args:
            paths: files that were read again, whether or not their times and sizes tell it.
        """
        self._admission.forget()
        for path in paths:
            self._recent.drop(path)

    def admits(self, path: str) -> bool:
        """Whether a source file of this name has a place in the index, be it there or not."""
        if source_language(path) is None or self._admission.is_kept_out(path):
            return False
        if self.shelf.stamp(path) is not None:
            return True
        return not self.shelf.is_left_out(path) and self._admission.allows(path)

    def facts(self, path: str) -> Facts | None:
        """What a file holds."""
        stamp = self._stamp(path)
        if stamp is None or not self.admits(path):
            return None
        known = self._recent.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        found = self._facts(path, stamp)
        self._recent.put(path, (stamp, found))
        return found

    def has(self, path: str) -> bool:
        """Whether there is such a source file."""
        return self._stamp(path) is not None and self.admits(path)

    def named(self, name: str, limit: int = 50) -> Sequence[Place]:
        """The definitions of a name, by path."""
        found: list[Place] = []
        again: dict[str, None] = {}
        for row in self.shelf.named(name, limit):
            if self._admission.is_kept_out(row.path):
                continue
            if self._stamp(row.path) == row.stamp:
                found.append(Place(row.path, row.number, row.definition))
            else:
                again[row.path] = None
        for path in again:
            facts = self.facts(path)
            found += _places(facts, name) if facts is not None else ()
        return sorted(found, key=lambda place: (place.path, place.number))[:limit]

    def ending(self, tail: str) -> Sequence[str]:
        """The files whose paths end so, at a border of folders."""
        return self._admitted(self.shelf.ending(tail))

    def in_folder(self, folder: str) -> Sequence[str]:
        """The source files directly in a folder; before the index is ready, the disk is asked."""
        found = self._admitted(self.shelf.in_folder(folder))
        if self.ready:
            return found
        try:
            names = [entry.name for entry in (self.root / folder).iterdir()]
        except (OSError, ValueError):
            return found
        paths = (f"{folder}/{name}".lstrip("/") for name in names)
        return sorted({*found, *(path for path in paths if self.has(path))})

    def of_module(self, module: str) -> Sequence[str]:
        """The files that call themselves so."""
        return self._admitted(self.shelf.of_module(module))

    def using(self, name: str, limit: int = 50) -> Sequence[str]:
        """The files in which a name occurs that they do not define."""
        return self._admitted(self.shelf.using(name, limit))

    def text(self, path: str) -> str | None:
        """The text of a source file, or of another one that nothing keeps away."""
        if self._stamp(path) is None or self._admission.is_kept_out(path):
            return None
        language = source_language(path)
        if not (self.admits(path) if language else self._is_other(path)):
            return None
        contents = read(self.root / path)
        return None if contents.left_out else text_of(contents.raw, python=language == "python")

    def digest(self, path: str) -> str:
        """That of a source file's bytes."""
        if self._stamp(path) is None or not self.admits(path):
            return ""
        contents = read(self.root / path)
        return "" if contents.left_out else digest_of(contents.raw)

    def version(self, path: str) -> int | None:  # noqa: ARG002 - nothing is open here
        """No document is open."""
        return None

    def settings_files(self, names: Iterable[str]) -> Sequence[str]:
        """The files with one of these names."""
        wanted = sorted(set(names))
        found = dict.fromkeys(
            self.shelf.others([one for one in wanted if not source_language(one)])
        )
        for name in wanted:
            if source_language(name):
                found |= dict.fromkeys(self.shelf.ending(name))
            elif not self.ready and self._stamp(name) is not None and self._is_other(name):
                found[name] = None
        return self._admitted(sorted(found))

    def _facts(self, path: str, stamp: Stamp) -> Facts | None:
        stored = self.shelf.stored(path)
        if stored is not None and stored.stamp == stamp:
            return stored.facts
        is_same_size = stored is not None and stored.stamp.size == stamp.size
        language = source_language(path)
        if language is None or (stamp.size > MAX_PARSED_HERE and not is_same_size):
            return None
        contents = read(self.root / path)
        digest = digest_of(contents.raw)
        if stored is not None and stored.facts.digest == digest:
            # Only its times are other ones.
            return stored.facts
        if contents.left_out or stamp.size > MAX_PARSED_HERE:
            return None
        text = text_of(contents.raw, python=language == "python")
        return facts_of(path, language, text, digest)

    def _is_other(self, path: str) -> bool:
        return self.shelf.has_other(path) or (not self.ready and self._admission.allows(path))

    def _admitted(self, paths: Sequence[str]) -> list[str]:
        return [path for path in paths if not self._admission.is_kept_out(path)]

    def _stamp(self, path: str) -> Stamp | None:
        """The state of a regular file on the disk; None for anything else."""
        try:
            # Asked hundreds of times, and joining paths takes longer than the question.
            seen = os.lstat(f"{self._top}{path}")
        except (OSError, ValueError):
            return None
        return stamp_of(seen) if stat.S_ISREG(seen.st_mode) else None


def _places(facts: Facts, name: str) -> list[Place]:
    return [
        Place(facts.path, number, one)
        for number, one in enumerate(facts.definitions)
        if one.name == name
    ]
