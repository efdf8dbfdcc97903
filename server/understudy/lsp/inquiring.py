"""What explanations and reviews have in common in an editor: who is asked, and who agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from understudy.engine.run import How
from understudy.engine.telling import tell
from understudy.lsp.asking import agrees_to_more, prepared
from understudy.lsp.failed import remember

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.engine.consult import Matter
    from understudy.engine.telling import Told
    from understudy.lsp.app import App
    from understudy.lsp.asking import Asked
    from understudy.lsp.jobs import Job
    from understudy.workspace.view import View

T = TypeVar("T")


async def inquire(
    app: App, job: Job, view: View, asked: Asked, matter_of: Callable[[View], Matter[T]]
) -> Told[T]:
    """Ask the models, and the user where none may be asked yet.

    Where nobody answers, the failure stands beside the place; an answer takes an older one away.
    """
    while True:
        sweep = await prepared(app, job, view, asked)
        how = How(asked.model, run_id=job.id, job=job.id)
        told = await tell(matter_of(sweep.start), sweep.services, how)
        outcome = told.outcome
        app.write_log(f"{outcome.run_id}: {outcome.status.value} in {outcome.seconds:.2f} s")
        if app.background is not None:
            await app.background.look_at_pauses()
        # Each yes is to another provider, so this ends with the last one of the route.
        if told.answer is not None or not await agrees_to_more(app, job, sweep, asked):
            remember(app, view.uri, [outcome])
            return told
