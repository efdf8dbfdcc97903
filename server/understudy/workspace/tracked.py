"""Which files git has in its index: ignore files of git say nothing about those."""

from __future__ import annotations

import os
import stat
from functools import lru_cache
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BYTES = 64 * 1024 * 1024
_HEADER, _CHECKSUM = 12, 20
_FIXED = 62
"""Bytes of an entry before its name: ten numbers of four bytes, the hash of the blob, the flags."""
_MODE, _FLAGS = 24, 60
_IS_EXTENDED = 0x4000
_ELSEWHERE = frozenset({b"link", b"sdir"})
"""Extensions by which entries stand in another file, or folders stand for all that is in them."""


class Tracked(NamedTuple):
    """Paths below the repository's folder, with `/`."""

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


def tracked_in(repository: Path) -> Tracked:
    """What the repository tracks; nothing where `.git/index` is not there or is not understood.

    Understood are versions 2 and 3 with SHA-1, each by itself (git's `gitformat-index`). A work tree
    beside the repository and a submodule have no such file.
    """
    place = str(repository / ".git" / "index")
    try:
        seen = os.stat(place)  # noqa: PTH116 - asked for each ignored file
    except (OSError, ValueError):
        return Tracked()
    return _read(place, (seen.st_mtime_ns, seen.st_size, seen.st_ino))


@lru_cache(maxsize=8)
def _read(place: str, _state: tuple[int, int, int]) -> Tracked:
    try:
        data = read_plain(Path(place), _MAX_BYTES + 1)
    except (OSError, ValueError):
        return Tracked()
    if len(data) > _MAX_BYTES or not _is_understood(data):
        return Tracked()
    names = [os.fsdecode(name) for name in _names(data)]
    folders: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return Tracked(frozenset(names), frozenset(folders))


def _is_understood(data: bytes) -> bool:
    body, checksum = data[:-_CHECKSUM], data[-_CHECKSUM:]
    is_known = data[:4] == b"DIRC" and _number(data, 4) in {2, 3} and len(body) >= _HEADER
    # The sum shows that the file is whole, and that it holds hashes of this kind.
    return is_known and sha1(body, usedforsecurity=False).digest() == checksum


def _names(data: bytes) -> Iterator[bytes]:
    """The names of the entries that are files; none where they are not all there."""
    at, stop = _HEADER, len(data) - _CHECKSUM
    found: list[bytes] = []
    for _ in range(_number(data, 8)):
        is_extended = int.from_bytes(data[at + _FLAGS : at + _FIXED], "big") & _IS_EXTENDED
        start = at + _FIXED + (2 if is_extended else 0)
        end = data.find(b"\0", start, stop)
        if end < 0:
            return
        if stat.S_IFMT(_number(data, at + _MODE)) in {stat.S_IFREG, stat.S_IFLNK}:
            found.append(data[start:end])
        at += (end - at) // 8 * 8 + 8
    while at + 8 <= stop:
        if data[at : at + 4] in _ELSEWHERE:
            return
        at += 8 + _number(data, at + 4)
    yield from found


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
