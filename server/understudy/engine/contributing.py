"""Lessons of this machine for others: what would be handed over, byte for byte. Reads files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.plural import plural
from understudy.engine.lessons_listed import listed_lessons
from understudy.languages import all_languages
from understudy.learning.contribution import Grounds, offer
from understudy.learning.handed_over import given, prepare
from understudy.learning.payload import Collected, write_payload
from understudy.learning.private_words import private_words
from understudy.learning.recall import recall
from understudy.models.catalogue import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.lessons_listed import Place
    from understudy.learning.contribution import Offer
    from understudy.learning.handed_over import Payload


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be handed over.

    Attributes:
        payload: None where there is nothing new.
    """

    offer: Offer
    payload: Payload | None = None

    @property
    def summary(self) -> str:
        """A sentence for the user."""
        if self.payload is None:
            return "There is nothing new to hand over."
        count = plural(len(self.offer.entries), "lesson")
        return f"{count} could be handed over. SHA-256 of these bytes: {self.payload.hash}"


def preview(place: Place, roots: Iterable[Path] = ()) -> Preview:
    """What would be handed over now; it is kept under its hash, so that just that can be confirmed.

    Args:
        place: whose settings and lessons count.
        roots: workspace folders whose names are masked, beside those of the place.

    Raises:
        UnavailableError: the journal can't be read, or the user's folder not be written.
    """
    known = [place.root] if place.root is not None else []
    grounds = Grounds(
        recalled=recall(journal_file()),
        rules=place.settings.learning,
        private=private_words({*roots, *known, *_trusted()}),
        models=shipped().models.keys(),
        languages=all_languages().keys(),
        given=given(),
    )
    found = offer(((one.lesson, one.standing) for one in listed_lessons(place)), grounds)
    if not found.entries:
        return Preview(found)
    text = write_payload(Collected(found.entries, runs=found.runs))
    return Preview(found, prepare(text, found.shares))


def _trusted() -> list[Path]:
    """Other workspaces of the user: lessons may have been learned in any of them."""
    from understudy.config.trust import load_record

    return [Path(folder) for folder in load_record()[0].folders]
