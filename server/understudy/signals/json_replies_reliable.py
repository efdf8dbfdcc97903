"""A model writes JSON edits that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.journal.json_replies import JSON_REPLIES
from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings

_FORMAT = "json"


def _offer(subject: str, settings: Settings) -> Offer | None:
    if settings.model(subject).edit_format == _FORMAT:
        return None
    return Offer(
        ("models", subject, "edit_format"), _FORMAT, "The model is asked for edits as JSON."
    )


SIGNAL = Signal(
    id="json_replies_reliable",
    about="{good} of {total} JSON replies of {subject} could be read",
    sql=JSON_REPLIES,
    days=90,
    at_least=20,
    bar="rate_above",
    threshold=0.95,
    offer=_offer,
)
