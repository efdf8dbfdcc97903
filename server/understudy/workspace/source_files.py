"""Source files as bytes: read with the encoding that they declare, written back without loss."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError, StaleError
from understudy.core.plain_files import read_plain
from understudy.workspace.paths import inside, is_protected

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 1024 * 1024
_LOOK_FOR_NULL = 8 * 1024
_LINE_END = re.compile(rb"\r\n|\n|\r")
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+")
"""A line that declares an encoding, by PEP 263."""
_PYTHON = frozenset({".py", ".pyi", ".pyw"})


class NotSourceError(RefusedError):
    """The file is too large, or not text: nothing that a person wrote."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read.

    Attributes:
        raw: its bytes.
        text: its characters, without a byte order mark; line ends as they are.
        encoding: by which the one becomes the other; `utf-8-sig` stands for the mark.
    """

    path: Path
    raw: bytes
    text: str
    encoding: str


def read_source(path: Path) -> SourceFile:
    """Read a file as its language says: Python declares its encoding, all others are UTF-8.

    Raises:
        NotSourceError: when it is larger than `MAX_BYTES`, or not text.
        RefusedError: when it can't be read or decoded.
    """
    try:
        raw = read_plain(path, MAX_BYTES + 1)
    except (OSError, ValueError) as failure:
        raise RefusedError(f"`{path}` can't be read: {_why(failure)}.") from failure
    if len(raw) > MAX_BYTES:
        raise NotSourceError(f"`{path}` is larger than 1 MiB, so it is not looked at.")
    if b"\0" in raw[:_LOOK_FOR_NULL]:
        raise NotSourceError(f"`{path}` is not text.")
    text, encoding = _decoded(path, raw)
    return SourceFile(path, raw, text, encoding)


def write_source(source: SourceFile, text: str, root: Path) -> None:
    """Put `text` in the place of what was read, at once or not at all.

    Mode and encoding stay; a link stays a link. Looks at the disk again right before writing.

    Raises:
        RefusedError: when the file is protected, read-only or outside of `root`, or when the
            encoding can't say the text.
        StaleError: when the file was changed since it was read.
    """
    content = _encoded(source, text)
    target = _target(source.path, root)
    try:
        _replace(target, content, source)
    except OSError as failure:
        raise RefusedError(f"`{source.path}` can't be written: {_why(failure)}.") from failure


def _target(path: Path, root: Path) -> Path:
    """The file behind a path, if it may be written."""
    if not inside(path, root):
        raise RefusedError(f"`{path}` leads out of `{root}`, so it is not written.")
    target = path.resolve()
    for place in (path, target):
        protected = is_protected(place, root if place is path else root.resolve())
        if protected is not None:
            raise RefusedError(f"{protected} It is not written without you: copy the diff by hand.")
    try:
        mode = target.stat().st_mode
    except OSError as failure:
        raise RefusedError(f"`{path}` can't be written: {_why(failure)}.") from failure
    # An administrator could write it all the same; somebody meant it to stay as it is.
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise RefusedError(f"`{path}` is read-only, so it is not written.")
    return target


def _replace(target: Path, content: bytes, source: SourceFile) -> None:
    """Write beside the file, and then take its name."""
    handle, name = tempfile.mkstemp(
        prefix=f".{target.name[:100]}.", suffix=".new", dir=target.parent
    )
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _take_over(fresh, target)
        _compare(target, source)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _compare(target: Path, source: SourceFile) -> None:
    if read_plain(target, MAX_BYTES + 1) != source.raw:
        raise StaleError(f"`{source.path}` was changed in the meantime, so it is not written.")


def _take_over(fresh: Path, target: Path) -> None:
    """Give the new file the old one's mode and owner; where that is forbidden, nothing is written."""
    old = target.stat()
    if hasattr(os, "chown"):
        new = fresh.stat()
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            os.chown(fresh, old.st_uid, old.st_gid)
    fresh.chmod(stat.S_IMODE(old.st_mode))


def _decoded(path: Path, raw: bytes) -> tuple[str, str]:
    try:
        encoding = _declared(raw) if path.suffix.lower() in _PYTHON else _plain(raw)
        return raw.decode(encoding), encoding
    except SyntaxError as failure:
        message = f"`{path}` declares an encoding that can't be used: {failure.msg}."
        raise RefusedError(message) from failure
    except UnicodeDecodeError as failure:
        line = len(_LINE_END.findall(raw[: failure.start])) + 1
        message = f"`{path}` is not {failure.encoding} text: line {line} can't be decoded."
        raise RefusedError(message) from failure
    except (LookupError, ValueError) as failure:
        message = f"`{path}` declares an encoding that can't be used: {failure}."
        raise RefusedError(message) from failure


def _declared(raw: bytes) -> str:
    """The encoding of a Python file (PEP 263). Lines may end with a lone CR here."""
    lines = _first_lines(raw)
    try:
        encoding, _ = tokenize.detect_encoding(lambda: next(lines, b""))
    except SyntaxError:
        # It is raised as well for a line that declares nothing and is not UTF-8.
        if any(map(_DECLARATION.match, _first_lines(raw))):
            raise
        return _plain(raw)
    return encoding


def _first_lines(raw: bytes) -> Iterator[bytes]:
    return iter([line + b"\n" for line in _LINE_END.split(raw, maxsplit=2)[:2]])


def _plain(raw: bytes) -> str:
    return "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"


def _encoded(source: SourceFile, text: str) -> bytes:
    """The bytes of the new text; they must be read again as exactly that text.

    An encoding with several ways to write a character would change lines that no edit touched,
    and an edit of the declaration itself would change what all bytes mean.
    """
    shown = f"`{source.path}`"
    try:
        content = text.encode(source.encoding)
        same = source.text.encode(source.encoding) == source.raw
    except UnicodeError as failure:
        message = f"{shown} can't be written: {source.encoding} lacks a character of the edit."
        raise RefusedError(message) from failure
    if not same or _decoded(source.path, content)[0] != text:
        message = f"{shown} can't be written back in {source.encoding} without other changes."
        raise RefusedError(message)
    return content


def _why(failure: OSError | ValueError) -> str:
    return getattr(failure, "strerror", None) or str(failure)
