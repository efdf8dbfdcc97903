"""What a model was asked, for the user to read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.failed import Failed
    from understudy.lsp.jobs import Job


def start_showing(app: App, failed: Failed) -> dict[str, str]:
    """Open the prompt of a failed run, as it left the machine: with its secrets masked.

    Raises:
        BadRequestError: when no model was asked.
    """
    outcome = failed.outcome
    prompt = outcome.prompt
    if prompt is None:
        raise BadRequestError("No model was asked in this run, so there is no prompt.")

    async def work(job: Job) -> str:
        from understudy.engine.clearance import cleared
        from understudy.lsp.reports import show_report

        sent = await asyncio.to_thread(cleared, prompt, outcome.view.text)
        text = "\n\n".join(f"--- {one.role} ---\n\n{one.text}" for one in sent.messages)
        head = f"Asked of {', '.join(outcome.asked)} in the run {outcome.run_id}."
        if prompt.left_out:
            head += f" Left out: {', '.join(prompt.left_out)}."
        return await show_report(app, f"{job.id}/prompt.txt", f"{head}\n\n{text}\n", head)

    return start_for(app, "", "Showing a prompt", work)
