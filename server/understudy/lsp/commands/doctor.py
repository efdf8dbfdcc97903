"""`understudy.doctor`: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import DoctorArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: DoctorArguments) -> dict[str, str]:
    roots = app.session.roots
    root = app.session.root_of_uri(arguments.uri) if arguments.uri else None
    chosen = root or (roots[0] if roots else None)

    async def work(job: Job) -> str:
        return await _show(app, job, chosen)

    return start_for(app, "", "Looking at the installation", work)


async def _show(app: App, job: Job, root: Path | None) -> str:
    from understudy.engine.doctor import examine
    from understudy.engine.doctor_text import conclusion, finding_lines, in_short
    from understudy.lsp.reports import show_report
    from understudy.lsp.signal_actions import REPORT

    setup = await asyncio.to_thread(app.session.editor_says().set_up, root)
    findings = await examine(root or Path.home(), setup)
    lines = (*finding_lines(findings), *_dropped(app), "", conclusion(findings)[1])
    text = "".join(f"{line}\n" for line in lines)
    return await show_report(app, f"{job.id}/{REPORT}", text, in_short(findings))


def _dropped(app: App) -> tuple[str, ...]:
    """Rows that the journal lost, if there are any."""
    journal = app.background.journal if app.background is not None else None
    if journal is None or not journal.dropped:
        return ()
    return (f"The journal of this server lost {journal.dropped} rows.",)


COMMAND = ServerCommand(
    id="understudy.doctor",
    arguments="DoctorArguments",
    run=_run,
    summary="Opens a report of what is there, what is missing, and what to do about it.",
)
