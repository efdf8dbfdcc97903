"""Whether a path in a reply names a file that is known, though it is written in another way.

A path may leave out folders at its beginning, as many as it likes: `cart.py` and `src/cart.py` are
`/ws/src/cart.py`, and so is `ws/src/cart.py`. From its end on, every folder that it does have must be
the file's own; one that is not contradicts, and the path is another file's. Nothing is looked up on
disk here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.workspace.paths import is_safe_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from understudy.workspace.view import View

_SIDE = re.compile(r"[abciow]/")
"""What `git diff` puts in front of paths, with and without `diff.mnemonicPrefix`."""
_VERSION = re.compile(
    r"(?:[abciow]|old|orig|original|before|current|new|after|fixed|modified|updated|patched)/"
    r"|[^/]+[.-](?:orig|original|old|bak|before|new|after|fixed)/"
)
"""What a diff of two folders has in the same place."""
_PLACEHOLDER = re.compile(r"/?path/to/")
_MADE_UP = re.compile(
    r"(?:/?(?:(?:my|our|the|your)[-_]?)?(?:project|repo|repository|workspace)s?"
    r"|/(?:app|code|testbed|mnt/data))/"
)
"""What models take for the workspace folder, whose name they are not told."""


class Names(NamedTuple):
    """What a document may be called.

    Attributes:
        told: its path as the model was told it, below the workspace folder as a rule.
        whole: its whole path with slashes; empty for a document without one.
        uri: as the client wrote it; empty for none.
    """

    told: str
    whole: str
    uri: str = ""


def names_of(view: View, told: str = "") -> Names:
    """The names of a document; `told` where the model was told another one than its own."""
    whole = view.path.as_posix() if view.path is not None else ""
    return Names(told or view.name, whole, view.uri)


def without_side(path: str) -> str:
    """A path without the `a/` or `b/` of a diff."""
    return _without(_SIDE, path)


def without_version(path: str) -> str:
    """A path without what tells one of two folders from the other, such as `old/`."""
    return _without(_VERSION, path)


def without_sides(old: str, new: str) -> tuple[str, str]:
    """The two paths of a diff without what tells its sides apart, such as `a/` and `b/`.

    These are folders instead where both paths are equal, or differ in what is behind them.
    """
    if not (old and new):
        return without_side(old), without_side(new)
    bare = _without(_VERSION, old), _without(_VERSION, new)
    return bare if old != new and bare[0] == bare[1] else (old, new)


def fits(path: str, names: Names, roots: Iterable[Path] = ()) -> bool:
    """Whether a path that is none of a document's names may be meant as one of them.

    Args:
        path: with slashes.
        names: of the document.
        roots: the workspace folders; a path into one of them is none that was made up.
    """
    if "/" in names.told and names.told in _from_root(path, roots):
        return True
    path = _without(_PLACEHOLDER, path)
    given, own = _parts(path), _parts(names.whole or names.told)
    if not is_safe_below(path) and len(given) != len(own):
        return False
    return _ends_in(own, given)


def is_open_elsewhere(path: str, view: View) -> bool:
    """Whether a path, or a name alone, is that of another document of the workspace which is known."""
    if view.root is None:
        return False
    known = {*(one.path for one in view.beside), *view.recent} - {view.path}
    return view.root / path in known or any(one.name == path for one in known)


def folder_of(path: str) -> str:
    """The folders of a path, with a slash behind them; empty for none."""
    folders, slash, _ = path.rpartition("/")
    return folders + slash


def _from_root(path: str, roots: Iterable[Path]) -> Iterator[str]:
    """The path below the workspace folder, as far as a path may be such a one with more in front."""
    bare = without_side(path)
    yield bare
    yield path.removeprefix("/")
    if not any(path.startswith(f"{root.as_posix()}/") for root in roots):
        yield _without(_MADE_UP, bare)


def _without(start: re.Pattern[str], path: str) -> str:
    found = start.match(path)
    return path[found.end() :] if found else path


def _ends_in(whole: Sequence[str], path: Sequence[str]) -> bool:
    """Whether the last names of a path are those of the other, folders in any case of letters."""
    if not path or len(path) > len(whole) or path[-1] != whole[-1]:
        return False
    there = whole[len(whole) - len(path) :]
    return [name.casefold() for name in path] == [name.casefold() for name in there]


def _parts(path: str) -> list[str]:
    return [name for name in path.split("/") if name not in {"", "."}]
