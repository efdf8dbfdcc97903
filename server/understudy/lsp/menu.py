"""The code-action menu: verified edits first, then what can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.core.failures import BadRequestError
from understudy.lsp import door
from understudy.lsp.convert import placed_edits, to_span, workspace_edit
from understudy.lsp.naming import SOURCE
from understudy.lsp.session import EDITABLE
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.documents import Document
    from understudy.lsp.ready import Ready
    from understudy.tasks import Task

PREFIX = "Understudy: "
"""Begins every menu entry, so that users can filter by it."""

_KIND = "quickfix.understudy"
"""Of entries that carry their edit; those with a command have their task's kind."""
_MAX_NAMED = 3
"""Diagnostics that get an entry of their own; the others share "Fix problems here"."""
_MAX_CARRIED = 20
"""Diagnostics that an entry carries along in its arguments."""
_MAX_TITLE = 60

_SEVERITIES = (1, 2, 3, 4)
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


def menu(app: App, asked: Asked) -> list[lsp.CodeAction]:
    """All entries for a place, most useful first."""
    settings = app.session.settings_for(app.session.root_of_uri(asked.document.uri)).actions
    if not settings.enabled or not _editable(asked.document.uri):
        return []
    if not app.session.is_known(asked.document.uri):
        return []
    if asked.document.uri in app.session.mends:
        return _mending_actions(app, asked)
    actions = [_ready_action(app, one) for one in _ready_here(app, asked)]
    if asked.document.uri in app.session.failed and _wanted(_KIND, asked.only):
        actions += _after_failure(app, asked)
    commands: list[lsp.CodeAction] = []
    view = app.session.view(asked.document.uri)
    for task in all_tasks().values():
        shown = task.id not in settings.hide and _wanted(task.kind, asked.only)
        if shown and task.applies(view):
            commands += _task_actions(app, asked, task)
    return actions + (commands[:1] if asked.automatic else commands)


def _mending_actions(app: App, asked: Asked) -> list[lsp.CodeAction]:
    """What puts a configuration document right; no model ever works on one."""
    mends = app.session.mends[asked.document.uri]
    if mends.version != asked.document.version or not _wanted(_KIND, asked.only):
        return []
    index, encoding = asked.document.index, app.session.client.encoding
    uri = asked.document.uri
    return [
        lsp.CodeAction(
            title=_mending_title(
                to_span(index, edit.range, encoding).of(index.text), edit.new_text
            ),
            kind=_KIND,
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


def _after_failure(app: App, asked: Asked) -> list[lsp.CodeAction]:
    """What can be done about failures that are shown here. Imported only when there is one."""
    from understudy.lsp.again import next_steps
    from understudy.lsp.failed import diagnostic_of, failed_at

    return [
        lsp.CodeAction(
            title=PREFIX + title,
            kind=_KIND,
            diagnostics=[diagnostic_of(failed, asked.document, app)],
            command=lsp.Command(title=PREFIX + title, command=command, arguments=[arguments]),
        )
        for failed in failed_at(app, asked.document.uri, asked.start[0], asked.end[0])
        for title, command, arguments in next_steps(app, failed)
    ]


def _ready_here(app: App, asked: Asked) -> list[Ready]:
    first, last = asked.start[0], asked.end[0]
    return [
        ready
        for ready in app.session.ready.of(asked.document.uri)
        if ready.is_offered_at(first, last) and _wanted(_KIND, asked.only)
    ]


def _ready_action(app: App, ready: Ready) -> lsp.CodeAction:
    edits = placed_edits(ready.places, app.session.client.encoding)
    return lsp.CodeAction(
        title=ready.title,
        kind=_KIND,
        diagnostics=None,
        edit=workspace_edit(ready.uri, ready.version, edits),
        data={"editId": ready.id},
        tags=_tags(app),
    )


def _task_actions(app: App, asked: Asked, task: Task) -> list[lsp.CodeAction]:
    if task.reach == "file":
        return [_action(app, task, task.title, {"uri": asked.document.uri})]
    here = [one for one in asked.diagnostics if _overlaps(one, asked)]
    base = {"uri": asked.document.uri, "range": _range(asked)}
    named = [
        _action(app, task, f"Fix: {_short(one)}", {**base, "diagnostics": [one]}, one)
        for one in here[:_MAX_NAMED]
    ]
    rest = {**base, "diagnostics": here[:_MAX_CARRIED]} if len(here) > 1 else base
    return [*named, _action(app, task, task.title, rest)]


def _action(
    app: App, task: Task, title: str, arguments: dict[str, Any], about: Any = None
) -> lsp.CodeAction:
    title = PREFIX + title
    command = f"understudy.{task.id}"
    action = lsp.CodeAction(
        title=title,
        kind=task.kind,
        command=lsp.Command(title=title, command=command, arguments=[arguments]),
        data={"task": task.id},
        tags=_tags(app),
    )
    if about is not None:
        action.diagnostics = [_diagnostic(about)]
    return action


def _diagnostic(raw: Any) -> lsp.Diagnostic:
    """The client's diagnostic as it wants to see it again."""
    start, end = door.place(raw["range"], "range")
    code = raw.get("code")
    source = raw.get("source")
    severity = raw.get("severity")
    return lsp.Diagnostic(
        range=lsp.Range(lsp.Position(*start), lsp.Position(*end)),
        message=_message(raw),
        code=code if isinstance(code, int | str) else None,
        source=source if isinstance(source, str) else None,
        severity=lsp.DiagnosticSeverity(severity) if severity in _SEVERITIES else None,
    )


def _overlaps(raw: Any, asked: Asked) -> bool:
    """Whether a diagnostic has a proper range that shares a line with what was asked about.

    Our own are left out: they are the reasons that stand beside an edit for review.
    """
    try:
        if raw.get("source") == SOURCE:
            return False
        # Some clients send everything they know of a file. What lies elsewhere is not worth a look.
        first, last = raw["range"]["start"]["line"], raw["range"]["end"]["line"]
        if first > asked.end[0] or last < asked.start[0]:
            return False
        door.place(raw["range"], "range")
    except (BadRequestError, TypeError, KeyError, AttributeError):
        return False
    return True


def _range(asked: Asked) -> dict[str, dict[str, int]]:
    (first, column), (last, last_column) = asked.start, asked.end
    return {
        "start": {"line": first, "character": column},
        "end": {"line": last, "character": last_column},
    }


def _short(raw: Any) -> str:
    text = _message(raw).partition("\n")[0].strip() or "this problem"
    return text if len(text) <= _MAX_TITLE else text[: _MAX_TITLE - 1].rstrip() + "…"


def _message(raw: Any) -> str:
    message = raw.get("message")
    if isinstance(message, dict):
        message = message.get("value")
    return message if isinstance(message, str) else ""


def _wanted(kind: str, only: tuple[str, ...] | None) -> bool:
    if only is None:
        return True
    return any(not wanted or kind == wanted or kind.startswith(wanted + ".") for wanted in only)


def _editable(uri: str) -> bool:
    return uri.partition(":")[0].lower() in EDITABLE


def _tags(app: App) -> list[lsp.CodeActionTag] | None:
    return [lsp.CodeActionTag.LlmGenerated] if app.session.client.tags_actions else None
