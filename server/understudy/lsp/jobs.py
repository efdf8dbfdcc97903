"""Work started by commands. A job is a task of ours, so that cancelling it is ours too."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.failures import UnderstudyError
from understudy.core.stopping import SUPERSEDED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from understudy.engine.services import Event
    from understudy.lsp.app import App
    from understudy.lsp.progress import Progress

log = logging.getLogger("understudy.jobs")


@dataclass
class Job:
    """One piece of work behind a progress display.

    Attributes:
        id: the `runId` that the command answered.
        uri: the document; closing it cancels the job.
        request_id: of the request that started the job; `$/cancelRequest` for it cancels the job.
        waits: the work is done, and what is left is up to the user.
        asked: somebody asked for it. All else gives way to that, and has no words for the user.
    """

    id: str
    uri: str
    title: str
    request_id: str | int | None
    progress: Progress
    task: asyncio.Task[None] | None = None
    why_cancelled: str = "Cancelled."
    waits: bool = False
    asked: bool = True

    def hear(self, event: Event) -> None:
        """Pass a run's event on to the progress display."""
        self.progress.report(event.text, event.share)


@dataclass
class Jobs:
    """All running jobs, by their id."""

    app: App
    _running: dict[str, Job] = field(default_factory=dict)

    def start(self, job: Job, work: Callable[[Job], Awaitable[str]]) -> None:
        """Run `work` in the background; what it returns is the last word of its progress."""
        if job.asked:
            self.app.speculation.give_way()
        self._running[job.id] = job
        self._changed()
        job.task = asyncio.get_running_loop().create_task(self._run(job, work), name=job.id)
        # Not in `_run`: a task that is cancelled before its first step never runs at all.
        job.task.add_done_callback(lambda _: self._ended(job))

    def _ended(self, job: Job) -> None:
        self._running.pop(job.id, None)
        self.app.speculation.ended(job)
        self._changed()

    def _changed(self) -> None:
        if self.app.session.client.status:
            self.app.status.changed()

    async def _run(self, job: Job, work: Callable[[Job], Awaitable[str]]) -> None:
        last_word = "Failed."
        try:
            job.progress.begin()
            last_word = await work(job)
        except asyncio.CancelledError:
            last_word = job.why_cancelled
            raise
        except UnderstudyError as failure:
            last_word = str(failure)
            self._complain(job, str(failure))
        except Exception:  # the outermost door of a job
            log.exception("The job %s failed.", job.title)
            self._complain(job, f"“{job.title}” failed inside Understudy. The log tells more.")
        finally:
            job.progress.end(last_word)

    def _complain(self, job: Job, text: str) -> None:
        if job.asked:
            self.app.say(text, warning=True)
        else:
            self.app.write_log(f"{job.title}: {text}")

    def running(self) -> list[Job]:
        """The jobs that have not ended."""
        return list(self._running.values())

    def under_way(self) -> list[Job]:
        """The jobs that do something, instead of waiting for the user or ending."""
        return [
            job
            for job in self.running()
            if not job.waits and job.task is not None and not job.task.cancelling()
        ]

    def at_work(self) -> int:
        """How many they are."""
        return len(self.under_way())

    def cancel(self, job_id: str | None = None, why: str = "Cancelled.") -> int:
        """Cancel one job, or all; returns how many were running."""
        return self._cancel(lambda job: job_id is None or job.id == job_id, why)

    def supersede(self, job_id: str, why: str) -> int:
        """Cancel a job because the user typed on, which the journal keeps apart."""
        return self._cancel(lambda job: job.id == job_id, why, SUPERSEDED)

    def cancel_document(self, uri: str) -> int:
        """Cancel what works on a document that was closed."""
        return self._cancel(lambda job: job.uri == uri, "Cancelled: the document was closed.")

    def cancel_request(self, request_id: object) -> int:
        """Cancel what a request started."""
        return self._cancel(lambda job: job.request_id == request_id, "Cancelled.")

    def _cancel(self, chosen: Callable[[Job], bool], why: str, message: str | None = None) -> int:
        cancelled = 0
        for job in self.running():
            # A second cancelling would interrupt the cleaning up after the first.
            if job.task is not None and not job.task.cancelling() and chosen(job):
                job.why_cancelled = why
                job.task.cancel(message)
                cancelled += 1
        return cancelled

    async def close(self) -> None:
        """Cancel everything and wait until it has ended."""
        self.app.speculation.forget()
        tasks = [job.task for job in self.running() if job.task is not None]
        self.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
