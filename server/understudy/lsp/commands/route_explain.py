"""`understudy.routeExplain`: which models would be asked, in which order, and why."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.engine.why_route import Inquiry
    from understudy.lsp.app import App
    from understudy.lsp.extensions import RouteExplainArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: RouteExplainArguments) -> dict[str, str]:
    from understudy.engine.why_route import Inquiry

    roots, uri = app.session.roots, arguments.uri or ""
    root = app.session.root_of_uri(uri) if uri else next(iter(roots), None)
    inquiry = Inquiry(
        task=arguments.task,
        model=arguments.model,
        uri=uri,
        language=app.session.view(uri).language if uri else "",
        words=arguments.instruction or "",
        where=app.session.client.adding_models,
    )

    async def work(job: Job) -> str:
        return await _show(app, job, root, inquiry)

    return start_for(app, "", "Looking up which models are asked", work)


async def _show(app: App, job: Job, root: Path | None, inquiry: Inquiry) -> str:
    from understudy.engine.route_text import in_short, route_text
    from understudy.engine.why_route import explain
    from understudy.lsp.reports import show_report

    setup = await asyncio.to_thread(app.session.editor_says().set_up, root)
    found = await asyncio.to_thread(explain, setup, inquiry)
    short = f"{in_short(found)} ({found.route.provenance})."
    return await show_report(app, f"{job.id}/route.txt", route_text(found), short)


COMMAND = ServerCommand(
    id="understudy.routeExplain",
    arguments="RouteExplainArguments",
    run=_run,
    summary="Opens a report of which models would be asked for a task, in which order, and why.",
)
