"""A file of a workspace as text, and what decides whether an index has it."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from understudy.core.plain_files import read_plain
from understudy.index.extraction import is_indexed
from understudy.index.leaving_out import UNREADABLE, reason_by_contents
from understudy.index.store import Stamp
from understudy.languages import language_of
from understudy.workspace.source_files import MAX_BYTES

if TYPE_CHECKING:
    import os
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Contents:
    """A file as it was read.

    Attributes:
        left_out: why the index has it not; empty when it has. The bytes are not complete then.
    """

    raw: bytes
    left_out: str = ""


def read(path: Path) -> Contents:
    """The bytes of a file; never raises."""
    try:
        raw = read_plain(path, MAX_BYTES + 1)
    except (OSError, ValueError):
        return Contents(b"", UNREADABLE)
    return Contents(raw, reason_by_contents(raw))


def text_of(raw: bytes, *, python: bool) -> str:
    """The text of a file. What can't be decoded is replaced: lines stay what they are."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = _declared(raw) if python else "utf-8"
    try:
        return raw.decode(encoding, "replace").removeprefix("\ufeff")
    except (LookupError, ValueError):
        # Some codecs know no replacing, and some are none for text.
        return raw.decode("utf-8", "replace")


def source_language(name: str) -> str | None:
    """The language of a file with this name, if an index has files of that language."""
    last = name.rpartition("/")[2]
    at = last.rfind(".")
    return _by_ending(last[at:]) if 0 < at < len(last) - 1 else None


def stamp_of(seen: os.stat_result) -> Stamp:
    """By what a file is taken for unchanged."""
    return Stamp(seen.st_mtime_ns + seen.st_ctime_ns, seen.st_size)


@cache
def _by_ending(suffix: str) -> str | None:
    language = language_of(PurePosixPath(f"a{suffix}"))
    return language if language is not None and is_indexed(language) else None


def _declared(raw: bytes) -> str:
    """The encoding that a Python file declares (PEP 263)."""
    try:
        return tokenize.detect_encoding(io.BytesIO(raw).readline)[0]
    except SyntaxError:
        return "utf-8"
