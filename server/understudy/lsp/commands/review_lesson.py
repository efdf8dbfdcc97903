"""`understudy.reviewLesson`: accept, edit, reject, pause, resume, remove or merge a lesson."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.starting import start_for

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import ReviewLessonArguments
    from understudy.lsp.jobs import Job


def _run(app: App, arguments: ReviewLessonArguments) -> dict[str, str]:
    async def work(_: Job) -> str:
        from understudy.lsp.diffs import show
        from understudy.lsp.lessons_shown import file_of, said

        if arguments.action == "edit" and not arguments.words:
            uri = await asyncio.to_thread(file_of, app, arguments)
            if await show(app, uri):
                return "The lesson's file is open: change its words, and accept it."
            app.say(f"The lesson's file is {uri}.")
            return "The lesson's file could not be opened."
        told = await asyncio.to_thread(said, app, arguments)
        app.say(told)
        return told

    return start_for(app, "", "Noting what you say of a lesson", work)


COMMAND = ServerCommand(
    id="understudy.reviewLesson",
    arguments="ReviewLessonArguments",
    run=_run,
    summary="Accepts, edits, rejects, pauses, resumes, removes or merges a lesson.",
)
