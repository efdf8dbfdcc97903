"""The work behind `understudy.explain`: an explanation that grows while it is written."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.engine.explaining import explanation, so_far
from understudy.engine.inquiry import UNCHECKED, facts, subject_lines, where
from understudy.engine.services import Event
from understudy.lsp.asking import Asked
from understudy.lsp.diffs import show, write
from understudy.lsp.extensions import EXPLANATION, Explanation, plain
from understudy.lsp.failed import not_done
from understudy.lsp.inquiring import inquire
from understudy.lsp.withheld import tell_failed
from understudy.reading.harmless import harmless, plain_words
from understudy.tasks.explain import TASK as EXPLAIN

if TYPE_CHECKING:
    from understudy.core.failures import Failure
    from understudy.engine.telling import Told
    from understudy.lsp.app import App
    from understudy.lsp.extensions import ExplanationState
    from understudy.lsp.jobs import Job
    from understudy.workspace.view import View

_GAP_S = 0.25
"""The least time between two pictures of an explanation that is still being written."""
_LAST_WORDS = 80
_MOST = 100_000
"""Characters of which a picture is drawn; beyond, it would take too long for the event loop."""


async def explain_here(app: App, job: Job, view: View, model: str | None) -> str:
    """Explain what is selected; with nothing selected, the symbol or block around the cursor.

    Returns:
        The last word for the progress display.
    """
    lines = await asyncio.to_thread(subject_lines, view)
    screen = Screen(app, job)
    try:
        told = await inquire(
            app, job, view, Asked(EXPLAIN, model), lambda start: explanation(start, lines, screen)
        )
    except BaseException:
        screen.show("failed", note="The explanation was broken off.")
        raise
    if told.answer is None:
        screen.show("failed", note=f"{not_done(told.outcome)}: {told.outcome.reason}")
        return await tell_failed(app, job, told.outcome)
    return await _finished(app, job, screen, told, where(view, lines))


async def _finished(app: App, job: Job, screen: Screen, told: Told[str], place: str) -> str:
    text = told.answer or ""
    short = f"{told.model} explained {place}. {facts(told.outcome)}"
    head = harmless(f"# `{place}`\n\nBy `{told.model}`. {facts(told.outcome)} {UNCHECKED}")
    if screen.show("finished", text, f"{short} {UNCHECKED}"):
        return short
    if app.session.client.shows_documents:
        name = f"explanation-{job.id}.md"
        uri = await asyncio.to_thread(write, app.scratch(), name, f"{head}\n---\n\n{text}")
        if await show(app, uri):
            return short
    app.say(f"{short} {UNCHECKED}\n\n{text}")
    return short


@dataclass
class Screen:
    """Shows what is written so far: in the progress display, and to clients with a panel for it."""

    app: App
    job: Job
    _pieces: list[str] = field(default_factory=list)
    _size: int = 0
    _model: str = ""
    _shown_at: float = 0.0

    def hears(self, model: str, piece: str) -> None:
        """Show the text with a new piece, unless it was shown a moment ago."""
        self._model = model
        self._pieces.append(piece)
        self._size += len(piece)
        now = time.monotonic()
        if now - self._shown_at < _GAP_S or self._size > _MOST:
            return
        text = so_far("".join(self._pieces))
        if text.strip():
            self._shown_at = now
            self.show("writing", text)
            last = text.rstrip().rpartition("\n")[2]
            self.job.hear(Event(f"{model} writes: {plain_words(last, _LAST_WORDS)}"))

    def loses(self, model: str, failure: Failure) -> None:
        """Take back what was shown of a reply that came to nothing."""
        if self._pieces:
            self._pieces.clear()
            self._size, self._shown_at = 0, 0.0
            note = f"Withdrawn: {model} did not finish. {failure.message}"
            self.show("withdrawn", note=note)
            self.job.hear(Event(note))

    def show(self, state: ExplanationState, text: str = "", note: str = "") -> bool:
        """Tell a client that has a panel for it; returns whether this one has."""
        if not self.app.session.client.explanations:
            return False
        shown = Explanation(self.job.id, state, text, self._model, note)
        self.app.notify(EXPLANATION, plain(shown))
        return True
