"""A document as it was at one moment. Work starts from a `View` and never looks back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.core.text import Edit, Span, apply
from understudy.workspace.file_names import names_below
from understudy.workspace.paths import is_there_below

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.config.policy import Policy
    from understudy.workspace.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Notebook:
    """The other cells of a cell's notebook, as they were when the cell was frozen.

    They share their names with it: what one defines, the others use.

    Attributes:
        earlier / later: the code cells above and below, in order.
    """

    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """Another document that is open in the editor, saved or not. `version` is the client's."""

    uri: str
    path: Path
    language: str
    version: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class View:
    """Frozen document state.

    Attributes:
        uri: as the client wrote it.
        text: the whole document.
        version: the client's number for exactly this text.
        language: an LSP language id such as `"python"`.
        path: where the document lives on disk; None for `untitled:` and the like.
        root: the workspace folder that holds it, if any.
        roots: all open workspace folders; what lies inside one of them is nobody's own tool.
        selection: what the user asked about, in code points.
        diagnostics: what the client said about it.
        environment: the Python environment that settings choose; None to look for one.
        policy: what may run and leave the machine for this document.
        notebook: for a cell, the notebook around it; None for a document that stands alone.
        beside: the other open documents of its workspace folder, which tools must see as they are
            in the editor and not as they are on disk.
        recent: other files of its workspace folder that the user edited lately, the last one first.
        rules: those that a checker is asked for beside the ones of its own configuration, each with
            the checker's id: what a diagnostic was found by that is to be mended.
    """

    uri: str
    text: str
    policy: Policy
    version: int = 0
    language: str = "python"
    path: Path | None = None
    root: Path | None = None
    selection: Span = field(default=Span(0, 0))
    diagnostics: tuple[Diagnostic, ...] = ()
    environment: Path | None = None
    roots: tuple[Path, ...] = ()
    notebook: Notebook | None = None
    beside: tuple[OpenDocument, ...] = ()
    recent: tuple[Path, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()

    @cached_property
    def index(self) -> LineIndex:
        """The lines of `text`."""
        return LineIndex(self.text)

    @cached_property
    def names_below(self) -> frozenset[str] | None:
        """The names of the other files in the workspace folder; None for too many. Touches the disk."""
        return frozenset() if self.root is None else names_below(self.root, self.path)

    def edited(self, edits: tuple[Edit, ...]) -> View:
        """The same document with `edits` carried out in memory."""
        return replace(self, text=apply(self.text, edits))

    @property
    def name(self) -> str:
        """The path below the workspace folder, else the file's name, else the URI."""
        if self.path is None:
            return self.uri
        if self.root is not None and self.path.is_relative_to(self.root):
            return self.path.relative_to(self.root).as_posix()
        return self.path.name


def is_another_file(view: View, path: str) -> bool:
    """Whether a path below the workspace folder is that of a file other than the document.

    A name alone is looked for in all folders; where they hold too many files to look at all of
    them, it may be there. Touches the disk.
    """
    if view.root is None or "/" in path:
        return view.root is not None and is_there_below(path, view.root, view.path)
    return view.names_below is None or path in view.names_below
