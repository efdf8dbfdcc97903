"""The context of one run: chosen once for each model that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.engine.fitting import tokens_of
from understudy.engine.material import NONE, material, most_tokens, shown_of
from understudy.prompt.pieces import NOTHING_SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.context.items import Packed
    from understudy.engine.material import Place
    from understudy.engine.services import Services
    from understudy.models.room import Room
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt
    from understudy.prompt.pieces import Shown

_LESS = 0.75
"""What is left of the context each time that it was too much for a model (CP-14)."""


class Selection:
    """What of the workspace each model sees, so that all questions of a run to it begin alike."""

    def __init__(self, services: Services) -> None:
        """Nothing is chosen yet."""
        self._services = services
        self._chosen: dict[tuple[str, int], Packed] = {}

    def whole(
        self,
        write: Callable[[Shown], Prompt],
        place: Place,
        counter: TokenCounter,
        room: Room,
        smaller: int = 0,
    ) -> tuple[Prompt, Packed]:
        """A prompt with what there is room for of the workspace, and what that is. Reads the disk.

        Args:
            write: puts the prompt together with some context.
            place: what it is about, and who is asked.
            counter: of that model.
            room: that it has.
            smaller: how often the context was too much for it.
        """
        plain = write(NOTHING_SHOWN)
        if place.model is None:
            return plain, NONE
        key = (place.model.id, smaller)
        if key not in self._chosen:
            left = room.left(tokens_of(plain, counter), most_tokens(self._services))
            budget = int(left * _LESS**smaller)
            self._chosen[key] = material(place, self._services, counter, budget)
        packed = self._chosen[key]
        return (write(shown_of(packed)) if packed.chosen else plain), packed
