"""Tests of edits that wait: they run beside everything else, and the band moves when they end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError, StaleError, UnavailableError
from understudy.core.text import apply
from understudy.engine.evidence import BANDS, Band
from understudy.engine.ran_tests import sentence
from understudy.engine.retested import with_tests
from understudy.engine.run_tests import Edited, run_tests, why_not_run
from understudy.failures.output import classify_output
from understudy.lsp.asking import services_for
from understudy.lsp.menu_shown import PREFIX
from understudy.lsp.starting import start_for
from understudy.lsp.wording import lowest_band, ready_title
from understudy.tasks.fix import TASK as FIX

if TYPE_CHECKING:
    from understudy.engine.outcome import Outcome
    from understudy.engine.ran_tests import RanTests
    from understudy.engine.services import Services
    from understudy.lsp.app import App
    from understudy.lsp.jobs import Job
    from understudy.lsp.ready import Ready


def may_test(app: App, ready: Ready, *, asked: bool) -> bool:
    """Whether the tests of an edit may be run, and were not yet."""
    view = app.session.view(ready.uri)
    settings = app.session.settings_for(view.root)
    return not why_not_run(view, settings, asked=asked) and not is_tested(ready)


def is_tested(ready: Ready) -> bool:
    """Whether it is known what the tests say."""
    facts = [one.candidate.facts for one in ready.outcomes if one.candidate is not None]
    facts += [one.facts for one in ready.files]
    return any(one is not None and one.tests is not None for one in facts)


def start_tests(app: App, ready: Ready, *, asked: bool) -> dict[str, str]:
    """Run the tests of a waiting edit in a job of their own.

    Raises:
        RefusedError: when they may not be run.
    """
    view = app.session.view(ready.uri)
    why = why_not_run(view, app.session.settings_for(view.root), asked=asked)
    if why:
        raise RefusedError(why)

    async def work(job: Job) -> str:
        try:
            return await look_at_tests(app, job, ready.id)
        except UnavailableError as error:
            if asked:
                raise
            app.write_log(str(error))
            return str(error)

    return start_for(app, ready.uri, f"Running the tests of {view.name}", work)


async def look_at_tests(app: App, job: Job, edit_id: str) -> str:
    """Run the tests of a waiting edit, and let its band follow what they say.

    Returns:
        What they say, as a sentence.

    Raises:
        StaleError: when the edit waits no longer.
        UnavailableError: when there are no tests, or they can't be run.
    """
    async with app.session.testing:
        ready = _waiting(app, edit_id)
        view = app.session.view(ready.uri)
        settings = app.session.settings_for(view.root)
        after = await asyncio.to_thread(apply, view.text, ready.edits(view.index))
        ran = await run_tests(Edited(view, after, ready.files), settings)
    services = services_for(app, job, view, FIX)
    return await _take_in(app, ready, ran, services)


async def _take_in(app: App, tested: Ready, ran: RanTests, services: Services) -> str:
    """Judge the edit anew, and tell the user what moved."""
    told = f"{sentence(ran.told)}."
    outcomes = await asyncio.to_thread(_judged, tested, ran, services)
    ready = app.session.ready.get(tested.id)
    title = tested.title.removeprefix(PREFIX)
    if ready is None:
        # It was taken, discarded, or its lines have changed.
        if ran.broken:
            app.say(f"Tests of an edit that waits no longer ({title}): {told}", warning=True)
        return told
    before, after = lowest_band(ready.outcomes), lowest_band(outcomes)
    if after is Band.BLOCK:
        app.aftermath.gone(ready, "withdrawn")
        why = await asyncio.to_thread(_why, ran)
        app.say(f"Withdrawn: {title}. {told}{why}", warning=True)
        return told
    app.aftermath.renew(_renewed(app, ready, outcomes))
    if BANDS.index(after) > BANDS.index(before):
        app.say(f"{title} needs a closer look: {told}", warning=True)
    app.write_log(f"{title}: {told}")
    return told


def _judged(ready: Ready, ran: RanTests, services: Services) -> tuple[Outcome, ...]:
    return tuple(
        replace(one, candidate=with_tests(one.candidate, ran, services)) if one.candidate else one
        for one in ready.outcomes
    )


def _renewed(app: App, ready: Ready, outcomes: tuple[Outcome, ...]) -> Ready:
    index = app.session.document(ready.uri).index
    files = tuple(other for one in outcomes if one.candidate for other in one.candidate.others)
    title = ready_title(index.text, ready.edits(index), outcomes)
    return replace(ready, outcomes=outcomes, files=files, title=title)


def _why(ran: RanTests) -> str:
    """What kind of failure it is, where the runner's words tell."""
    failure = classify_output(ran.runner, ran.output, phase="test")
    said = failure.evidence.text.strip()
    return f" ({failure.category.value}: {said})" if said else ""


def _waiting(app: App, edit_id: str) -> Ready:
    ready = app.session.ready.get(edit_id)
    if ready is None:
        raise StaleError("The edit waits no longer, so its tests were not run.")
    return ready
