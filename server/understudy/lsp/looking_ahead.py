"""The work behind speculation: the problems of one document, one after the other."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.failures import StaleError
from understudy.core.ids import new_id
from understudy.engine.checking import check
from understudy.engine.identity import identity
from understudy.engine.problems import problems
from understudy.engine.scope import block_of
from understudy.engine.services import Services
from understudy.engine.sweep import Sweep
from understudy.lsp.asking import Asked, prepared
from understudy.lsp.editable import require_writable
from understudy.lsp.notebooks import Doubts
from understudy.lsp.offering import offer_taken
from understudy.lsp.wording import candidates
from understudy.tasks.fix import TASK as FIX

if TYPE_CHECKING:
    from understudy.engine.evidence import CheckReport
    from understudy.lsp.app import App
    from understudy.lsp.jobs import Job
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MOST = 10
"""Problems that are worked on after one pause; who types on moves on to others."""
_MOST_TRIED = 500
"""Problems of a document that are remembered as tried."""


async def look_ahead(app: App, job: Job, near: int, tried: set[bytes]) -> None:
    """Let proved edits wait for problems of the job's document, those near a line first.

    Args:
        app: the server.
        job: names the document. Cancelling it ends everything, calls of models too.
        near: the line that was changed last.
        tried: problems that were worked on; it grows. One for which an edit was found is tried
            again when its own lines are others, all else when the code around it is.
    """
    view = app.session.view(job.uri)
    await asyncio.to_thread(require_writable, view)
    sweep = await prepared(app, job, view, Asked(FIX, None))
    view = sweep.start
    services = replace(sweep.services, free_only=True, confirm=Services().confirm)
    reports = await check(view, services.settings)
    found = await asyncio.to_thread(_wanted, view, reports)
    found.sort(key=lambda one: abs(view.index.line_of(one.span.start) - near))
    left = _MOST
    for one in found:
        on_lines, in_block = await asyncio.to_thread(_keys, view, one)
        if {on_lines, in_block} & tried or _has_edit(app, view, one):
            continue
        if not left:
            return
        left -= 1
        sweep = Sweep(view, services, given=(one,), only_given=True, job=new_id())
        async for outcome in sweep.steps():
            app.write_log(f"{outcome.run_id}, unasked: {outcome.status.value}")
        if len(tried) >= _MOST_TRIED:
            tried.clear()
        tried.add(on_lines if sweep.taken else in_block)
        _offer(app, sweep)


def _offer(app: App, sweep: Sweep) -> None:
    """Let what was proved wait, if it is about this document alone."""
    if not sweep.taken or any(one.others for one in candidates(sweep.taken)):
        return
    try:
        offer_taken(app, sweep.job, sweep)
    except StaleError as stale:
        app.write_log(str(stale))


def _wanted(view: View, reports: tuple[CheckReport, ...]) -> list[Diagnostic]:
    return list(problems(reports, Doubts(view).allow, view.index))


def _has_edit(app: App, view: View, problem: Diagnostic) -> bool:
    """Whether an edit waits already where the problem stands."""
    line = view.index.line_of(problem.span.start)
    return any(one.is_offered_at(line, line) for one in app.session.ready.of(view.uri))


def _keys(view: View, problem: Diagnostic) -> tuple[bytes, bytes]:
    """What stands for a problem on its lines, and in the block around it. Parses the text."""
    name = (problem.source, *identity(problem))
    spots = ("lines", view.index.lines_of(problem.span)), ("block", block_of(view, problem.span))
    on_lines, in_block = (
        _hash(*name, kind, *view.index.lines[lines.start : lines.stop]) for kind, lines in spots
    )
    return on_lines, in_block


def _hash(*words: str) -> bytes:
    return hashlib.blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=16).digest()
