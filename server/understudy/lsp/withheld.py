"""Nothing could be proved: say why, and let the user see what came closest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.lsp.diffs import diff_of, show_text
from understudy.lsp.protocol import ClientRefusedError, ClientSilentError
from understudy.lsp.wording import doubts, nothing_proved, withheld

if TYPE_CHECKING:
    from understudy.engine.outcome import Candidate, Outcome
    from understudy.engine.sweep import Sweep
    from understudy.lsp.app import App
    from understudy.lsp.jobs import Job

_QUESTION_S = 600.0

SHOW_ANYWAY = "Show anyway"


async def tell_nothing_proved(app: App, job: Job, sweep: Sweep) -> str:
    """Say why nothing is offered; returns the last word for the progress display.

    An edit that was stopped can be looked at where the client has buttons and shows documents. It
    never waits in the menu and is never sent: no click gets it past the gate.
    """
    text = nothing_proved(sweep)
    outcome = withheld(sweep)
    if outcome is None or outcome.candidate is None:
        app.say(text, warning=True)
        return text
    job.progress.end(text)
    job.waits = True
    if await _wants_to_see(app, text, outcome):
        told = _told(text, outcome.candidate)
        diff = diff_of(outcome.view.uri, outcome.view.text, outcome.candidate.edits)
        await show_text(app, f"{outcome.candidate.id}.diff", f"{told}\n\n{diff}")
    return text


async def _wants_to_see(app: App, text: str, outcome: Outcome) -> bool:
    """Say the sentence; whether the user pressed the button that stands with it."""
    if app.session.client.shows_documents:
        question = lsp.ShowMessageRequestParams(
            type=lsp.MessageType.Warning,
            message=text,
            actions=[lsp.MessageActionItem(SHOW_ANYWAY)],
        )
        try:
            answer = await app.ask(lsp.WINDOW_SHOW_MESSAGE_REQUEST, question, _QUESTION_S)
        except ClientSilentError:
            return False
        except ClientRefusedError:
            # It knows no questions, so it has to be told in words.
            pass
        else:
            return getattr(answer, "title", None) == SHOW_ANYWAY
    told = f"{text} An edit was withheld: `understudy.showRun` with the run {outcome.run_id} tells more."
    app.say(told, warning=True)
    return False


def _told(text: str, candidate: Candidate) -> str:
    """What stands above the diff."""
    against = "".join(f"\n- {evidence}" for _, evidence in doubts([candidate]))
    return f"{text}\n\nWithheld, and not applied: {candidate.why}{against}"
