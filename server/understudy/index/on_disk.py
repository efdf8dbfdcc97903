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
from understudy.index.shifting import shifted
from understudy.workspace.source_files import MAX_BYTES

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
    again when it is asked about. Of a long one, what it held before is told until the other process
    has read it.

    Attributes:
        ready: whether every file was read once.
        tell: is called, from any thread, with the path of a long file that is to be read again.
    """

    def __init__(self, root: Path, folder: Callable[[], Path], exclude: Sequence[str] = ()) -> None:
        self.ready = False
        self.tell: Callable[[str], None] = lambda _path: None
        self.root = root
        self.shelf = Shelf(folder)
        self._top = os.path.join(root, "")  # noqa: PTH118 - with the separator at its end
        self._admission = Admission(root, tuple(exclude))
        self._recent: Recent[tuple[Stamp, Facts | None]] = Recent(_KEPT_FACTS)
        self._late: dict[str, Stamp] = {}

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
        if known is not None and known[0] == stamp and not self._was_read(path):
            return known[1]
        self._late.pop(path, None)
        found = self._facts(path, stamp)
        self._recent.put(path, (stamp, found))
        return found

    def is_behind(self) -> bool:
        """Whether a long file that somebody asked about changed, and was not read again yet."""
        late = [path for path, at in list(self._late.items()) if self._stamp(path) == at]
        return any(not self._was_read(path) and self.admits(path) for path in late)

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
        """That of a source file's bytes, or of what is told of them for the time being."""
        if self._stamp(path) is None or not self.admits(path):
            return ""
        facts = self.facts(path)
        if facts is not None and facts.is_of_earlier:
            return facts.digest
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
        stored, language = self.shelf.stored(path), source_language(path)
        if stored is not None and stored.stamp == stamp:
            return stored.facts
        if language is None or stamp.size > MAX_BYTES:
            return None
        if stored is None and stamp.size > MAX_PARSED_HERE:
            self._wait_for(path, stamp)
            return None
        return self._read(path, stamp, language, stored.facts if stored is not None else None)

    def _read(self, path: str, stamp: Stamp, language: str, before: Facts | None) -> Facts | None:
        """What a file holds that is not stored as it is; of a long one, what it held before."""
        contents = read(self.root / path)
        digest = digest_of(contents.raw)
        if before is not None and before.digest == digest:
            # Only its times are other ones.
            return before
        if contents.left_out:
            return None
        text = text_of(contents.raw, python=language == "python")
        if before is None or stamp.size <= MAX_PARSED_HERE:
            return facts_of(path, language, text, digest)
        self._wait_for(path, stamp)
        return shifted(before, text, f"{digest} {before.digest}")

    def _wait_for(self, path: str, stamp: Stamp) -> None:
        """Have the other process read a file."""
        self._late[path] = stamp
        self.tell(path)

    def _was_read(self, path: str) -> bool:
        """Whether a file that the other process was to read is stored as it is."""
        at = self._late.get(path)
        return at is not None and self.shelf.stamp(path) == at

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
