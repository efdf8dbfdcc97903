"""Files that an instruction names, in words such as `src/shop.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError
from understudy.core.text import Span
from understudy.languages import language_of
from understudy.workspace.paths import inside, is_safe_below
from understudy.workspace.source_files import read_source

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from understudy.workspace.view import View

_PATH = re.compile(r"[\w./\\-]{1,200}\.\w{1,12}\b")
_GOES = re.compile(r"\b(?:delete|remove|rename|move)\b", re.IGNORECASE)
_GOES_ITSELF = re.compile(
    r"\b(?:delete|remove|rename|move)[ ]+(?:the[ ]+|this[ ]+)?(?:whole[ ]+|entire[ ]+)?(?:file\b[ ]*|module\b[ ]*)?"
    r"(?:(?<=file)|(?<=module)|(?<=[ ])[`'\"]?(?P<path>[\w./\\-]{1,200}\.\w{1,12})\b)",
    re.IGNORECASE,
)
_MOST = 5


@dataclass(frozen=True, slots=True)
class Named:
    """What an instruction names.

    Attributes:
        files: those that exist, by their path below the workspace folder.
        may_create: whether a file is named that does not exist, or one is to go or move.
    """

    files: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))
    may_create: bool = False


def named_files(view: View, words: str, known: Collection[str] = ()) -> Named:
    """The files of a document's workspace folder that an instruction names. Reads them.

    Args:
        view: the document that the instruction is about.
        words: the instruction.
        known: paths of documents that are at hand already.

    Raises:
        RefusedError: a file that is named can't be read, and so not be changed.
    """
    root = view.root
    if root is None:
        return Named()
    found: dict[str, View] = {}
    new = False
    for path in _paths(words):
        if path == view.name or path in known:
            continue
        target = root / path
        if target.is_file():
            other = _view_of(view, target)
            if other is not None and len(found) < _MOST:
                found[path] = other
        elif "/" in path or not _ends(path, (*known, view.name)):
            new = True
    goes = bool(found or known) and _GOES.search(words) is not None
    return Named(MappingProxyType(found), new or goes or _goes_itself(view, words))


def _goes_itself(view: View, words: str) -> bool:
    """Whether the document itself is to go: one whose lines are to go is named as well."""
    for one in _GOES_ITSELF.finditer(words):
        path = (one["path"] or "").replace("\\", "/").removeprefix("./")
        if not path or path == view.name or _ends(path, (view.name,)):
            return True
    return False


def view_of(view: View, path: Path) -> View | None:
    """A file beside a document, as it is in the editor or else on disk; None when it is no text."""
    try:
        return _view_of(view, path)
    except RefusedError:
        return None


def _view_of(view: View, path: Path) -> View | None:
    """The same; None outside of the folder, and an error with the reason for what is no text."""
    if view.root is None or not inside(path, view.root):
        return None
    here = next((one for one in view.beside if one.path == path), None)
    if here is None:
        text, uri, version = read_source(path).text, path.as_uri(), 0
    else:
        text, uri, version = here.text, here.uri, here.version
    return replace(
        view,
        uri=uri,
        text=text,
        version=version,
        language=language_of(path, text) or "plaintext",
        path=path,
        selection=Span(0, 0),
        diagnostics=(),
        notebook=None,
    )


def _paths(words: str) -> list[str]:
    """What looks like the path of a source file, in order, each once."""
    found = (one[0].replace("\\", "/").removeprefix("./") for one in _PATH.finditer(words))
    return [
        path
        for path in dict.fromkeys(found)
        if is_safe_below(path) and language_of(PurePosixPath(path)) is not None
    ]


def _ends(name: str, paths: Collection[str]) -> bool:
    """Whether a bare name is that of a file which is at hand."""
    return any(path.rsplit("/", 1)[-1] == name for path in paths)
