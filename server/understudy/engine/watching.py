"""A reply is watched while it is written: what is complete is told, what can't succeed is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from understudy.core.failures import CallError, Evidence, Failure, FailureCategory
from understudy.core.plural import plural
from understudy.engine.services import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.edit_formats import Progress

_EVERY = 2_000
"""So many new characters are worth another look; each look reads all that was written so far."""
_MOST = 60_000
"""Beyond this, a look takes too long for the event loop."""


class Watching:
    """Listens to one reply. Nothing that it sees is ever applied.

    A reply is cut off when nothing that may follow can make it readable: an edit of lines that are
    not there, say. The model is asked again with the reason, and the rest is not paid for.
    """

    def __init__(
        self,
        look: Callable[[str, bool], Progress],
        unmasked: Callable[[str], str],
        tell: Callable[[Event], None],
    ) -> None:
        """Begin to listen.

        Args:
            look: what a text says that is only the beginning of a reply, and whether the model's
                thoughts came beside it.
            unmasked: puts secrets back into a text.
            tell: hears how many edits are complete.
        """
        self._look = look
        self._unmasked = unmasked
        self._tell = tell
        self._pieces: list[str] = []
        self._has_thought = False
        self._size = self._seen = self._finished = 0

    def __call__(self, kind: Literal["text", "thinking"], piece: str) -> None:
        """Take a piece of the reply.

        Raises:
            CallError: when the reply is hopeless, which ends the call.
        """
        if kind != "text":
            self._has_thought = True
            return
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size - self._seen < _EVERY or self._size > _MOST:
            return
        self._seen = self._size
        progress = self._look(self._unmasked("".join(self._pieces)), self._has_thought)
        if progress.hopeless:
            raise CallError(_hopeless(progress.hopeless))
        if progress.finished > self._finished:
            self._finished = progress.finished
            self._tell(Event(f"{plural(progress.finished, 'edit')} written so far"))


def _hopeless(why: str) -> Failure:
    return Failure(
        category=FailureCategory.EDIT_APPLY_FAILED,
        phase="stream",
        blame="model",
        message=f"The reply was cut off, because it could not be used any more: {why}",
        code="hopeless",
        advice="refine",
        evidence=Evidence("reply", why[:200]),
        fingerprint="parse:hopeless",
    )
