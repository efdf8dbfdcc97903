"""Fragments of prompts as documents: what is wrong is underlined, and names can be followed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.convert import to_range
from understudy.lsp.naming import SOURCE
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from understudy.config.settings import Settings
    from understudy.core.lines import Encoding, LineIndex
    from understudy.lsp.app import App
    from understudy.prompt.fragment import Fragment, Layer
    from understudy.prompt.impossible import World
    from understudy.prompt.layers import Library
    from understudy.prompt.trouble import Trouble

ENDINGS = (".md", ".hbs", ".handlebars")
_PLACE = "/fragments/"


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known beside an open fragment's file.

    Attributes:
        version: of the document when it was looked up.
        library: all fragments, with those of open documents as they are in the editor.
        world: what fragments can be chosen by.
        taken: the models that the fragment is taken for, as words for people.
        layer: where the file lies.
        name: of the file, without its ending.
        troubles: what is wrong with the file.
        used: `(runs, good)`: how many runs had it in a prompt, and of how many the reply was of use.
    """

    version: int
    library: Library
    world: World
    taken: tuple[str, ...] = ()
    used: tuple[int, int] = (0, 0)
    layer: Layer = "built-in"
    name: str = ""
    troubles: tuple[Trouble, ...] = ()


def is_fragment(app: App, uri: str) -> bool:
    """Whether a document is a fragment of the user's, of a workspace's, or a built-in one."""
    if not uri.endswith(ENDINGS) or _PLACE not in uri:
        return False
    from understudy.prompt.library import layer_of

    path = path_of(uri)
    return path is not None and layer_of(path, app.session.root_of(path)) is not None


def look_at_fragments(app: App, uri: str) -> None:
    """Publish what is wrong with the open fragments, since one of them changed in an editor or on disk.

    An id that is gone, or given twice, is wrong in other files than the one that was changed. Does
    nothing for a document that is no fragment.
    """
    if is_fragment(app, uri):
        look_at_all_fragments(app)


def look_at_all_fragments(app: App) -> None:
    """The same, since what fragments can be chosen by may be something else now."""
    for document in app.session.documents.values():
        if not document.lost and is_fragment(app, document.uri):
            app.spawn(_publish(app, document.uri, document.version), "fragment")


def desk_of(app: App, uri: str) -> Desk | None:
    """What is known beside a fragment's document; None for others, and before it was looked up."""
    desk = app.session.desks.get(uri)
    return desk if uri in app.session.documents else None


async def _publish(app: App, uri: str, version: int) -> None:
    document, path = app.session.documents.get(uri), path_of(uri)
    if document is None or document.version != version or path is None:
        return
    root = app.session.root_of(path)
    texts = {other: one.text for other, one in app.session.documents.items() if not one.lost}
    settings = app.session.settings_for(root)
    found = await asyncio.to_thread(_look_up, texts, (uri, path), root, settings)
    if app.session.documents.get(uri) is not document or document.version != version:
        return
    before, desk = app.session.desks.get(uri), replace(found, version=version)
    app.session.desks[uri] = desk
    if before is not None and (before.version, before.troubles) == (version, desk.troubles):
        return
    index, encoding = document.index, app.session.client.encoding
    app.notify(
        lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS,
        lsp.PublishDiagnosticsParams(
            uri=uri,
            diagnostics=[_diagnostic(index, one, encoding) for one in desk.troubles],
            version=version,
        ),
    )


def _look_up(
    texts: Mapping[str, str], document: tuple[str, Path], root: Path | None, settings: Settings
) -> Desk:
    """What is wrong with one of the open documents, and what stands beside it. Reads files."""
    from understudy.engine.fragment_world import fragment_world, taken_for
    from understudy.prompt.checking import troubles_of
    from understudy.prompt.fragment import read_fragment
    from understudy.prompt.library import layer_of, written_library

    uri, path = document
    library = written_library(root)
    for other, text in texts.items():
        fragment = _open_fragment(other, text, root)
        library = library.with_fragment(fragment) if fragment is not None else library
    world = fragment_world(settings)
    reading = read_fragment(texts[uri], path.stem, "workspace", str(path))
    fragment = _open_fragment(uri, texts[uri], root)
    taken = taken_for(fragment, settings) if fragment is not None else ()
    if reading.fragment is not None and fragment is not None:
        reading = read_fragment(texts[uri], path.stem, fragment.layer, str(path))
    used = _used(fragment) if fragment is not None else (0, 0)
    layer = layer_of(path, root) or "built-in"
    troubles = troubles_of(reading, library, world)
    return Desk(0, library, world, taken, used, layer, path.stem, troubles)


def _used(fragment: Fragment) -> tuple[int, int]:
    from understudy.config.paths import journal_file
    from understudy.core.failures import UnavailableError
    from understudy.journal.fragment_use import fragment_use

    try:
        return fragment_use(journal_file(), fragment.id, fragment.layer)
    except UnavailableError:
        return 0, 0


def _open_fragment(uri: str, text: str, root: Path | None) -> Fragment | None:
    """The fragment in a document; None when it is none, or can't be read."""
    from understudy.prompt.fragment import read_fragment
    from understudy.prompt.library import layer_of

    path = path_of(uri) if uri.endswith(ENDINGS) and _PLACE in uri else None
    layer = layer_of(path, root) if path is not None else None
    if path is None or layer is None:
        return None
    return read_fragment(text, path.stem, layer, str(path)).fragment


def _diagnostic(index: LineIndex, trouble: Trouble, encoding: Encoding) -> lsp.Diagnostic:
    severities = {
        "error": lsp.DiagnosticSeverity.Error,
        "warning": lsp.DiagnosticSeverity.Warning,
        "hint": lsp.DiagnosticSeverity.Hint,
    }
    return lsp.Diagnostic(
        range=to_range(index, trouble.span, encoding),
        message=trouble.message,
        severity=severities[trouble.severity],
        source=SOURCE,
        code=trouble.code or None,
    )
