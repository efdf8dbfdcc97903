"""Which document a path in a reply means. Only who hands over `is_there` looks at the disk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.reading import Refusal, UnreadableError, unreadable
from understudy.reading.path_words import without_line
from understudy.reading.same_path import fits, is_open_elsewhere, names_of
from understudy.workspace.paths import is_safe_below

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from understudy.workspace.view import View

OWN = ""
"""The key of the document that was asked about."""

_ABSOLUTE = re.compile(r"(?:[A-Za-z]:)?[\\/]+")
_TWICE = re.compile(r"(?<=[^/:])/(?:\.?/)+")
_AROUND = " \t\r\n`'\"*"
_SHOWN = 120


def nowhere(path: str) -> bool:  # noqa: ARG001 - it stands for one that looks
    """That no file is there, for who may not look at the disk."""
    return False


def unread(path: str) -> str | None:  # noqa: ARG001 - it stands for one that reads
    """No text, for who may not look at the disk."""
    return None


@dataclass(frozen=True)
class Documents:
    """What a reply may change.

    Attributes:
        own: the document that was asked about.
        others: further ones, by their path as the model was told it.
        may_create: whether files may be written that do not exist yet.
        home: the path of the file that code without one is meant for; empty for the document.
        is_there: whether a path below the workspace folder is that of a file other than the document;
            for a name alone, whether any file there has it.
        text_of: the text of such a file by its path; None where it may not be read.
    """

    own: View
    others: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))
    may_create: bool = False
    home: str = ""
    is_there: Callable[[str], bool] = nowhere
    text_of: Callable[[str], str | None] = unread

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The whole path of each document that has one, else as the model was told it."""
        every = [names_of(self.own), *(names_of(view, key) for key, view in self.others.items())]
        return tuple(plain_path(one.whole or one.told) for one in every if "://" not in one.told)

    @property
    def own_only(self) -> Documents:
        """The document that was asked about, where nothing else may be changed."""
        return Documents(self.own, is_there=self.is_there, text_of=self.text_of)

    def text(self, key: str) -> str:
        """The text of a document by its key: `OWN`, or a path of `others`."""
        return self.own.text if key == OWN else self.others[key].text

    def text_elsewhere(self, path: str) -> str | None:
        """The text of a file that is none of the documents; None where nothing is known of it."""
        return self.text_of(plain_path(path)) if self.key(path) is None else None

    def language(self, key: str) -> str:
        """The language id of a document by its key."""
        return self.own.language if key == OWN else self.others[key].language

    def find(self, path: str, *, alone: bool = True) -> str | None:
        """The key of the document that a path names; None for a file that is not known.

        A path is looked for as it is, then as one that leaves folders out, as `same_path` has it.
        Each must fit exactly one document.

        Args:
            path: as the reply has it.
            alone: whether the reply names no other file, so that a document without a path must
                be meant.

        Raises:
            UnreadableError: for a path that no reply may name, and one that fits several
                documents.
        """
        path = plain_path(path)
        if not path:
            return OWN
        if found := self._named(path) or self._named(without_line(path)):
            return _only(found, path)
        nameless = self.own.path is None and not self.others and alone
        if nameless and is_safe_below(_ABSOLUTE.sub("", path, count=1)):
            return OWN
        if not is_safe_below(path):
            raise unsafe(path)
        return None

    def among(self, path: str, paths: Collection[str]) -> str | None:
        """The same for a piece that changes what is there; a name that is made up is the document's.

        Args:
            path: as the reply has it.
            paths: all that the reply names, plain.

        Raises:
            UnreadableError: as for `find`.
        """
        is_alone = len(paths) == 1
        key = self.find(path, alone=is_alone)
        return OWN if key is None and is_alone and self.is_made_up(path) else key

    def key(self, path: str) -> str | None:
        """The same as `find`; None also for a path that no reply may name, and for one that fits several."""
        try:
            return self.find(path)
        except UnreadableError:
            return None

    def is_namesake(self, path: str) -> bool:
        """Whether a path with folders has the name of the document that was asked about."""
        folders, _, name = plain_path(path).rpartition("/")
        own = self.own.name.rpartition("/")[-1]
        return bool(folders) and name.casefold() == own.casefold()

    def is_elsewhere(self, path: str) -> bool:
        """Whether a path that is none of the documents' is surely another file's.

        A bare name may be made up, unless there is such a file.
        """
        plain = plain_path(path)
        folders, _, name = plain.rpartition("/")
        if folders:
            return "." in name or self.is_namesake(plain) or self.is_known(plain)
        return self.is_known(plain)

    def is_made_up(self, path: str) -> bool:
        """Whether a path is a bare name that no file has, and none can get: it tells no place.

        Models write such names where they were told none, or don't care: `fixed.py`, `your_file.py`.
        """
        plain = plain_path(path)
        if "/" in plain or self.others or self.may_create or not is_safe_below(plain):
            return False
        return self.key(plain) is None and not self.is_known(plain)

    def is_known(self, path: str) -> bool:
        """Whether a path is that of a file which is there, and none of the documents.

        A name alone is that of any file which has it.
        """
        return is_open_elsewhere(path, self.own) or self.is_there(path.removeprefix("/"))

    def _named(self, path: str) -> set[str]:
        """The documents that a path fits, in the first of the ways in which it fits any."""
        known = {OWN: names_of(self.own)}
        known |= {key: names_of(view, plain_path(key)) for key, view in self.others.items()}
        exactly = {key for key, names in known.items() if path in names}
        if exactly or ("/" in path and self.is_known(path)):
            return exactly
        roots = [root for root in (self.own.root, *self.own.roots) if root is not None]
        return {key for key, names in known.items() if fits(path, names, roots)}


def plain_path(path: str) -> str:
    """A path as written, without quotes and marks around it, with slashes, and without `./`."""
    path = _TWICE.sub("/", path.strip(_AROUND).replace("\\", "/"))
    while path.startswith("./"):
        path = path[2:]
    return path


def is_absolute(path: str) -> bool:
    """Whether a path begins at a root or a drive."""
    return _ABSOLUTE.match(path) is not None


def unsafe(path: str) -> UnreadableError:
    """The error for a path that no reply may name."""
    return unreadable(
        Refusal.UNSAFE_PATH,
        f"`{_short(path)}` is no path that may be written to.",
        path,
        "Name files by their path below the workspace folder, as they were given.",
    )


def not_given(path: str, what: str = "changes") -> UnreadableError:
    """The error for a file that the model was not given."""
    return unreadable(
        Refusal.OTHER_FILE,
        f"The reply {what} `{_short(path)}`, which was not asked for.",
        path,
    )


def _only(found: set[str], path: str) -> str:
    if len(found) == 1:
        return found.pop()
    names = " and ".join(f"`{_short(key)}`" for key in sorted(found) if key)
    raise unreadable(
        Refusal.AMBIGUOUS,
        f"`{_short(path)}` may be any of {len(found)} files.",
        path,
        f"`{_short(path)}` may be any of several files ({names}): write the whole path.",
    )


def _short(path: str) -> str:
    shown = "".join(char if char.isprintable() else "?" for char in path)
    return shown if len(shown) <= _SHOWN else "..." + shown[-_SHOWN:]
