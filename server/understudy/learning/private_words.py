"""What this user, this machine and this project are called. Reads files, and never fails."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_BYTES = 256 * 1024
_OF_GIT = re.compile(r"(?m)^[ \t]{0,20}(?:name|email|user|url)[ \t]{0,20}=[ \t]{0,20}(.{1,300})$")
_HEAD = re.compile(r"ref: refs/heads/(.{1,250})")
_POINTER = re.compile(r"gitdir: (.{1,4000})")
_GENERAL = frozenset({"com", "org", "net", "git", "https", "http", "ssh", "main", "master", "www"})


def private_words(roots: Iterable[Path]) -> frozenset[str]:
    """Names that are masked in every text, whatever else they mean.

    Args:
        roots: workspace folders.
    """
    found = {*_of_machine(), *_of_git_settings(_user_settings())}
    for root in roots:
        found |= {root.name, *_of_repository(root)}
    return frozenset(one for one in found if one.casefold() not in _GENERAL and len(one) > 1)


def _of_machine() -> Iterator[str]:
    import getpass
    import socket

    # Neither is known everywhere, as in a container that runs under a number.
    with suppress(OSError, KeyError, ImportError):
        yield getpass.getuser()
    with suppress(RuntimeError):
        yield Path.home().name
    yield socket.gethostname()


def _user_settings() -> list[Path]:
    with suppress(RuntimeError):
        home = Path.home()
        shared = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return [home / ".gitconfig", shared / "git" / "config"]
    return []


def _of_git_settings(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        for found in _OF_GIT.findall(_text(file)):
            words = re.split(r"[\s/\\:@.\"]+", found)
            yield from (word for word in words if word.casefold() not in _GENERAL)


def _of_repository(root: Path) -> Iterator[str]:
    """Names of the repository that a folder lies in, its remotes, and the branch it is on."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_dir():
            yield from (folder.name, *_of_git_settings([git / "config"]), *_branch(git))
            return
        pointed = _POINTER.match(_text(git))
        if pointed is not None:
            yield folder.name
            yield from _of_linked(folder / pointed[1].strip())
            return


def _of_linked(git: Path) -> Iterator[str]:
    """Names of a linked worktree or a submodule; what all worktrees share lies elsewhere."""
    shared = (git / (_text(git / "commondir").strip() or ".")).resolve()
    if shared.name == ".git":
        yield shared.parent.name
    yield from (*_of_git_settings([shared / "config"]), *_branch(git))


def _branch(git: Path) -> Iterator[str]:
    found = _HEAD.match(_text(git / "HEAD"))
    if found is not None:
        yield from (found[1].strip(), *re.split(r"[\s/_-]+", found[1].strip()))


def _text(file: Path) -> str:
    try:
        return read_plain(file, _MOST_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
