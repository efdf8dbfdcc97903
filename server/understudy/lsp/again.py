"""Asking again after a failure: the same models, another one, in the user's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.convert import to_range
from understudy.lsp.failed import failed_at, span_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.lines import LineIndex
    from understudy.engine.outcome import Outcome
    from understudy.lsp.app import App
    from understudy.lsp.failed import Failed
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


def fix_arguments(app: App, failed: Failed, model: str | None = None) -> dict[str, Any]:
    """The argument of the command that asks for the same thing again."""
    index = app.session.document(failed.uri).index
    place = _place(app, failed, index)
    arguments: dict[str, Any] = {"uri": failed.uri, "range": place}
    found = failed.outcome.diagnostic
    if found is not None:
        arguments["diagnostics"] = [
            {
                "range": place,
                "message": found.message,
                "code": found.code,
                "source": found.source,
                "severity": _SEVERITY[found.severity.value],
            }
        ]
    if failed.outcome.wish is not None:
        arguments["instruction"] = failed.outcome.wish.instruction
    if model is not None:
        arguments["model"] = model
    return arguments


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
    yield again, _command(failed), fix_arguments(app, failed)
    for model in other_models(app, failed):
        yield f"{ask}{model}", _command(failed), fix_arguments(app, failed, model)
    if failed.outcome.prompt is not None:
        yield "Show what was asked", "understudy.showPrompt", run
    yield "Classify this failure as\u2026", "understudy.classifyFailure", run
    yield "Dismiss this failure", "understudy.dismissFailure", run


def ask_again(app: App, failed: Failed, model: str | None = None) -> None:
    """Start the fix of the same problem anew."""
    from understudy.lsp.extensions import read
    from understudy.lsp.starting import start_change, start_fix

    given = fix_arguments(app, failed, model)
    if failed.outcome.wish is None:
        start_fix(app, read("FixArguments", "understudy.fix", [given]))
    else:
        arguments = read("EditTextArguments", _command(failed), [given])
        start_change(app, arguments, "edit", failed.outcome.wish.instruction)


def _command(failed: Failed) -> str:
    """What asks again: every wish is in words by now."""
    return "understudy.fix" if failed.outcome.wish is None else "understudy.edit"


def _place(app: App, failed: Failed, index: LineIndex) -> dict[str, dict[str, int]]:
    found = to_range(index, span_in(failed, index), app.session.client.encoding)
    return {
        name: {"line": one.line, "character": one.character}
        for name, one in (("start", found.start), ("end", found.end))
    }
