"""The context of one run: chosen once for each model that is asked."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.clock import now_us
from understudy.core.failures import CallError
from understudy.engine.fitting import fitting, overflow, tokens_of, too_long
from understudy.engine.lacking import lacking, too_few
from understudy.engine.material import Gathered, Seeking, most_tokens, sent_of, shown_of
from understudy.journal import trace_records
from understudy.prompt import without_parts, without_ranks
from understudy.prompt.pieces import BARE, NOTHING_SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.context.items import Chosen
    from understudy.context.lasting import Last
    from understudy.engine.material import Place
    from understudy.engine.services import Services
    from understudy.index.recent import Recent
    from understudy.models.registry import Model
    from understudy.models.room import Room
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt
    from understudy.prompt.pieces import Shown

log = logging.getLogger("understudy.context")

_LESS = 0.75
"""What is left of the context each time that it was too much for a model (CP-14)."""
_MOST_TRIES = 6
"""What stands around the pieces is known once they are chosen; each try has room for the last one's."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a prompt.

    Attributes:
        model: with the window that its calls have taught.
        counter: of its tokens.
        room: that it has.
        smaller: how often a prompt was too much for it.
    """

    model: Model
    counter: TokenCounter
    room: Room
    smaller: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """A prompt with what there is room for of the workspace.

    Attributes:
        prompt: fits the model where something was gathered, unless it `lacks` something.
        found: what was chosen, and from what.
        lacks: why it may not be sent, as a sentence: there is no room for what is required. Empty
            where it may.
    """

    prompt: Prompt
    found: Gathered
    lacks: str = ""

    def fitted(self, to: Recipient) -> tuple[Prompt, tuple[Chosen, ...]]:
        """What is sent, and the pieces of the workspace in it.

        Raises:
            CallError: what can't be left out is too long.
        """
        if self.lacks:
            raise CallError(overflow(to.model, self.lacks))
        # What was gathered is cut already where it was too much.
        smaller = 0 if self.found.packed.budget else to.smaller
        prompt = fitting(self.prompt, to.model, to.counter, smaller=smaller, room=to.room)
        return prompt, sent_of(self.found.packed, prompt)


class Selection:
    """What of the workspace each model sees, so that all questions of a run to it begin alike."""

    def __init__(self, services: Services, run_id: str = "") -> None:
        """Nothing is chosen yet. Whoever listens to the journal is told of a run's choices."""
        self._services = services
        self._run_id = run_id
        self._chosen: dict[tuple[str, int, range, int], Gathered] = {}

    def whole(self, write: Callable[[Shown], Prompt], place: Place, to: Recipient) -> Whole:
        """A prompt with what there is room for of the workspace. Reads the disk.

        Context is a help and no need: where it can't be gathered, there is none.

        Args:
            write: puts the prompt together with some context.
            place: what it is about.
            to: who is asked.
        """
        try:
            return self.required(write, place, to)
        except (OSError, ValueError, RecursionError) as failure:
            log.warning("No context for %s: %s", place.view.name, failure)
            return Whole(write(NOTHING_SHOWN), Gathered())

    def required(self, write: Callable[[Shown], Prompt], place: Place, to: Recipient) -> Whole:
        """The same for whoever wants to know why there is none.

        What is required goes before all else that could be left out of the prompt.

        Raises:
            OSError: and `ValueError` and `RecursionError`, where context can't be gathered.
        """
        if self._services.index(place.view) is None:
            key = (to.model.id, to.smaller, place.apart, 0)
            if key not in self._chosen:
                self._chosen[key] = Gathered()
                self._tell(self._chosen[key], 0.0)
            return Whole(write(NOTHING_SHOWN), self._chosen[key])
        bare = write(BARE)
        seeking = Seeking(place, self._services, to.counter)
        first = max(bare.ranks - to.smaller, 0)
        best = self._beside(without_ranks(bare, first), write, seeking, to)
        for rank in range(first - 1, -1, -1) if best.lacks else ():
            shorter = self._beside(without_ranks(bare, rank), write, seeking, to)
            if not shorter.lacks:
                return shorter
        return best

    def _beside(
        self, bare: Prompt, write: Callable[[Shown], Prompt], seeking: Seeking, to: Recipient
    ) -> Whole:
        """The prompt with context beside those of its other parts that are kept."""
        fixed = tokens_of(bare, to.counter)
        left = to.room.left(fixed, most_tokens(self._services))
        key = (to.model.id, to.smaller, seeking.place.apart, bare.ranks)
        began = time.monotonic()
        found = self._chosen.get(key) or self._first(seeking, to, left)
        prompt = without_parts(write(shown_of(found.packed)), bare.left_out)
        for _ in range(_MOST_TRIES):
            over = tokens_of(prompt, to.counter) - to.room.prompt
            if over <= 0 or found.packed.budget <= 1:
                break
            found = seeking.within(max(found.packed.budget - over, 1), self._lasting)
            prompt = without_parts(write(shown_of(found.packed)), bare.left_out)
        if missing := lacking(found):
            long = too_long(to.model, fixed, to.room) if fixed >= to.room.prompt else ""
            return Whole(prompt, found, long or too_few(found.packed.budget, missing))
        if self._chosen.get(key) is not found:
            self._chosen[key] = found
            self._tell(found, time.monotonic() - began)
        return Whole(prompt, found)

    def _first(self, seeking: Seeking, to: Recipient, left: int) -> Gathered:
        """What there is room for; all of it is used where less has no room for what is required."""
        found = seeking.within(max(int(left * _LESS**to.smaller), 1), self._lasting)
        if to.smaller and lacking(found):
            return seeking.within(max(left, 1), self._lasting)
        return found

    @property
    def _lasting(self) -> Recent[Last] | None:
        reach = self._services.reach
        return reach.choices if reach is not None else None

    def _tell(self, found: Gathered, seconds: float) -> None:
        if self._run_id:
            packed = found.packed
            gathered = trace_records.Gathered(
                run_id=self._run_id,
                at_us=now_us(),
                seconds=seconds,
                pieces=len(packed.chosen),
                tokens=packed.tokens,
                budget=packed.budget,
            )
            self._services.recorder.record(gathered)
