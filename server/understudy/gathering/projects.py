"""What a resolver of imports is told: the project's settings, and the file that imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from understudy.gathering.paths import folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from understudy.index.facts import Facts, Place

Layout = TypeVar("Layout")


class Files(Protocol):
    """What a resolver may ask about the workspace, as `Index` answers it."""

    def has(self, path: str) -> bool:
        """Whether there is such a source file."""

    def ending(self, tail: str) -> Sequence[str]:
        """The files whose paths end so, at a border of folders."""

    def in_folder(self, folder: str) -> Sequence[str]:
        """The source files directly in a folder."""

    def of_module(self, module: str) -> Sequence[str]:
        """The files that call themselves so."""

    def named(self, name: str) -> Sequence[Place]:
        """The definitions of a name."""

    def facts(self, path: str) -> Facts | None:
        """What a file holds."""


@dataclass(frozen=True, slots=True)
class Project:
    """The files that tell how a workspace is laid out.

    Attributes:
        root: the workspace folder.
        texts: of the settings files that a resolver asked for, by path.
        text: of any other file, for settings that name further ones; None where there is none.
    """

    root: Path | None
    texts: Mapping[str, str]
    text: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Here(Generic[Layout]):
    """A file that imports.

    Attributes:
        path: below the workspace folder.
        module: what the file calls itself (`Facts.module`).
        layout: what the resolver read from the project's settings.
    """

    index: Files
    path: str
    module: str
    layout: Layout

    @property
    def folder(self) -> str:
        """Where the file lies."""
        return folder_of(self.path)
