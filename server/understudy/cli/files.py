"""Which files a command works on, from the paths that the user names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.core.plain_files import is_folder
from understudy.workspace.ignore import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Chosen:
    """Files by path, each once.

    Attributes:
        checked: files in a language of which a checker knows more than the syntax; of those that the
            user named, also the ones of which only the syntax is known.
        unchecked: files in another language, and those that the user named in none.
        named: those of `checked` that the user named one by one.
    """

    checked: tuple[Path, ...]
    unchecked: tuple[Path, ...]
    named: frozenset[Path]


def choose(paths: Iterable[str]) -> Chosen:
    """The files that the paths mean. Folders are walked, and ignore files are honoured there.

    Raises:
        BadRequestError: when a path does not exist.
    """
    from understudy.checkers import all_checkers
    from understudy.languages import language_of

    checkers = all_checkers().values()
    parsed = frozenset[str]().union(*(each.languages for each in checkers))
    known = frozenset[str]().union(*(each.languages for each in checkers if each.looks_deeper))
    named: set[Path] = set()
    found: set[Path] = set()
    for given in paths:
        # Not resolved: the user should see the path as it was named, links included.
        path = Path(os.path.abspath(given))  # noqa: PTH100 - `absolute` keeps `..`
        require_there(path, given)
        (found if is_folder(path) else named).update(_files(path))
    languages = {path: language_of(path) for path in found | named}
    checked = {
        path
        for path, name in languages.items()
        if name in known or (path in named and name in parsed)
    }
    return Chosen(
        checked=tuple(sorted(checked)),
        unchecked=tuple(
            sorted(
                path
                for path, name in languages.items()
                if path not in checked and (name is not None or path in named)
            )
        ),
        named=frozenset(named),
    )


def shown_path(path: Path) -> str:
    """A path as people read it: from the current folder, if it lies below."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _files(path: Path) -> Iterator[Path]:
    return walk(path) if is_folder(path) else iter((path,))


def require_there(path: Path, given: str) -> None:
    """Look that there is something at a path, which a user wrote like this.

    Raises:
        BadRequestError: when there is nothing.
    """
    if not given.strip():
        raise BadRequestError("An empty path names no file or folder.")
    try:
        there = os.path.lexists(path)
    except ValueError:
        there = False
    if not there:
        raise BadRequestError(f"There is no file or folder `{given}`.")
