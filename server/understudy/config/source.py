"""One configuration layer as it was found: its raw values, and where they stand in its text."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.config.paths import config_file
from understudy.config.problems import ConfigProblem, Layer
from understudy.config.toml_text import MAX_CHARACTERS, read_toml
from understudy.core.plain_files import read_plain
from understudy.core.text import Edit

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.config.toml_text import KeyPath, KeySpans
    from understudy.core.text import Span

WORKSPACE_FILE = (".understudy", "config.toml")

_ENOUGH_BYTES = 4 * (MAX_CHARACTERS + 1)


@dataclass(frozen=True, slots=True)
class Source:
    """A layer before anyone looked at what its values mean.

    Attributes:
        path: the file; None for the editor's settings.
        text: the file's text; None when there is none or it can't be read.
        error: why nothing could be read from it, as the end of a sentence; None when it could.
        doubtful: whether the workspace may have written it, so that its commands need trust.
    """

    layer: Layer
    path: Path | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    text: str | None = None
    places: Mapping[KeyPath, KeySpans] = field(default_factory=dict)
    error: str | None = None
    error_span: Span | None = None
    doubtful: bool = False

    @property
    def name(self) -> str:
        """How a sentence names the layer: by its file, or as the editor's settings."""
        return f"`{self.path}`" if self.path is not None else f"the {self.layer}'s settings"

    def key_span(self, spelled: KeyPath) -> Span | None:
        """Where a key stands, by its spelling in the file."""
        found = self.places.get(spelled)
        return found.key if found else None

    def value_span(self, spelled: KeyPath) -> Span | None:
        """Where a value stands; for a `[table]`, its header."""
        found = self.places.get(spelled)
        return found.value if found else None

    def problem(
        self, key: str, message: str, span: Span | None = None, suggestion: str | None = None
    ) -> ConfigProblem:
        """A problem of this layer; `suggestion` is meant to replace the characters of `span`."""
        fix = Edit(span, suggestion) if span is not None and suggestion is not None else None
        return ConfigProblem(self.layer, self.path, key, message, span, suggestion, fix)


def from_text(layer: Layer, path: Path, text: str) -> Source:
    """A layer from the text of a file, saved or not. Never raises."""
    toml = read_toml(text)
    error = None if toml.error is None else f"is not valid TOML: {toml.error}"
    return Source(layer, path, toml.values, text, toml.places, error, toml.error_span)


def from_file(layer: Layer, path: Path) -> Source:
    """A layer from a file; one without values when there is no such file. Never raises."""
    try:
        text = _read(path)
    except FileNotFoundError:
        return Source(layer, path)
    except UnicodeDecodeError:
        return Source(layer, path, error="is not UTF-8 text")
    except (OSError, ValueError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else None
        return Source(layer, path, error=f"can't be read: {reason or failure}")
    return from_text(layer, path, text)


def from_editor(values: object, *, doubtful: bool = False) -> Source:
    """A layer from what an editor sent: an object, or None when it sent nothing."""
    if values is None:
        return Source(Layer.EDITOR)
    if not isinstance(values, Mapping):
        return Source(Layer.EDITOR, error="must be an object with settings in it")
    return Source(Layer.EDITOR, values=values, doubtful=doubtful)


def load_sources(
    root: Path | None, editor: object = None, *, doubtful: bool = False
) -> tuple[Source, ...]:
    """The user's, the workspace's and the editor's layer, in that order. Reads two files.

    Args:
        root: the workspace folder; None for documents outside any.
        editor: the editor's settings as decoded JSON.
        doubtful: whether the workspace may have had a hand in the editor's settings.
    """
    sources = [from_file(Layer.USER, config_file())]
    if root is not None:
        sources.append(from_file(Layer.WORKSPACE, root.joinpath(*WORKSPACE_FILE)))
    return (*sources, from_editor(editor, doubtful=doubtful))


def layer_of(path: Path, root: Path | None) -> Layer | None:
    """Which layer a document is; None for a file that is no configuration."""
    if path == config_file():
        return Layer.USER
    if root is not None and path == root.joinpath(*WORKSPACE_FILE):
        return Layer.WORKSPACE
    return None


def _read(path: Path) -> str:
    """The text with its line ends and byte order mark as they are.

    Of one that is too long, enough is read to see that it is; a character that the end cuts in two
    is left out.
    """
    raw = read_plain(path, _ENOUGH_BYTES)
    return codecs.getincrementaldecoder("utf-8")().decode(raw, final=len(raw) < _ENOUGH_BYTES)
