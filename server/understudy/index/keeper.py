"""Keeps the index of a workspace folder up to date: what is looked at, read, dropped, left out."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from understudy.index.extraction import digest_of, facts_of
from understudy.index.files import read, source_language, stamp_of, text_of
from understudy.index.leaving_out import (
    LARGE,
    ODD_NAME,
    UNREADABLE,
    VENDORED,
    is_vendored,
    reason_by_name,
)
from understudy.index.store import NEVER, LeftOut
from understudy.workspace.ignore import IGNORE_FILES, is_ignored, is_skipped_by_name, look
from understudy.workspace.source_files import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from understudy.index.store import Known, Stamp, Store
    from understudy.workspace.ignore import Seen

MAX_FILES = 200_000
"""Of a larger workspace, so many source files are in the index."""
_TOO_MANY = "more files than an index takes"
_MAX_TOLD = 20_000
"""So many other files, and so many that were left out, are remembered by name."""
_IGNORED = "ignored"
RULES_IN = {".github": "copilot-instructions.md", ".cursor": "rules/*.mdc"}
"""Hidden folders with files that are no sources, but say how a project's code is written."""
_MAX_RULES = 50


class Keeper:
    """What is known of one workspace folder, and the way to bring it up to date.

    Attributes:
        looked_at: how many files the last scan has looked at so far.
        read: how many files were parsed since this was made. What holds the same as a file that is
            known, such as one that was moved, need not be.
    """

    def __init__(self, root: Path, store: Store) -> None:
        self.looked_at = 0
        self.read = 0
        self._root = root
        self._prefix = len(str(root).rstrip(os.sep)) + 1
        self._store = store
        self._known = store.files()
        self._of_text = {
            (source_language(path), one.digest): path for path, one in self._known.items()
        }
        self._left_out = store.left_out()
        self._updated: set[str] = set()
        self._vendored: dict[str, str] = {}
        self._is_ignored_itself = is_ignored(root, None)

    def scan(self) -> Iterator[None]:
        """Look at every file; read what is new or changed. Between two files it can be stopped."""
        began, cpu = time.monotonic(), time.process_time()
        self.looked_at = 0
        self._vendored.clear()
        self._updated.clear()
        seen_paths: set[str] = set()
        left_out: dict[str, LeftOut] = {}
        others: list[str] = []
        for seen in look(self._root):
            path = seen.path[self._prefix :].replace(os.sep, "/")
            self._take(path, seen, left_out, others)
            if path in self._known and path not in left_out:
                seen_paths.add(path)
            self.looked_at += 1
            yield
        # What was looked at by itself in the meantime is newer than what the scan saw.
        seen_paths |= self._updated
        for path in [path for path in self._known if path not in seen_paths]:
            self._forget(path)
            yield
        for path in self._updated:
            left_out.pop(path, None)
            if path in self._left_out:
                left_out[path] = self._left_out[path]
        self._left_out = left_out
        told = sorted(left_out)[:_MAX_TOLD]
        self._store.replace_left_out({path: left_out[path] for path in told})
        self._store.replace_others(others)
        figures = {"seconds": time.monotonic() - began, "cpu_s": time.process_time() - cpu}
        self._store.scanned({**figures, "left_out": len(left_out)})

    def update(self, paths: Iterable[str]) -> bool:
        """Look at some files again, by their paths below the folder.

        Returns:
            Whether that is not enough, and a scan is needed.
        """
        needed = [self._update(path) for path in paths]
        return any(needed)

    def _take(self, path: str, seen: Seen, left_out: dict[str, LeftOut], others: list[str]) -> None:
        """One thing that the folder holds."""
        reason = seen.skipped or ("" if _is_text(path) else ODD_NAME)
        folder = self._vendored_folder(path) if not reason else ""
        if folder:
            left_out[folder] = LeftOut(VENDORED)
        elif seen.entry is None or (reason and not _is_hidden_file(seen)):
            if seen.entry is not None and seen.entry.name in RULES_IN:
                others.extend(self._rules_in(path, RULES_IN[seen.entry.name]))
            left_out[_printable(path)] = LeftOut(reason)
        elif reason_by_name(path):
            left_out[path] = LeftOut(reason_by_name(path))
        elif reason or (language := source_language(seen.entry.name)) is None:
            if len(others) < _MAX_TOLD and _is_text(path):
                others.append(path)
        else:
            one = self._stamped(path, language, seen.entry)
            if one is not None:
                left_out[path] = one

    def _rules_in(self, folder: str, pattern: str) -> list[str]:
        """The files in a hidden folder that tell models how a project is written."""
        top = self._root / folder
        found = [] if top.is_symlink() else sorted(top.glob(pattern))[:_MAX_RULES]
        return [
            path.relative_to(self._root).as_posix()
            for path in found
            if path.is_file()
            and not is_behind_link(path, self._root)
            and not is_ignored(path, self._root)
            and _is_text(str(path))
        ]

    def _stamped(self, path: str, language: str, entry: os.DirEntry[str]) -> LeftOut | None:
        try:
            stamp = stamp_of(entry.stat(follow_symlinks=False))
        except OSError:
            return LeftOut(UNREADABLE)
        return self._look_at(path, language, stamp)

    def _look_at(self, path: str, language: str, stamp: Stamp) -> LeftOut | None:
        """Bring one source file up to date; the reason where it is left out instead."""
        known = self._known.get(path)
        if known is not None and known.stamp == stamp:
            return None
        return self._look_into(path, language, stamp)

    def _look_into(self, path: str, language: str, stamp: Stamp) -> LeftOut | None:
        """The same for one that is known to have changed, whether or not its times tell it."""
        known, before = self._known.get(path), self._left_out.get(path)
        if before is not None and before.stamp == stamp and stamp != NEVER:
            return before
        if stamp.size > MAX_BYTES:
            return LeftOut(LARGE, stamp)
        if known is None and len(self._known) >= MAX_FILES:
            return LeftOut(_TOO_MANY)
        return self._read(path, language, stamp, known)

    def _read(self, path: str, language: str, stamp: Stamp, known: Known | None) -> LeftOut | None:
        contents = read(self._root / path)
        if contents.left_out:
            return LeftOut(contents.left_out, stamp)
        digest = digest_of(contents.raw)
        if known is not None and known.digest == digest:
            self._known[path] = self._store.touch(known, stamp)
            return None
        twin = self._known.get(self._of_text.get((language, digest), ""))
        if known is None and twin is not None and twin.digest == digest:
            self._known[path] = self._store.put_again(path, stamp, twin)
            return None
        text = text_of(contents.raw, python=language == "python")
        facts = facts_of(path, language, text, digest)
        self._known[path] = self._store.put(facts, stamp, known)
        self._of_text[language, digest] = path
        self.read += 1
        return None

    def _update(self, path: str) -> bool:
        names = tuple(path.split("/"))
        if names[-1] in IGNORE_FILES or path in IGNORE_FILES or self._is_ignored_itself:
            return True
        if is_skipped_by_name(names) or ".." in names or not _is_text(path):
            return False
        whole = self._root / path
        try:
            stamp = stamp_of(whole.lstat())
        except OSError:
            self._forget(path)
            # A folder may have gone with all that was in it.
            return any(one.startswith(f"{path}/") for one in self._known)
        if not whole.is_file():
            self._forget(path)
            return whole.is_dir() and not whole.is_symlink()
        self._update_file(path, whole, stamp)
        return False

    def _update_file(self, path: str, whole: Path, stamp: Stamp) -> None:
        language = source_language(whole.name)
        if language is None:
            return
        self._updated.add(path)
        reason = reason_by_name(path)
        if not reason and (is_behind_link(whole, self._root) or self._vendored_folder(path)):
            reason = "link" if is_behind_link(whole, self._root) else VENDORED
        if not reason and is_ignored(whole, self._root):
            reason = _IGNORED
        # Where times are coarse, a file may have changed and look as before.
        one = LeftOut(reason) if reason else self._look_into(path, language, stamp)
        if one is None:
            if self._left_out.pop(path, None) is not None:
                self._store.take_in(path)
        else:
            self._forget(path)
            self._left_out[path] = one
            self._store.leave_out(path, one)

    def _forget(self, path: str) -> None:
        known = self._known.pop(path, None)
        if known is not None:
            self._store.drop(known)

    def _vendored_folder(self, path: str) -> str:
        """The topmost folder above a path that holds other people's packages; empty if none does."""
        folder = path.rpartition("/")[0]
        if not folder:
            return ""
        found = self._vendored.get(folder)
        if found is None:
            found = self._vendored_folder(folder)
            if not found and is_vendored(self._root / folder):
                found = f"{folder}/"
            self._vendored[folder] = found
        return found


def is_behind_link(path: Path, root: Path) -> bool:
    """Whether a path, or a folder between it and the workspace folder, is a link."""
    return path.is_symlink() or any(
        folder.is_symlink() for folder in path.parents if folder != root and root in folder.parents
    )


def _is_hidden_file(seen: Seen) -> bool:
    """A hidden file is no source, but may tell how a project is set up."""
    entry = seen.entry
    return entry is not None and seen.skipped == "hidden" and entry.is_file(follow_symlinks=False)


def _is_text(path: str) -> bool:
    """Whether a name can be stored: on POSIX it may be any bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return "\n" not in path


def _printable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode()
