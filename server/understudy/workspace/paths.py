"""Where a file lies: URIs and paths, workspace borders, and files that grant power.

Names are compared as the most forgiving file system would: without regard to case, to Unicode
normal form, to characters that HFS+ ignores, to trailing dots and spaces and to `:` streams. A
name that might be `.git` somewhere counts as `.git` everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from understudy.config.paths import config_file, journal_file, trust_file

if TYPE_CHECKING:
    from collections.abc import Iterable

OWN_FOLDER = ".understudy"

_FILE_URI = re.compile(r"file:(?://(?:localhost)?(?=/)|(?!//))(/[^?#]*)", re.IGNORECASE)
_DRIVE = re.compile(r"/[A-Za-z]:(?=/|$)")

_HFS_IGNORES = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
"""Code points that HFS+ leaves out when it compares names, as git's `utf8.c` lists them."""

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)

_POWERFUL_FOLDERS = {
    (".git",): "belongs to git's own state, where hooks and filters run",
    (".vscode",): "is editor configuration, which can start programs",
    (".idea",): "is editor configuration, which can start programs",
    (".github", "workflows"): "is a CI workflow, which runs with the repository's rights",
    (".husky",): "is a git hook",
}
_POWERFUL_FILES = {
    ".envrc": "is run by direnv when someone enters the folder",
    "gnumakefile": "is run by make",
    "bsdmakefile": "is run by make",
}


@dataclass(frozen=True, slots=True)
class Place:
    """What a file's place says about changing it.

    Attributes:
        inside: whether it lies in its workspace folder; True when there is no folder to leave.
        protected: why a change always needs confirmation, as a sentence; None when it does not.
        own: whether it is our own configuration, which nothing but the user changes.
    """

    inside: bool = True
    protected: str | None = None
    own: bool = False


def path_of(uri: str) -> Path | None:
    """The local path that a URI names; None for another scheme, another host or no valid path."""
    pure = pure_path_of(uri, type(PurePath()))
    return None if pure is None else Path(pure)


def pure_path_of(uri: str, flavour: type[PurePath]) -> PurePath | None:
    """`path_of` for a platform of choice: `PurePosixPath` or `PureWindowsPath`.

    A raw `?` or `#` is no part of a file URI (clients must encode it), so such a URI names nothing
    rather than perhaps another file.
    """
    text = _local_part(uri)
    if text is None:
        return None
    if not issubclass(flavour, PureWindowsPath):
        return flavour("/" + text.lstrip("/"))
    if _DRIVE.match(text):
        return flavour(text[1:] if len(text) > len("/c:") else text[1:] + "/")
    return None


def inside(path: Path, root: Path) -> bool:
    """Whether writing `path` stays in the folder `root`, links followed as far as they exist.

    Refuses relative paths, `..`, and names that some platform reads as another one. A file that is
    there under exactly such a name (an `aux.c` on Linux) is what it says, and passes. Touches the
    disk; ask again right before writing.
    """
    if not path.is_absolute() or ".." in path.parts:
        return False
    try:
        real, real_root = path.resolve(), root.resolve()
        if not (_is_below(real, real_root) or _has_ancestor(real, real_root)):
            return False
        return all(map(_is_plain, _names(path, root))) or _is_there(path)
    except (OSError, RuntimeError, ValueError):
        return False


def is_safe_below(path: str) -> bool:
    """Whether a path that a model wrote names a file below a folder, the same one on every platform.

    Refuses absolute paths and those of a drive or a home, `..`, names that some platform reads as
    another one or as a device, and whatever belongs to git's own state. Does not touch the disk.
    """
    names = path.replace("\\", "/").split("/")
    if not path or names[0] in {"", "~"} or names[-1] in {"", "."}:
        return False
    inner = [name for name in names if name not in {"", "."}]
    return all(_is_plain(name) and _fold(name) != ".git" for name in inner)


def is_there_below(path: str, root: Path, own: Path | None) -> bool:
    """Whether a path that a model wrote is that of a file below a folder, and not of a given one.

    Touches the disk. A path that leads anywhere else is not looked at.

    Args:
        path: with slashes, below `root`.
        root: the folder.
        own: the given file; None for a document that was never saved.
    """
    if not is_safe_below(path):
        return False
    try:
        there = root / path
        return there.is_file() and not (own is not None and _is_same(there, own))
    except (OSError, ValueError):
        return False


