"""Asking again after a failure: the same models, another one, in the user's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.convert import to_range
from understudy.lsp.failed import span_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.core.lines import LineIndex
    from understudy.lsp.app import App
    from understudy.lsp.failed import Failed

_SEVERITY = {"error": 1, "warning": 2, "information": 3, "hint": 4}
_MOST = 3
"""Other models that are offered by name."""


def other_models(app: App, failed: Failed) -> tuple[str, ...]:
    """Models that could be asked instead: those left of the route, then the user's own."""
    settings = app.session.settings_for(app.session.root_of_uri(failed.uri))
    asked = frozenset(failed.outcome.asked)
    own = (name for name, model in settings.models.items() if model.enabled)
    found = dict.fromkeys((*failed.others, *own))
    return tuple(one for one in found if one not in asked)[:_MOST]


def fix_arguments(app: App, failed: Failed, model: str | None = None) -> dict[str, Any]:
    """The argument of `understudy.fix` that asks about the same problem again."""
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
    if model is not None:
        arguments["model"] = model
    return arguments


def next_steps(app: App, failed: Failed) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Menu entries for a failure: title, command, argument."""
    run = {"runId": failed.outcome.run_id}
    yield "Try again", "understudy.fix", fix_arguments(app, failed)
    for model in other_models(app, failed):
        yield f"Ask {model}", "understudy.fix", fix_arguments(app, failed, model)
    if failed.outcome.prompt is not None:
        yield "Show what was asked", "understudy.showPrompt", run
    yield "Classify this failure as\u2026", "understudy.classifyFailure", run
    yield "Dismiss this failure", "understudy.dismissFailure", run


def ask_again(app: App, failed: Failed, model: str | None = None) -> None:
    """Start the fix of the same problem anew."""
    from understudy.lsp.extensions import read
    from understudy.lsp.starting import start_fix

    given = fix_arguments(app, failed, model)
    start_fix(app, read("FixArguments", "understudy.fix", [given]))


def _place(app: App, failed: Failed, index: LineIndex) -> dict[str, dict[str, int]]:
    found = to_range(index, span_in(failed, index), app.session.client.encoding)
    return {
        name: {"line": one.line, "character": one.character}
        for name, one in (("start", found.start), ("end", found.end))
    }
