"""What is known about one file without looking at any other.

What there are hundreds of thousands of is a tuple, which is made in a fifth of the time of a dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Kind = Literal[
    "class", "function", "method", "field", "constant", "variable", "type", "module", "macro"
]
"""What a definition is. An interface, a trait, a struct and an enum are classes: they have members."""

EVERYTHING = "*"
"""As a name of an import: all that the module offers."""


class Definition(NamedTuple):
    """A name that a file defines, at the top or within another definition.

    Attributes:
        first: its first line, counted from 0, with decorators, attributes and the comment above it
            that documents it.
        head: the first line of its signature.
        body: the first line behind its signature; equal to `stop` where nothing follows.
        stop: the line behind its last.
        parent: the place of the definition around it among those of its file; -1 at the top.
        bases: names that a class is built on, as written.
        owner: the type that it belongs to where that stands elsewhere: a Go receiver, a Rust `impl`.
    """

    name: str
    kind: Kind
    first: int
    head: int
    body: int
    stop: int
    parent: int = -1
    bases: tuple[str, ...] = ()
    owner: str = ""


class Import(NamedTuple):
    """One import of a file.

    Attributes:
        module: as it is written, without quotes: `..pkg.mod`, `./a`, `java.util`, `crate::x`, `foo.h`.
            Empty where names of the file itself are offered under other names.
        names: what is taken from it, each with the name that it gets here. Empty where the module
            itself is meant; the name `EVERYTHING` where all is.
        alias: the name that the module itself gets here; empty for the usual one or none.
        line: where it stands, counted from 0.
        passed_on: whether it is offered to those who import this file.
    """

    module: str
    names: tuple[tuple[str, str], ...] = ()
    alias: str = ""
    line: int = 0
    passed_on: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What one file holds.

    Attributes:
        path: below the workspace folder, with `/`.
        language: LSP language id.
        digest: of its text, for telling whether it changed.
        module: the name that the file gives itself: a Java or Go package; empty where it has none.
        definitions: in the order of the text; a definition comes before those within it.
        uses: names that occur in it and are not defined in it, without repetition: who may refer to
            whom.
        is_of_earlier: whether the text changed since, and nothing is known of what is new in it.
    """

    path: str
    language: str
    digest: str
    module: str = ""
    definitions: tuple[Definition, ...] = ()
    imports: tuple[Import, ...] = ()
    uses: tuple[str, ...] = ()
    is_of_earlier: bool = False


class Place(NamedTuple):
    """A definition and the file that holds it."""

    path: str
    number: int
    definition: Definition


class Index(Protocol):
    """What can be asked about a workspace. Every answer may block for some milliseconds.

    Open documents win over the disk: what is told of them is told of their text in the editor.
    """

    @property
    def ready(self) -> bool:
        """Whether every file was read, as it is now as far as that is known.

        Until then answers are true but not complete.
        """

    def named(self, name: str, limit: int = 50) -> Sequence[Place]:
        """The definitions of a name, in a fixed order."""

    def facts(self, path: str) -> Facts | None:
        """What a file holds; None for one that is not there or is left out."""

    def has(self, path: str) -> bool:
        """Whether the workspace has such a source file."""

    def ending(self, tail: str) -> Sequence[str]:
        """The files whose paths end so, at a border of folders (`b/c.py` for `a/b/c.py`), sorted."""

    def in_folder(self, folder: str) -> Sequence[str]:
        """The source files directly in a folder, sorted; an empty name is the workspace itself."""

    def of_module(self, module: str) -> Sequence[str]:
        """The files that call themselves so (`Facts.module`), sorted."""

    def using(self, name: str, limit: int = 50) -> Sequence[str]:
        """The files in which a name occurs that they do not define, sorted."""

    def text(self, path: str) -> str | None:
        """The text of a file as it is now: of the open document, else from the disk."""

    def digest(self, path: str) -> str:
        """The digest of a source file's bytes as they are now; of an open one, of its text.

        Empty where there is none.
        """

    def version(self, path: str) -> int | None:
        """The version of the open document; None for a file that is not open."""

    def settings_files(self, names: Iterable[str]) -> Sequence[str]:
        """The paths of files that tell how a project is laid out (`tsconfig.json`, `go.mod`), sorted.

        Of those that are no sources, `*` in a name stands for anything.
        """


def path_of(one: Definition, among: Sequence[Definition]) -> tuple[str, ...]:
    """The names of what is around a definition, from the outside in, and its own.

    Args:
        one: the definition.
        among: those of its file, in their order.
    """
    names = [one.name, one.owner]
    while one.parent >= 0:
        one = among[one.parent]
        names += [one.name, one.owner]
    return tuple(reversed(names[:1] + [name for name in names[1:] if name]))
