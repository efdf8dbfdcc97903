"""Words about code while they are written: in the progress display, and in a panel of the client."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.engine.services import Event
from understudy.lsp.exchanges import EXPLANATION, Explanation
from understudy.lsp.extensions import plain
from understudy.reading.harmless import plain_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.core.failures import Failure
    from understudy.lsp.app import App
    from understudy.lsp.exchanges import AboutCode, ExplanationState
    from understudy.lsp.jobs import Job

_GAP_S = 0.25
"""The least time between two pictures of what is still being written."""
_LAST_WORDS = 80
_MOST = 100_000
"""Characters of which a picture is drawn; beyond, it would take too long for the event loop."""


@dataclass
class Screen:
    """Shows what is written so far.

    Attributes:
        place: what it is about, for people.
        picture: what is shown of a reply that is not finished, as Markdown that does nothing.
    """

    app: App
    job: Job
    task: AboutCode
    place: str
    picture: Callable[[str], str]
    _pieces: list[str] = field(default_factory=list)
    _size: int = 0
    _model: str = ""
    _shown: str = ""
    _shown_at: float = 0.0

    def hears(self, model: str, piece: str) -> None:
        """Show the text with a new piece, unless it was shown a moment ago."""
        self._model = model
        self._pieces.append(piece)
        self._size += len(piece)
        now = time.monotonic()
        if now - self._shown_at < _GAP_S or self._size > _MOST:
            return
        text = self.picture("".join(self._pieces))
        if text.strip() and text != self._shown:
            self._shown, self._shown_at = text, now
            self.show("writing", text)
            last = text.rstrip().rpartition("\n")[2]
            self.job.hear(Event(f"{model} writes: {plain_words(last, _LAST_WORDS)}"))

    def loses(self, model: str, failure: Failure) -> None:
        """Take back what was shown of a reply that came to nothing."""
        if self._pieces:
            self._pieces.clear()
            self._size, self._shown, self._shown_at = 0, "", 0.0
            note = f"Withdrawn: {model} did not finish. {failure.message}"
            self.show("withdrawn", note=note)
            self.job.hear(Event(note))

    def show(self, state: ExplanationState, text: str = "", note: str = "") -> bool:
        """Tell a client that has a panel for it; returns whether this one has."""
        if not self.app.session.client.explanations:
            return False
        shown = Explanation(self.job.id, self.task, self.place, state, text, self._model, note)
        self.app.notify(EXPLANATION, plain(shown))
        return True
