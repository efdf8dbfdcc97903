"""Which editors there are, and how each is told about a language server.

What one editor needs stands in one file of `editors.known`, which defines `EDITOR`. The other
modules know kinds of files (JSON with comments, TOML, text with a block of ours) and no editor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from understudy.editors.machine import Machine


@dataclass(frozen=True, slots=True)
class Server:
    """What is to be started, and for which documents.

    Attributes:
        command: a program and its arguments.
        languages: LSP language ids.
    """

    command: tuple[str, ...]
    languages: tuple[str, ...]


class Form(Protocol):
    r"""How the configuration is written into a file that is also somebody else's.

    Texts have `\n` as their line ends. Each method that is given a text raises `RefusedError`, with
    a clause that follows a file's name, when it can't be read.
    """

    def snippet(self, server: Server) -> str:
        """What a person would write into an empty file."""

    def put(self, text: str, server: Server) -> str:
        """The text with the configuration in it, once; the same text when it is there already."""

    def remove(self, text: str) -> str:
        """The text without it."""

    def command(self, text: str) -> tuple[str, ...]:
        """The command that the text has for Understudy, whoever wrote it; empty when it has none."""


@dataclass(frozen=True, slots=True)
class Client:
    """One way in which an editor talks to a language server.

    Attributes:
        id: the word for it on the command line.
        name: for people.
        place: the file that the configuration belongs into.
        form: how it is written there.
        evidence: patterns of paths, one of which is there when the client is; none for what the
            editor brings along.
        need: how to get the client, as a sentence; empty for what the editor brings along.
        note: what else there is to know, as sentences.
        by_itself: whether it finds a server when it is told of none.
        alone: whether it runs one server for a document, so that this one takes another's place.
        full_path: whether the program is named with its path: windows are often opened by
            something that has another `PATH` than a shell.
    """

    id: str
    name: str
    place: Callable[[Machine], Path]
    form: Form
    evidence: Callable[[Machine], Iterable[Path]] | None = None
    need: str = ""
    note: str = ""
    by_itself: bool = False
    alone: bool = False
    full_path: bool = False


@dataclass(frozen=True, slots=True)
class Editor:
    """A program that people write with.

    Attributes:
        id: the word for it on the command line; its file and its page are named after it.
        name: for people.
        programs: names that it is installed under, the usual one first.
        version_arguments: what makes it print its version without opening a window; empty for an
            editor that always opens one.
        oldest: the first version that works, where that is known.
        traces: folders that are there once it was started, for editors that are not on `PATH`.
        clients: in the order of preference; the first that is installed is set up.
    """

    id: str
    name: str
    programs: tuple[str, ...]
    clients: tuple[Client, ...]
    version_arguments: tuple[str, ...] = ("--version",)
    oldest: tuple[int, ...] = ()
    traces: Callable[[Machine], Iterable[Path]] | None = None


def all_editors() -> dict[str, Editor]:
    """Every editor, by its id."""
    from understudy.core.plugins import load_folder
    from understudy.editors import known

    return load_folder(known, "EDITOR", Editor)
