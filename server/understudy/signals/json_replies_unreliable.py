"""A model writes JSON edits that often can't be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.journal.json_replies import JSON_REPLIES
from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings

_FORMAT = "search_replace"


def _offer(subject: str, settings: Settings) -> Offer | None:
    if settings.model(subject).edit_format == _FORMAT:
        return None
    return Offer(
        ("models", subject, "edit_format"),
        _FORMAT,
        "The model is asked for edits as blocks to search and to replace.",
    )


SIGNAL = Signal(
    id="json_replies_unreliable",
    about="{good} of {total} JSON replies of {subject} could be read",
    sql=JSON_REPLIES,
    days=90,
    at_least=20,
    bar="rate_below",
    threshold=0.90,
    offer=_offer,
)
