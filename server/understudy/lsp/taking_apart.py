"""An edit that waits, in parts: those that each prove well alone wait beside it, one by one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError, StaleError
from understudy.core.ids import new_id
from understudy.core.plural import plural
from understudy.engine.evidence import Band
from understudy.engine.parts import alone, judged_alone, parts_of
from understudy.engine.record import offer_part
from understudy.lsp.asking import services_for
from understudy.lsp.ready import Ready, Spot, hunks_of, places_of
from understudy.lsp.starting import start_for
from understudy.lsp.wording import candidates, ready_title
from understudy.tasks import all_tasks
from understudy.tasks.fix import TASK as FIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.lines import LineIndex
    from understudy.engine.evidence import Verdict
    from understudy.engine.outcome import Outcome
    from understudy.engine.parts import Look, Part
    from understudy.lsp.app import App
    from understudy.lsp.jobs import Job
    from understudy.workspace.view import View


def start_taking_apart(app: App, ready: Ready) -> dict[str, str]:
    """Prove each part of a waiting edit alone, and offer the parts if all of them prove well.

    Raises:
        RefusedError: when too many jobs run already.
    """

    async def work(job: Job) -> str:
        return await take_apart(app, job, ready.id)

    return start_for(app, ready.uri, "Looking at the parts of an edit", work)


async def take_apart(app: App, job: Job, edit_id: str) -> str:
    """Offer the parts of a waiting edit; returns the last word.

    Raises:
        StaleError: when the edit waits no longer.
        RefusedError: when one of its parts can't stand alone, with the reason.
    """
    ready = _waiting(app, edit_id)
    view = app.session.view(ready.uri)
    whole = candidates(ready.outcomes)
    task = all_tasks().get(ready.outcomes[0].task, FIX)
    services = services_for(app, job, view, task)
    hunks = (replace(ready, places=each).edits(view.index) for each in hunks_of(ready.places))
    parts = await asyncio.to_thread(parts_of, tuple(hunks), ready.files)
    proved: list[tuple[Part, tuple[Look, ...], Verdict]] = []
    for number, part in enumerate(parts, 1):
        looks = await alone(part, view, ready.files, services)
        fault = next((one.fault for one in looks if one.fault), "")
        verdict = await asyncio.to_thread(judged_alone, part, looks, whole, services)
        fault = fault or (verdict.hard_stops[0].rstrip(".") if verdict.hard_stops else "")
        if fault or verdict.band is Band.BLOCK:
            raise RefusedError(
                f"The edit is taken as a whole: with part {number} of {len(parts)} alone,"
                f" {fault or 'too little is proved'}."
            )
        proved.append((part, looks, verdict))
    _waiting(app, edit_id)
    if app.session.view(ready.uri).text != view.text:
        raise StaleError("stale_document: the document changed while its edit was looked at.")
    for number, (part, looks, verdict) in enumerate(proved, 1):
        outcome = _outcome(ready, part, looks, verdict, view)
        offer_part(outcome, services)
        app.aftermath.offer(_ready(ready, view, outcome, f"Part {number} of {len(proved)}"))
    told = f"{plural(len(proved), 'part')} wait in the menu, each proved alone."
    app.say(told)
    return told


def _waiting(app: App, edit_id: str) -> Ready:
    ready = app.session.ready.get(edit_id)
    if ready is None:
        raise StaleError("The edit waits no longer, so its parts were not looked at.")
    return ready


def _outcome(
    ready: Ready, part: Part, looks: Sequence[Look], verdict: Verdict, view: View
) -> Outcome:
    """What is known of a part, as of an edit of its own."""
    first = next(one for one in ready.outcomes if one.candidate is not None)
    assert first.candidate is not None  # noqa: S101 - just looked
    other = part.other
    look = looks[0] if other is None else next(one for one in looks if one.view is other.before)
    candidate = replace(
        first.candidate,
        id=new_id(),
        edits=part.edits,
        others=(other,) if other is not None else (),
        verdict=verdict,
        comparison=look.comparison,
        checks=look.checks,
        facts=None,
    )
    # What one of them is about is not gone with a part.
    return replace(first, view=view, diagnostic=None, candidate=candidate)


def _ready(whole: Ready, view: View, outcome: Outcome, name: str) -> Ready:
    """A part as it waits."""
    (candidate,) = candidates([outcome])
    places = places_of(view.index, candidate.edits)
    return Ready(
        id=new_id(),
        uri=whole.uri,
        version=view.version,
        places=places,
        outcomes=(outcome,),
        title=ready_title(view.text, candidate.edits, (outcome,), name),
        problems=() if places else (_beside(whole, view.index),),
        files=candidate.others,
        part_of=whole.id,
    )


def _beside(whole: Ready, index: LineIndex) -> Spot:
    """A line near the edit that none of its parts changes, for a part in another document."""
    first = whole.lines.start
    touched = {line for one in whole.places for line in range(one.first, one.stop)}
    free = (line for line in range(len(index)) if line not in touched)
    line = min(free, key=lambda one: abs(one - first), default=first)
    return Spot(line, (index.lines[line],))
