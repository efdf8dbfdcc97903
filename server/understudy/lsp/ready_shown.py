"""Waiting edits as our own clients show them: beside the text, with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.engine.router import route
from understudy.learning.standing import WHY
from understudy.lsp.convert import placed_edits, to_range
from understudy.lsp.exchanges import READY_CHANGED, ReadyChanged, ReadyEdit, ReadyEdits
from understudy.lsp.exchanges import ReadyFile as File
from understudy.lsp.exchanges import ReadyReason as Reason
from understudy.lsp.extensions import plain
from understudy.lsp.influences import influences_of
from understudy.lsp.lesson_exchanges import Influence
from understudy.lsp.wording import candidates, lowest_band, lowest_score, summary
from understudy.tasks import all_tasks
from understudy.tasks.fix import TASK as FIX

if TYPE_CHECKING:
    from understudy.engine.other_files import Other
    from understudy.engine.outcome import Outcome
    from understudy.lsp.app import App
    from understudy.lsp.ready import Ready


def ready_edits(app: App, uri: str) -> ReadyEdits:
    """The edits that wait for a document, as it is now; none for one that is not open."""
    if uri not in app.session.documents:
        return ReadyEdits([])
    return ReadyEdits([_shown(app, one) for one in app.session.ready.of(uri)])


def tell_ready(app: App, uri: str) -> None:
    """Say which edits wait for a document now."""
    waiting = [one.id for one in app.session.ready.of(uri)]
    app.notify(READY_CHANGED, plain(ReadyChanged(uri, waiting)))


def _shown(app: App, ready: Ready) -> ReadyEdit:
    found = candidates(ready.outcomes)
    command, arguments = _again(app, ready)
    return ReadyEdit(
        edit_id=ready.id,
        version=ready.version,
        title=ready.title,
        told=summary(ready.outcomes, ready.outcomes),
        models=list(dict.fromkeys(one.model for one in found)),
        score=lowest_score(ready.outcomes),
        band=lowest_band(ready.outcomes).value,
        text_edits=placed_edits(ready.places, app.session.client.encoding),
        files=[_file(one) for one in ready.files],
        reasons=[
            Reason(one.signal, one.evidence, one.value)
            for candidate in found
            for one in candidate.verdict.reasons
        ],
        run_ids=[one.run_id for one in ready.outcomes],
        influences=[
            Influence(one.id, one.words, WHY[one.why]) for one in influences_of(ready.outcomes)
        ],
        others=_others(app, ready),
        command=command,
        arguments=arguments,
    )


def _file(other: Other) -> File:
    return File(
        uri=other.before.uri,
        new_uri=other.new_path.as_uri() if other.new_path is not None else None,
        before=None if other.is_new else other.before.text,
        after=other.after,
    )


def _others(app: App, ready: Ready) -> list[str]:
    """The rest of the route: models that did not write this edit."""
    settings = app.session.settings_for(app.session.root_of_uri(ready.uri))
    wrote = {one.model for one in candidates(ready.outcomes)}
    known = [model for one in ready.outcomes for model in one.models]
    known += route(FIX, settings).models
    return [model for model in dict.fromkeys(known) if model not in wrote]


def _again(app: App, ready: Ready) -> tuple[str, dict[str, Any]]:
    """The command that asks for the same thing once more."""
    if len(ready.outcomes) != 1:
        return "understudy.fixFile", {"uri": ready.uri}
    (outcome,) = ready.outcomes
    found, wish, place = outcome.diagnostic, outcome.wish, _place(app, ready, outcome)
    task = all_tasks().get(outcome.task)
    arguments: dict[str, Any] = {"uri": ready.uri, "range": place}
    if found is not None:
        problem = {"message": found.message, "code": found.code, "source": found.source}
        return FIX.server_command, {**arguments, "diagnostics": [{"range": place, **problem}]}
    if wish is None or task is None or task.reach != "selection":
        return FIX.server_command, arguments
    if kind := task.kind_argument or wish.kind:
        arguments["kind"] = kind
    if not task.instruction:
        arguments["instruction"] = wish.instruction
    return task.server_command, arguments


def _place(app: App, ready: Ready, outcome: Outcome) -> dict[str, Any]:
    """Where the problem, or what was selected, stands in the present text."""
    view, found, index = outcome.view, outcome.diagnostic, app.session.document(ready.uri).index
    span = found.span if found is not None else view.selection
    line = view.index.line_of(span.start)
    spots = ready.problems or ready.places
    moved = span.moved(index.start(spots[0].first) - view.index.start(line))
    place: dict[str, Any] = plain(to_range(index, moved, app.session.client.encoding))
    return place
