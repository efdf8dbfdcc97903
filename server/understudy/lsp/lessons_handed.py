"""Lessons on their way to others and from others, as editors show and confirm them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.failures import BadRequestError
from understudy.core.plural import plural, verb
from understudy.engine.contributing import preview
from understudy.learning.handed_over import note, note_given, prepared, refuse_outdated
from understudy.learning.importing import carry_out, plan_import
from understudy.learning.payload import short
from understudy.learning.publishing import publish
from understudy.learning.registry import Registry
from understudy.learning.ways_out import way_out
from understudy.lsp.lesson_exchanges import Contribution, ImportedLessons, LeftOut
from understudy.lsp.lessons_shown import place_of
from understudy.lsp.reports import show_report
from understudy.workspace.off_loop import to_its_end

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.contributing import Preview
    from understudy.learning.importing import Import
    from understudy.lsp.app import App
    from understudy.lsp.extensions import ContributeArguments, ImportLessonsArguments

_TOLD = {
    "opened": "A pull request was opened: {where}",
    "updated": "The pull request was updated: {where}",
    "nothing_new": "The upstream has all of it already.",
    "patch": "`gh` is not installed. Nothing was sent; a patch lies beside its instructions: {where}",
}


async def shown(app: App, asked: ContributeArguments) -> Contribution:
    """Open the exact bytes as a document. Nothing is sent.

    Raises:
        UnavailableError: the journal can't be read, or the user's folder not be written.
    """
    found = await to_its_end(_preview, app, asked)
    left_out = _left_out(found.offer.left_out)
    if found.payload is None:
        return Contribution(found.summary, "", "", left_out, "nothing", "")
    # The answer has the text as well, so it need not wait until the document is open.
    name = f"lessons-to-hand-over-{short(found.payload.hash)}.json"
    app.spawn(_report(app, name, found.payload.text, found.summary), "contribution")
    text = found.payload.text
    return Contribution(found.summary, found.payload.hash, text, left_out, "shown", "")


async def handed(app: App, asked: ContributeArguments) -> Contribution:
    """Confirm the bytes with a hash, and hand them over where an upstream is given.

    Raises:
        BadRequestError: no such bytes were shown, or the upstream or fork is no name.
        RefusedError: they were changed, the upstream's file can't be merged with, or runs would be
            counted twice.
        UnavailableError: git or gh failed.
    """
    payload = await asyncio.to_thread(prepared, asked.hash or "")
    if bool(asked.upstream) != bool(asked.fork):
        raise BadRequestError("`upstream` and `fork` go together.")
    way = way_out(asked.upstream, asked.fork) if asked.upstream and asked.fork else None
    await to_its_end(refuse_outdated, payload)
    await to_its_end(note, payload, "confirmed", upstream=asked.upstream or "")
    if way is None:
        await to_its_end(note_given, payload)
        told = f"Confirmed: {payload.hash}. Nothing was sent. It counts as handed over from now on."
        return Contribution(told, payload.hash, payload.text, [], "confirmed", "")
    place = place_of(app, asked)
    done = await publish(payload, way, place.root)
    told = _TOLD[done.what].format(where=done.where)
    return Contribution(told, payload.hash, payload.text, [], done.what, done.where)


async def taken_over(app: App, asked: ImportLessonsArguments) -> ImportedLessons:
    """Put the lessons of a file into the queue, and open what that changes.

    Raises:
        BadRequestError: the file holds something else.
        UnavailableError: something can't be read or written.
    """
    planned = await to_its_end(_imported, app, asked)
    count = plural(len(planned.lessons), "lesson")
    waits = verb(len(planned.lessons), "waits", "wait")
    does = "would wait" if asked.dry_run else waits
    told = f"{count} of `{planned.tag}` {does} for your review."
    if planned.lessons:
        name = f"imported-{short(planned.hash)}.diff"
        app.spawn(_report(app, name, planned.diff, told), "import")
    ids = [one.id for one in planned.lessons]
    left_out = _left_out(planned.left_out)
    return ImportedLessons(told, planned.tag, planned.hash, ids, left_out, planned.diff)


async def _report(app: App, name: str, text: str, short_text: str) -> None:
    await show_report(app, name, text, short_text)


def _preview(app: App, asked: ContributeArguments) -> Preview:
    return preview(place_of(app, asked), tuple(app.session.roots))


def _imported(app: App, asked: ImportLessonsArguments) -> Import:
    registry = Registry(journal_file(), now_us)
    rules = place_of(app, asked).settings.learning
    planned = plan_import(Path(asked.path), asked.tag or "", registry, rules)
    if not asked.dry_run:
        carry_out(planned, registry)
    return planned


def _left_out(found: Iterable[tuple[str, str]]) -> list[LeftOut]:
    return [LeftOut(name, why) for name, why in found]
