"""The code-action menu: verified edits first, then what can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from understudy.core.failures import BadRequestError
from understudy.lsp import door
from understudy.lsp.convert import placed_edits, workspace_edit
from understudy.lsp.editable import is_editable
from understudy.lsp.influences import switches
from understudy.lsp.lesson_documents import lesson_actions
from understudy.lsp.menu_shown import (
    KIND,
    PREFIX,
    mending_actions,
    shown_actions,
    wanted,
)
from understudy.lsp.naming import OURS
from understudy.lsp.ready import hunks_of
from understudy.lsp.signal_actions import signal_actions
from understudy.models.registry import known_models
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.lsp.app import App
    from understudy.lsp.menu_shown import Asked
    from understudy.lsp.ready import Ready
    from understudy.tasks import Task

_MAX_NAMED = 3
"""Diagnostics that get an entry of their own; the others share "Fix problems here"."""
_MAX_CARRIED = 20
"""Diagnostics that an entry carries along in its arguments."""
_MAX_TITLE = 60
_MOST_LINES = 200
"""Selected lines among which a comment is looked for that asks for something."""

_SEVERITIES = (1, 2, 3, 4)
_REACHES = ("diagnostic", "file", "selection")


def menu(app: App, asked: Asked) -> list[lsp.CodeAction]:
    """All entries for a place, most useful first."""
    settings_here = app.session.settings_for(app.session.root_of_uri(asked.document.uri))
    settings = settings_here.actions
    if not settings.enabled or not is_editable(asked.document.uri):
        return []
    if not app.session.is_known(asked.document.uri):
        return []
    if (own := _in_own_document(app, asked)) is not None:
        return own
    ready = _ready_here(app, asked)
    actions = [_ready_action(app, one) for one in ready]
    if not asked.automatic:
        actions += _testing_actions(app, ready) if settings_here.gate.run_tests != "never" else ()
        actions += [_taking_apart(one) for one in ready if _has_parts(one)]
        actions += [each for one in ready for each in switches(asked.document.uri, one)]
    actions += shown_actions(app, asked)
    commands: list[lsp.CodeAction] = []
    view = app.session.view(asked.document.uri)
    with_models = _has_models(app, asked)
    for task in sorted(all_tasks().values(), key=_usual):
        shown = task.id not in settings.hide and wanted(task.kind, asked.only)
        if task.reach == "selection" and not with_models:
            continue
        if shown and task.applies(view):
            commands += _task_actions(app, asked, task)
    return actions + (commands[:1] if asked.automatic else commands)


def _in_own_document(app: App, asked: Asked) -> list[lsp.CodeAction] | None:
    """What is offered in a configuration document and in reports; None for all other documents."""
    if asked.document.uri in app.session.mends:
        return mending_actions(app, asked)
    return lesson_actions(app, asked) or signal_actions(app, asked) or None


def _has_models(app: App, asked: Asked) -> bool:
    """Whether there is a model for wishes, which the offline one does not carry out.

    The registry was read when the settings were; until then nothing is promised.
    """
    if app.background is None or not app.background.settled.is_set():
        return False
    settings = app.session.settings_for(app.session.root_of_uri(asked.document.uri))
    return any(one.locality != "built-in" for one in known_models(settings).values())


def _usual(task: Task) -> tuple[int, str]:
    """Where a task stands in the menu: what mends problems comes first."""
    return (_REACHES.index(task.reach), task.id)


def _ready_here(app: App, asked: Asked) -> list[Ready]:
    first, last = asked.start[0], asked.end[0]
    return [
        ready
        for ready in app.session.ready.of(asked.document.uri)
        if ready.is_offered_at(first, last) and wanted(KIND, asked.only)
    ]


def _ready_action(app: App, ready: Ready) -> lsp.CodeAction:
    action = lsp.CodeAction(
        title=ready.title, kind=KIND, data={"editId": ready.id}, tags=_tags(app)
    )
    if not ready.files:
        edits = placed_edits(ready.places, app.session.client.encoding)
        action.edit = workspace_edit(ready.uri, ready.version, edits)
        return action
    # Imported here: few edits are of several files.
    from understudy.lsp.many_files import rests_on_disk, together

    if rests_on_disk(app, ready):
        # No disk is looked at for a menu, so the files are compared once the entry is picked.
        arguments = [{"editId": ready.id}]
        action.command = lsp.Command(ready.title, "understudy.take", arguments=arguments)
    else:
        action.edit = together(app, ready)
    return action


def _has_parts(ready: Ready) -> bool:
    """Whether an edit changes several places, of which a user may want only some."""
    return not ready.part_of and len(hunks_of(ready.places)) + len(ready.files) > 1


def _taking_apart(ready: Ready) -> lsp.CodeAction:
    title = f"{PREFIX}Offer the parts of this edit one by one"
    command = lsp.Command(title, "understudy.takeApart", arguments=[{"editId": ready.id}])
    return lsp.CodeAction(title=title, kind=KIND, command=command)


def _testing_actions(app: App, ready: list[Ready]) -> Iterator[lsp.CodeAction]:
    """Where tests may be run, an entry for each edit whose tests were not."""
    # Imported here: tests are off for most.
    from understudy.lsp.ready_tests import may_test

    waiting = [one for one in ready if may_test(app, one, asked=True)]
    for one in waiting:
        title = f"{PREFIX}Run the tests on {_named(one) if len(waiting) > 1 else 'this edit'}"
        command = lsp.Command(title, "understudy.runTests", arguments=[{"editId": one.id}])
        yield lsp.CodeAction(title=title, kind=KIND, command=command)


def _named(ready: Ready) -> str:
    """An edit as its own entry names it, where there are several."""
    return ready.title.removeprefix(PREFIX).removeprefix("✓ ")


def _task_actions(app: App, asked: Asked, task: Task) -> list[lsp.CodeAction]:
    if task.reach == "file":
        return [_action(app, task, task.title, {"uri": asked.document.uri})]
    if task.reach == "selection":
        return _on_selection(app, asked, task)
    here = [one for one in asked.diagnostics if _overlaps(one, asked)]
    base = {"uri": asked.document.uri, "range": _range(asked)}
    named = [
        _action(app, task, f"Fix: {_short(one)}", {**base, "diagnostics": [one]}, one)
        for one in here[:_MAX_NAMED]
    ]
    rest = {**base, "diagnostics": here[:_MAX_CARRIED]} if len(here) > 1 else base
    return [*named, _action(app, task, task.title, rest)]


def _on_selection(app: App, asked: Asked, task: Task) -> list[lsp.CodeAction]:
    """The entry of a task that works on what is selected; of one without words, a comment's."""
    if asked.automatic or not (task.languages is None or asked.document.language in task.languages):
        return []
    title, arguments = task.title, {"uri": asked.document.uri, "range": _range(asked)}
    if task.kind_argument:
        arguments["kind"] = task.kind_argument
    if task.file_title and asked.start == asked.end:
        title, arguments = task.file_title, {"uri": asked.document.uri}
    if task.takes_problems:
        here = [one for one in asked.diagnostics if _overlaps(one, asked)]
        arguments |= {"diagnostics": here[:_MAX_CARRIED]} if here else {}
    if not task.instruction:
        # Imported here: it knows all languages, and most menus have no such entry.
        from understudy.engine.comment_wish import comment_wish

        view = app.session.view(asked.document.uri)
        last = min(asked.end[0] + 1, asked.start[0] + _MOST_LINES, asked.document.line_count)
        asks = comment_wish(view, range(asked.start[0], last))
        if asks is None:
            return []
        title = f"Do: {_cut(asks.words)}"
    return [_action(app, task, title, arguments)]


def _action(
    app: App, task: Task, title: str, arguments: dict[str, Any], about: Any = None
) -> lsp.CodeAction:
    title = PREFIX + title
    command = task.server_command
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

    Our own are left out: they have entries of their own.
    """
    try:
        if raw.get("source") in OURS:
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
    return _cut(_message(raw).partition("\n")[0].strip() or "this problem")


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TITLE else text[: _MAX_TITLE - 1].rstrip() + "…"


def _message(raw: Any) -> str:
    message = raw.get("message")
    if isinstance(message, dict):
        message = message.get("value")
    return message if isinstance(message, str) else ""


def _tags(app: App) -> list[lsp.CodeActionTag] | None:
    return [lsp.CodeActionTag.LlmGenerated] if app.session.client.tags_actions else None
