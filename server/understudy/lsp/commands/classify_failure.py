"""`understudy.classifyFailure`: say what a failure really is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError, FailureCategory
from understudy.lsp.commands import ServerCommand
from understudy.lsp.failed import require_failed
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import ClassifyArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: ClassifyArguments) -> dict[str, str]:
    failed = require_failed(app, arguments.run_id)
    category = _category(arguments.category) if arguments.category is not None else None

    async def work(job: Job) -> str:
        from understudy.lsp.classifying import classify

        job.waits = True
        return await classify(app, failed, category)

    return start_for(app, "", "Classifying a failure", work)


def _category(word: str) -> FailureCategory:
    try:
        return FailureCategory(word)
    except ValueError:
        known = ", ".join(category.value for category in FailureCategory)
        raise BadRequestError(f"`{word}` is no category. Known: {known}.") from None


COMMAND = ServerCommand(
    id="understudy.classifyFailure",
    arguments="ClassifyArguments",
    run=_run,
    summary="Has failures like that of a run count as another category from now on.",
)
