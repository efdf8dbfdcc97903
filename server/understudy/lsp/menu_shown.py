"""Menu entries about what is shown already: configuration problems, failed runs, findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.lsp.convert import to_span, workspace_edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.lsp.app import App
    from understudy.lsp.documents import Document

PREFIX = "Understudy: "
"""Begins every menu entry, so that users can filter by it."""

KIND = "quickfix.understudy"
"""Of entries that carry their edit; those with a command have their task's kind."""
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for the menu, positions in the client's units.

    Attributes:
        diagnostics: as the client sent them, plain JSON, of any shape.
        only: the kinds asked for; None for all.
        automatic: nobody asked: the editor wants to know whether to show a light bulb.
    """

    document: Document
    start: Position
    end: Position
    diagnostics: list[Any]
    only: tuple[str, ...] | None
    automatic: bool


def mending_actions(app: App, asked: Asked) -> list[lsp.CodeAction]:
    """What puts a configuration document right; no model ever works on one."""
    mends = app.session.mends[asked.document.uri]
    if mends.version != asked.document.version or not wanted(KIND, asked.only):
        return []
    index, encoding = asked.document.index, app.session.client.encoding
    uri = asked.document.uri
    return [
        lsp.CodeAction(
            title=_mending_title(
                to_span(index, edit.range, encoding).of(index.text), edit.new_text
            ),
            kind=KIND,
            diagnostics=[diagnostic],
            edit=workspace_edit(uri, mends.version, [edit]),
            data={"key": diagnostic.code},
        )
        for diagnostic, edit in mends.each
        if diagnostic.range.start.line <= asked.end[0]
        and diagnostic.range.end.line >= asked.start[0]
    ]


def _mending_title(before: str, after: str) -> str:
    """What a repair does. A string is not repeated: it may be a key in the wrong place."""
    if before[:1] in {'"', "'"}:
        return f"{PREFIX}Use `{after}`"
    return f"{PREFIX}`{before}` → `{after}`"


def shown_actions(app: App, asked: Asked) -> list[lsp.CodeAction]:
    """What can be done about failed runs and findings that are shown here."""
    if not wanted(KIND, asked.only):
        return []
    return [
        lsp.CodeAction(
            title=PREFIX + title,
            kind=KIND,
            diagnostics=[diagnostic],
            command=lsp.Command(title=PREFIX + title, command=command, arguments=[arguments]),
        )
        for title, diagnostic, command, arguments in _entries(app, asked)
    ]


def _entries(app: App, asked: Asked) -> Iterator[tuple[str, lsp.Diagnostic, str, dict[str, Any]]]:
    """Title, diagnostic, command and argument. Imported only when there is something shown."""
    uri, first, last = asked.document.uri, asked.start[0], asked.end[0]
    if uri in app.session.failed:
        from understudy.lsp.again import next_steps
        from understudy.lsp.failed import diagnostic_of, failed_at

        for failed in failed_at(app, uri, first, last):
            shown = diagnostic_of(failed, asked.document, app)
            for title, command, arguments in next_steps(app, failed):
                yield title, shown, command, arguments
    if uri in app.session.findings:
        from understudy.lsp.findings import entries

        yield from entries(app, uri, first, last)


def wanted(kind: str, only: tuple[str, ...] | None) -> bool:
    """Whether a client that asked for some kinds gets this one."""
    if only is None:
        return True
    return any(not wanted or kind == wanted or kind.startswith(wanted + ".") for wanted in only)
