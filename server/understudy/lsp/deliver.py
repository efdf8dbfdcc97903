"""Bring a verified edit to the user: compare versions, carry it over, then apply, ask or keep."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.failures import RefusedError, StaleError, UnavailableError
from understudy.core.ids import new_id
from understudy.engine.evidence import Band
from understudy.lsp.convert import placed_edits, workspace_edit
from understudy.lsp.diffs import show, show_diff
from understudy.lsp.exchanges import PREVIEW, Preview
from understudy.lsp.extensions import plain
from understudy.lsp.influences import log_influences
from understudy.lsp.many_files import require_fresh, together, why_not_together
from understudy.lsp.menu_shown import PREFIX
from understudy.lsp.offering import Lot, different, offer, offer_taken
from understudy.lsp.protocol import ClientRefusedError, ClientSilentError
from understudy.lsp.ready_tests import look_at_tests, may_test, start_tests
from understudy.lsp.wording import lowest_band, remaining, summary

if TYPE_CHECKING:
    from understudy.engine.sweep import Sweep
    from understudy.lsp.app import App
    from understudy.lsp.jobs import Job
    from understudy.lsp.ready import Ready

_QUESTION_S = 600.0
"""How long a question waits; afterwards the edit still stands in the menu."""
_APPLY_S = 30.0

APPLY, SHOW, DISCARD = "Apply", "Show diff", "Discard"


async def deliver(app: App, job: Job, sweep: Sweep) -> str:
    """Offer what a sweep proved, by its band; returns the last word for the progress display.

    Raises:
        StaleError: when the touched lines changed in the meantime. Nothing was applied.
    """
    left = await asyncio.to_thread(remaining, sweep)
    for_review = [one for one in sweep.outcomes if one.offered and one not in sweep.taken]
    if sweep.taken:
        ready = offer_taken(app, job.id, sweep)
        others = len(for_review)
    else:
        # None of them was built upon, so all begin with the same text and wait side by side.
        lots = different(Lot((one,), one.offered.edits) for one in for_review if one.offered)
        ready = offer(app, job.id, sweep.start, lots[0])
        for lot in lots[1:]:
            offer(app, new_id(), sweep.start, lot)
        others = len(lots) - 1
    told = summary(ready.outcomes, sweep.outcomes) + _also(others)
    told += left
    if why := why_not_together(app, ready):
        return await _only_shown(app, ready, f"{why} {told}")
    app.write_log(f"{ready.title}: {told}")
    log_influences(app, ready.outcomes)
    told += await _tested(app, job, ready)
    ready = _waiting(app, ready.id)
    job.progress.end(f"{ready.title.removeprefix(PREFIX)}. {told}")
    job.waits = True
    return await _by_band(app, ready, told)


async def _tested(app: App, job: Job, ready: Ready) -> str:
    """Have the tests of an edit run where the user wants that for every edit.

    Nothing is applied unseen before they have ended; all other edits are offered meanwhile.
    """
    if not may_test(app, ready, asked=False):
        return ""
    if lowest_band(ready.outcomes) is not Band.AUTO:
        with contextlib.suppress(RefusedError):  # Too much is under way already.
            start_tests(app, ready, asked=False)
        return ""
    try:
        return f" {await look_at_tests(app, job, ready.id)}"
    except UnavailableError as error:
        return f" {error}"


async def _only_shown(app: App, ready: Ready, told: str) -> str:
    """What can't be taken as a whole is not taken in parts: it is shown, and left to the user."""
    app.aftermath.gone(ready, "discarded")
    app.say(told, warning=True)
    if app.session.client.shows_documents:
        await show_diff(app, ready, told)
    return told


def _also(others: int) -> str:
    """A word on edits for review that are not part of this one."""
    if not others:
        return ""
    return f" {others} more {'edit is' if others == 1 else 'edits are'} for review."


async def _by_band(app: App, ready: Ready, told: str) -> str:
    band = lowest_band(ready.outcomes)
    if band is Band.AUTO and not ready.moved:
        return await apply(app, ready.id, told)
    if band is Band.AUTO:
        # What stands around the edit is no longer what it was proved with.
        band, told = Band.CONFIRM, f"{told} The text changed elsewhere, so it waits for you."
    if app.session.client.previews:
        app.notify(PREVIEW, plain(Preview(ready.uri, ready.id, told)))
        return _ready_in_menu(ready)
    if band is Band.CONFIRM and app.session.client.confirms:
        return await apply(app, ready.id, told, confirm=True)
    if band is Band.REVIEW and app.session.client.shows_documents:
        # What is not fully proved is looked at first, with the reasons.
        await show_diff(app, ready, told)
    return await _ask(app, ready, told)


