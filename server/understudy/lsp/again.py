"""Asking again after a failure: the same models, another one, in the user's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.core.text import Span
from understudy.lsp.convert import to_range
from understudy.lsp.failed import asked_in, failed_at, moved_span, span_in
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from understudy.core.lines import LineIndex
    from understudy.engine.outcome import Outcome
    from understudy.lsp.app import App
    from understudy.lsp.failed import Failed
    from understudy.tasks import Task
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_SEVERITY = {"error": 1, "warning": 2, "information": 3, "hint": 4}
_MOST = 3
"""Other models that are offered by name."""


def other_models(app: App, failed: Failed) -> tuple[str, ...]:
    """Models that could be asked instead: those left of the route, then the user's own."""
    settings = app.session.settings_for(app.session.root_of_uri(failed.uri))
    own = (name for name, model in settings.models.items() if model.enabled)
    found = dict.fromkeys((*failed.others, *own))
    return tuple(one for one in found if failed.may_do_better(one))[:_MOST]


def same_again(app: App, failed: Failed, model: str | None = None) -> tuple[str, dict[str, Any]]:
    """The command that asks for the same thing again, and its argument."""
    outcome = failed.outcome
    task = all_tasks().get(outcome.task)
    if task is None or task.reach != "selection":
        command, arguments = _as_problem(app, failed)
    else:
        command, arguments = task.server_command, _as_task(app, failed, task)
    if model is not None:
        arguments["model"] = model
    return command, arguments


def _as_problem(app: App, failed: Failed) -> tuple[str, dict[str, Any]]:
    """A problem's fix; where a finding of a review was to be put right, in words."""
    index = app.session.document(failed.uri).index
    place = _range(app, span_in(failed, index), index)
    arguments: dict[str, Any] = {"uri": failed.uri, "range": place}
    wish, found = failed.outcome.wish, failed.outcome.diagnostic
    if wish is not None:
        return "understudy.edit", {**arguments, "instruction": wish.instruction}
    if found is not None:
        arguments["diagnostics"] = [_diagnostic(found, place)]
    return "understudy.fix", arguments


def _as_task(app: App, failed: Failed, task: Task) -> dict[str, Any]:
    """What the user selected, and what they said about it."""
    index = app.session.document(failed.uri).index
    asked, wish = asked_in(failed, index), failed.outcome.wish
    arguments: dict[str, Any] = {"uri": failed.uri}
    if asked != Span(0, len(index.text)) or not task.file_title:
        arguments["range"] = _range(app, asked, index)
    kind = task.kind_argument or (wish.kind if wish is not None else "")
    if kind:
        arguments["kind"] = kind
    if wish is not None and wish.said and not task.instruction:
        arguments["instruction"] = wish.said
    if task.takes_problems:
        arguments["diagnostics"] = [
            _diagnostic(one, _range(app, moved_span(failed, one.span, index), index))
            for one in failed.outcome.view.diagnostics
        ]
    return arguments


def _diagnostic(found: Diagnostic, place: dict[str, Any]) -> dict[str, Any]:
    return {
        "range": place,
        "message": found.message,
        "code": found.code,
        "source": found.source,
        "severity": _SEVERITY[found.severity.value],
    }


def titles(failed: Failed) -> tuple[str, str]:
    """What asking again is called: the same models, and the beginning of a title that names one."""
    found = failed.outcome.candidate
    new = len(found.comparison.new) if found is not None else 0
    if not new:
        return "Try again", "Ask "
    what = f"Fix the {new} new problems" if new > 1 else "Fix the new problem"
    return f"{what} with the same models", f"{what} with "


def failed_before(app: App, view: View) -> list[Outcome]:
    """Runs that failed at the selected lines a while ago: whoever is asked now is told of them."""
    lines = view.index.lines_of(view.selection)
    return [one.outcome for one in failed_at(app, view.uri, lines.start, lines.stop - 1)]


def next_steps(app: App, failed: Failed) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Menu entries for a failure: title, command, argument."""
    run = {"runId": failed.outcome.run_id}
    again, ask = titles(failed)
    yield again, *same_again(app, failed)
    for model in other_models(app, failed):
        yield f"{ask}{model}", *same_again(app, failed, model)
    if failed.outcome.prompt is not None:
        yield "Show what was asked", "understudy.showPrompt", run
    yield "Classify this failure as\u2026", "understudy.classifyFailure", run
    yield "Dismiss this failure", "understudy.dismissFailure", run


def ask_again(app: App, failed: Failed, model: str | None = None) -> None:
    """Start the same thing anew."""
    from understudy.lsp.extensions import read
    from understudy.lsp.start_inquiring import start_explaining, start_reviewing
    from understudy.lsp.starting import start_change, start_fix
    from understudy.lsp.writing_tests import start_writing_tests

    command, given = same_again(app, failed, model)
    starts: dict[str, tuple[str, Callable[[App, Any], object]]] = {
        "understudy.fix": ("FixArguments", start_fix),
        "understudy.tests": ("TestsArguments", start_writing_tests),
        "understudy.explain": ("ExplainArguments", start_explaining),
        "understudy.review": ("ReviewArguments", start_reviewing),
    }
    if command in starts:
        arguments, start = starts[command]
        start(app, read(arguments, command, [given]))
        return
    # The kind of a refactoring is its task, which is known.
    words = {key: value for key, value in given.items() if key != "kind"}
    task = failed.outcome.task if command != "understudy.edit" else "edit"
    arguments = read("EditTextArguments", command, [words])
    start_change(app, arguments, task, arguments.instruction or "")


def _range(app: App, span: Span, index: LineIndex) -> dict[str, dict[str, int]]:
    found = to_range(index, span, app.session.client.encoding)
    return {
        name: {"line": one.line, "character": one.character}
        for name, one in (("start", found.start), ("end", found.end))
    }
