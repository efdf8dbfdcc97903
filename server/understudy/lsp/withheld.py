"""Nothing could be proved: say why, and let the user see what came closest, or ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.again import ask_again, other_models, titles
from understudy.lsp.choosing import pick
from understudy.lsp.diffs import diff_of, show_text
from understudy.lsp.failed import not_done
from understudy.lsp.prompts import start_showing
from understudy.lsp.wording import doubts, nothing_proved, withheld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.outcome import Candidate, Outcome
    from understudy.engine.sweep import Sweep
    from understudy.lsp.app import App
    from understudy.lsp.failed import Failed
    from understudy.lsp.jobs import Job

_QUESTION_S = 600.0

SHOW_ANYWAY, SHOW_PROMPT = "Show anyway", "Show prompt"


async def tell_nothing_proved(app: App, job: Job, sweep: Sweep) -> str:
    """Say why nothing is offered; returns the last word for the progress display.

    Where the client has buttons, the user can ask again or look at what there is. An edit that was
    stopped never waits in the menu and is never sent: no click gets it past the gate.
    """
    text = nothing_proved(sweep)
    stopped = withheld(sweep)
    if stopped is not None and stopped.candidate is None:
        stopped = None
    return await _go_on_from(app, job, text, stopped, _shown(app, sweep.outcomes))


async def tell_failed(app: App, job: Job, outcome: Outcome) -> str:
    """Say why a model was asked for words and none came; returns the last word."""
    text = f"{not_done(outcome)}: {outcome.reason}"
    return await _go_on_from(app, job, text, None, _shown(app, [outcome]))


async def _go_on_from(
    app: App, job: Job, text: str, stopped: Outcome | None, failed: Failed | None
) -> str:
    """Tell it, and do what the user picks."""
    if stopped is None and failed is None:
        app.say(text, warning=True)
        return text
    job.progress.end(text)
    job.waits = True
    buttons = _buttons(app, stopped, failed)
    picked = await pick(app, text, buttons, wait_s=_QUESTION_S) if buttons else None
    if picked is None:
        app.say(_in_words(text, stopped), warning=True)
    elif picked == SHOW_ANYWAY and stopped is not None and stopped.candidate is not None:
        await _show_edit(app, text, stopped, stopped.candidate)
    elif failed is not None and failed in app.session.failed.get(failed.uri, ()):
        _go_on(app, failed, picked)
    return text


def _shown(app: App, outcomes: Sequence[Outcome]) -> Failed | None:
    """The first of these runs whose failure stands beside its problem."""
    runs = {one.run_id for one in outcomes}
    everything = (one for each in app.session.failed.values() for one in each)
    return next((one for one in everything if one.outcome.run_id in runs), None)


def _buttons(app: App, stopped: Outcome | None, failed: Failed | None) -> list[str]:
    """What can be done, most useful first."""
    buttons: list[str] = []
    if failed is not None:
        again, ask = titles(failed)
        buttons += [again, *(f"{ask}{model}" for model in other_models(app, failed)[:1])]
        if failed.outcome.prompt is not None and app.session.client.shows_documents:
            buttons.append(SHOW_PROMPT)
    if stopped is not None and app.session.client.shows_documents:
        buttons.append(SHOW_ANYWAY)
    return buttons


def _go_on(app: App, failed: Failed, picked: str) -> None:
    again, ask = titles(failed)
    if picked == again:
        ask_again(app, failed)
    elif picked == SHOW_PROMPT:
        start_showing(app, failed)
    elif picked.startswith(ask):
        ask_again(app, failed, picked.removeprefix(ask))


def _in_words(text: str, stopped: Outcome | None) -> str:
    if stopped is None:
        return text
    return (
        f"{text} An edit was withheld: `understudy.showRun` with the run {stopped.run_id} tells"
        " more."
    )


async def _show_edit(app: App, text: str, stopped: Outcome, candidate: Candidate) -> None:
    told = _told(text, candidate)
    diff = diff_of(stopped.view.uri, stopped.view.text, candidate.edits)
    await show_text(app, f"{candidate.id}.diff", f"{told}\n\n{diff}")


def _told(text: str, candidate: Candidate) -> str:
    """What stands above the diff."""
    against = "".join(f"\n- {evidence}" for _, evidence in doubts([candidate]))
    return f"{text}\n\nWithheld, and not applied: {candidate.why}{against}"
