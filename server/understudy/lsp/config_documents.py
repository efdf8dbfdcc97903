"""Configuration files as documents: problems are underlined while they are written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.convert import text_edits, to_range
from understudy.lsp.naming import SOURCE
from understudy.lsp.session import Mends
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.config.problems import ConfigProblem
    from understudy.core.lines import Encoding, LineIndex
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document


def is_configuration(app: App, uri: str) -> bool:
    """Whether a document is the user's or a workspace's configuration of Understudy."""
    if not uri.endswith("config.toml"):
        return False
    from understudy.config.source import layer_of

    path = path_of(uri)
    return path is not None and layer_of(path, app.session.root_of(path)) is not None


def look_at_configuration(app: App, document: Document) -> None:
    """Publish the problems of a configuration document; does nothing for any other."""
    if not document.lost and is_configuration(app, document.uri):
        app.spawn(_publish(app, document.uri, document.version), "configuration")


def read_again(app: App) -> None:
    """Resolve all settings anew; running jobs keep theirs."""
    if app.background is not None:
        app.spawn(app.background.read_settings(), "settings")


def keep_up(app: App) -> None:
    """Resolve all settings anew if another program changed their files or the trust record."""
    if app.background is not None:
        app.spawn(app.background.keep_up(), "settings")


async def _publish(app: App, uri: str, version: int) -> None:
    document = app.session.documents.get(uri)
    if document is None or document.version != version:
        return
    index, text = document.index, document.text
    path = path_of(uri)
    root = app.session.root_of(path)
    problems = await asyncio.to_thread(_problems, text, path, root)
    if app.session.documents.get(uri) is not document or document.version != version:
        return
    encoding = app.session.client.encoding
    diagnostics = [_diagnostic(index, problem, encoding) for problem in problems]
    app.session.mends[uri] = Mends(
        version,
        tuple(
            (diagnostic, text_edits(index, [problem.fix], encoding)[0])
            for diagnostic, problem in zip(diagnostics, problems, strict=True)
            if problem.fix is not None
        ),
    )
    params = lsp.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics, version=version)
    app.notify(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


_TOP = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))


def _problems(text: str, path: Path | None, root: Path | None) -> tuple[ConfigProblem, ...]:
    from understudy.config.diagnose import diagnose
    from understudy.config.problems import Layer
    from understudy.config.source import from_text, layer_of, load_sources
    from understudy.engine.setup import known_ids_and_keys

    layer = layer_of(path, root) if path is not None else None
    if path is None or layer is None:
        return ()
    below = load_sources(None) if layer is Layer.WORKSPACE else ()
    return diagnose(from_text(layer, path, text), below, known_ids_and_keys(), root)


def _diagnostic(index: LineIndex, problem: ConfigProblem, encoding: Encoding) -> lsp.Diagnostic:
    severity = lsp.DiagnosticSeverity
    return lsp.Diagnostic(
        range=to_range(index, problem.span, encoding) if problem.span else _TOP,
        message=problem.message,
        severity=severity.Hint if problem.is_hint else severity.Error,
        source=SOURCE,
        code=problem.key or None,
    )