def is_protected(path: PurePath, root: PurePath | None) -> str | None:
    """Why a change of this file always needs confirmation, as a sentence; None when it does not.

    Looks at the names below `root` only, without touching the disk.
    """
    names = _folded(_names(path, root))
    shown = _shown(path, root)
    if is_own_configuration(path, root):
        return f"`{shown}` is Understudy's own configuration."
    for folder, reason in _POWERFUL_FOLDERS.items():
        if any(names[at : at + len(folder)] == folder for at in range(len(names))):
            return f"`{shown}` {reason}."
    last = names[-1] if names else ""
    reason = _POWERFUL_FILES.get(last, "")
    if last.endswith(".mk") or last.split(".")[0] == "makefile":
        reason = "is run by make"
    return f"`{shown}` {reason}." if reason else None


def is_own_configuration(path: PurePath, root: PurePath | None) -> bool:
    """Whether the file steers Understudy itself, in the workspace or among the user's files."""
    names = _folded(_names(path, root))
    if OWN_FOLDER in names or names[-1:] == (".understudyignore",):
        return True
    return path in {config_file(), trust_file(), journal_file()}


def place_by_name(path: PurePath | None, root: PurePath | None) -> Place:
    """The place of a file as its names tell it, without touching the disk."""
    if path is None:
        return Place()
    return Place(
        inside=root is None or (".." not in path.parts and _is_below(path, root)),
        protected=is_protected(path, root),
        own=is_own_configuration(path, root),
    )


def place_on_disk(path: Path | None, root: Path | None) -> Place:
    """The place of a file with links followed: a link to a protected file is protected too."""
    named = place_by_name(path, root)
    if path is None:
        return named
    try:
        real = path.resolve()
        real_root = None if root is None else root.resolve()
    except (OSError, RuntimeError, ValueError):
        return Place(inside=False, protected=named.protected, own=named.own)
    target = place_by_name(real, real_root)
    return Place(
        inside=root is None or inside(path, root),
        protected=named.protected or target.protected,
        own=named.own or target.own,
    )


def _local_part(uri: str) -> str | None:
    """The decoded path of a file URI, from its first slash on."""
    found = _FILE_URI.fullmatch(uri)
    if found is None:
        return None
    try:
        text = unquote_to_bytes(found[1]).decode()
    except UnicodeError:
        return None
    return None if "\0" in text else text


def _names(path: PurePath, root: PurePath | None) -> tuple[str, ...]:
    """The names below `root`; all names when the path does not lie there."""
    if root is not None and _is_below(path, root):
        return path.relative_to(root).parts
    return path.parts[1:] if path.anchor else path.parts


def _shown(path: PurePath, root: PurePath | None) -> str:
    if root is not None and _is_below(path, root):
        return path.relative_to(root).as_posix()
    return path.name


def _is_below(path: PurePath, root: PurePath) -> bool:
    return path.is_relative_to(root)


def _has_ancestor(path: Path, root: Path) -> bool:
    """Whether a folder above `path` is `root` under another spelling of its name."""
    return any(parent.exists() and parent.samefile(root) for parent in (path, *path.parents))


def _is_same(path: Path, own: Path) -> bool:
    return path == own or (own.exists() and path.samefile(own))


def _is_there(path: Path) -> bool:
    """Whether the file exists under this very name, which Windows can't say: it also finds devices."""
    return not isinstance(path, PureWindowsPath) and path.exists()


def _folded(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(_fold, names))


def _fold(name: str) -> str:
    name = unicodedata.normalize("NFC", _HFS_IGNORES.sub("", name)).casefold()
    name = name.partition(":")[0].rstrip(". ")
    return ".git" if name == "git~1" else name


def _is_plain(name: str) -> bool:
    """Whether every platform reads the name as the same plain file."""
    if name.endswith((".", " ")) or ":" in name or not name.isprintable():
        return False
    if _HFS_IGNORES.search(name):
        return False
    return name.partition(".")[0].rstrip(" ").casefold() not in _DEVICES
