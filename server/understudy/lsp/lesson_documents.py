"""Lessons' files and the report of all: what is wrong is underlined, what can be said is offered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.lsp.convert import to_range
from understudy.lsp.lesson_choices import choices
from understudy.lsp.naming import SOURCE
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from understudy.lsp.app import App
    from understudy.lsp.documents import Document
    from understudy.lsp.lesson_choices import Choice
    from understudy.lsp.menu_shown import Asked
    from understudy.prompt.trouble import Trouble

REPORT = "lessons.md"
"""What the report's file is called."""
_PLACE, _ENDING = "/lessons/", ".md"
_NEAR = "near"
"""The code of the hint that another lesson says nearly the same."""


def is_lesson(app: App, uri: str) -> bool:
    """Whether a document is a lesson's file, the user's or a workspace's."""
    return _lesson_path(app, uri) is not None


def look_at_lesson(app: App, document: Document) -> None:
    """Publish what is wrong with a lesson's document; does nothing for any other."""
    if not document.lost and is_lesson(app, document.uri):
        app.spawn(_publish(app, document.uri, document.version), "lesson")


def lesson_actions(app: App, asked: Asked) -> list[lsp.CodeAction]:
    """What can be said of the lesson that a line of a lesson's file or of the report is about."""
    uri = asked.document.uri
    if not uri.endswith(_ENDING):
        return []
    found = _choices(app, asked)
    if not found:
        return []
    # Imported here: few documents are lessons.
    from understudy.lsp.menu_shown import KIND, PREFIX, wanted

    if not wanted(KIND, asked.only):
        return []
    return [
        lsp.CodeAction(
            title=PREFIX + one.title,
            kind=KIND,
            command=lsp.Command(
                title=PREFIX + one.title,
                command="understudy.reviewLesson",
                arguments=[one.arguments],
            ),
        )
        for one in found
    ]


def _choices(app: App, asked: Asked) -> tuple[Choice, ...]:
    """What can be said of a lesson; nothing in a document that is not about lessons."""
    document, uri = asked.document, asked.document.uri
    if uri.rpartition("/")[2] == REPORT and app.is_scratch(uri):
        from understudy.engine.lessons_text import lesson_at

        at = lesson_at(document.text, asked.start[0])
        return choices(at.id, at.state, at.like) if at is not None else ()
    path = _lesson_path(app, uri)
    if path is None:
        return ()
    from understudy.learning.lesson_file import read_lesson

    lesson = read_lesson(document.text, path.stem).lesson
    if lesson is None:
        return ()
    is_waiting = lesson.review == "waiting" and lesson.state in {"active", "shadow"}
    state = "waiting" if is_waiting else lesson.state
    return choices(lesson.id, state, _near(asked.diagnostics))


def _near(diagnostics: Iterable[Any]) -> Iterator[str]:
    """The lessons that hints at these lines name: the menu itself looks at no other file."""
    for one in diagnostics:
        match one:
            case {"code": code, "source": source, "data": {"lesson": str() as other}}:
                if (code, source) == (_NEAR, SOURCE):
                    yield other
            case _:
                pass


def _lesson_path(app: App, uri: str) -> Path | None:
    """The path of a lesson's file, the user's or a workspace's; None for every other document."""
    if not uri.endswith(_ENDING) or _PLACE not in uri:
        return None
    from understudy.learning.shelf import level_of

    path = path_of(uri)
    if path is None or level_of(path, app.session.root_of(path)) is None:
        return None
    return path


async def _publish(app: App, uri: str, version: int) -> None:
    document, path = app.session.documents.get(uri), path_of(uri)
    if document is None or document.version != version or path is None:
        return
    root = app.session.root_of(path)
    found = [*await asyncio.to_thread(_troubles, document.text, path, root)]
    if app.session.documents.get(uri) is not document or document.version != version:
        return
    index, encoding = document.index, app.session.client.encoding
    diagnostics = [
        lsp.Diagnostic(
            range=to_range(index, one.span, encoding),
            message=one.message,
            severity=_SEVERITIES[one.severity],
            source=SOURCE,
            code=one.code or None,
            data={"lesson": other} if other else None,
        )
        for one, other in found
    ]
    app.notify(
        lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS,
        lsp.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics, version=version),
    )


def _troubles(text: str, path: Path, root: Path | None) -> Iterator[tuple[Trouble, str]]:
    """What is wrong with a lesson as it is written, alone and beside the others. Reads files.

    With what is nearly the same comes the id of the lesson that says it, else nothing.
    """
    from understudy.core.text import Span
    from understudy.learning.conflicts import conflict
    from understudy.learning.identity import identity, near
    from understudy.learning.lesson_file import read_lesson
    from understudy.learning.shelf import level_of, load_shelf
    from understudy.prompt.trouble import Trouble

    reading = read_lesson(text, path.stem, level_of(path, root) or "user", str(path))
    yield from ((one, "") for one in reading.troubles)
    lesson = reading.lesson
    if lesson is None:
        return
    others = [other for other in load_shelf(root).lessons if other.path != str(path)]
    words = Span(reading.front.body, len(text))
    for other in others:
        if identity(other) == identity(lesson):
            message = f"The lesson `{other.id}` is about the same; only one of them counts."
            yield Trouble(Span(0, 3), message, "warning", "double"), ""
        elif conflict(lesson, other):
            message = (
                f"The lesson `{other.id}` says the opposite; only the better proved one counts."
            )
            yield Trouble(words, message, "warning", "contradiction"), ""
    for other in near(lesson, others):
        message = f"The lesson `{other.id}` says nearly the same; they can be made one."
        yield Trouble(words, message, "hint", _NEAR), other.id


_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "hint": lsp.DiagnosticSeverity.Hint,
}