async def apply(app: App, edit_id: str, told: str, *, confirm: bool = False) -> str:
    """Send a waiting edit for the document's present version.

    The client's `applied` is not trusted: whether the edit arrived is seen by the next change. What
    is on its way is not sent once more: a client that compares no versions would put it in twice.
    """
    ready = _waiting(app, edit_id)
    if ready.files:
        await _compare_files(app, ready)
        ready = _waiting(app, edit_id)
    title, known = ready.title.removeprefix(PREFIX), app.session.ready
    if edit_id in known.on_their_way:
        return title
    note = lsp.ChangeAnnotation(title, needs_confirmation=True, description=told)
    params = _params(app, ready, note if confirm else None)
    if not confirm:
        known.on_their_way.add(edit_id)
    try:
        result = await app.ask(
            lsp.WORKSPACE_APPLY_EDIT, params, _QUESTION_S if confirm else _APPLY_S
        )
    except ClientRefusedError as refusal:
        return _not_taken(app, ready, str(refusal))
    finally:
        known.on_their_way.discard(edit_id)
    if getattr(result, "applied", False):
        return _taken(app, ready)
    if confirm:
        # The user saw the edit and said no.
        return _ready_in_menu(ready)
    return _not_taken(app, ready, getattr(result, "failure_reason", None) or "it gave no reason")


def _params(
    app: App, ready: Ready, annotation: lsp.ChangeAnnotation | None
) -> lsp.ApplyWorkspaceEditParams:
    if ready.files:
        edit = together(app, ready, annotation)
    else:
        edits = placed_edits(ready.places, app.session.client.encoding)
        edit = workspace_edit(ready.uri, ready.version, edits, annotation)
    return lsp.ApplyWorkspaceEditParams(edit=edit, label=ready.title)


def _taken(app: App, ready: Ready) -> str:
    app.session.ready.accept(ready.id)
    if not ready.places:
        app.aftermath.arrived(ready)
    return ready.title.removeprefix(PREFIX)


def _waiting(app: App, edit_id: str) -> Ready:
    ready = app.session.ready.get(edit_id)
    if ready is None:
        raise StaleError(
            "stale_document: the edit waits no longer, because its lines have changed, its tests "
            "failed or a newer edit took its place. Nothing was applied."
        )
    return ready


async def _compare_files(app: App, ready: Ready) -> None:
    """Look at the other files right before they are written.

    Raises:
        StaleError: when one of them has changed. The edit waits no longer then.
    """
    try:
        await require_fresh(app, ready)
    except StaleError:
        app.aftermath.gone(ready, "stale")
        raise


def _not_taken(app: App, ready: Ready, reason: str) -> str:
    """Tell that the client refused an edit, unless it had taken it when it was sent before."""
    known = app.session.ready
    if ready.id in known.accepted or app.aftermath.watching.is_in(ready.id):
        return ready.title.removeprefix(PREFIX)
    waits = known.get(ready.id) is not None
    text = f"The editor did not take the edit ({reason.rstrip('.')}). " + (
        "It stays in the menu while it fits." if waits else "It waits no longer."
    )
    app.say(text, warning=True)
    return text


async def _ask(app: App, ready: Ready, told: str) -> str:
    """Ask in words; without an answer the edit waits in the menu."""
    question = lsp.ShowMessageRequestParams(
        type=lsp.MessageType.Info,
        message=f"{ready.title.removeprefix(PREFIX)}. {told}",
        actions=[lsp.MessageActionItem(title) for title in _choices(app)],
    )
    try:
        answer = await app.ask(lsp.WINDOW_SHOW_MESSAGE_REQUEST, question, _QUESTION_S)
        title = getattr(answer, "title", None)
        while title == SHOW:
            await show_diff(app, ready, told)
            answer = await app.ask(lsp.WINDOW_SHOW_MESSAGE_REQUEST, question, _QUESTION_S)
            title = getattr(answer, "title", None)
            # Terminal editors showed the diff in the place of the document.
            await show(app, ready.uri)
    except ClientSilentError:
        return _ready_in_menu(ready)
    except ClientRefusedError:
        # Helix before 25.07 knows no questions, and would leave the user without a word.
        text = _ready_in_menu(ready)
        app.say(text)
        return text
    if title == APPLY:
        return await apply(app, ready.id, told)
    if title == DISCARD:
        app.aftermath.discard(ready.id)
        return "Discarded."
    return _ready_in_menu(ready)


def _ready_in_menu(ready: Ready) -> str:
    return f"Ready in the code-action menu: {ready.title.removeprefix(PREFIX)}"


def _choices(app: App) -> list[str]:
    return [APPLY, SHOW, DISCARD] if app.session.client.shows_documents else [APPLY, DISCARD]
