"""Second models are asked, and no edit is applied by itself on their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings


def _offer(subject: str, settings: Settings) -> Offer | None:  # noqa: ARG001 - it is about all
    if settings.gate.second_opinion != "auto":
        return None
    text = "No second model is asked for the same edit."
    return Offer(("gate", "second_opinion"), "never", text)


SIGNAL = Signal(
    id="second_opinions_change_nothing",
    about="{good} of {total} edits that a second model was asked about came to be applied by themselves",
    sql="""
        SELECT '' AS subject, SUM(CASE WHEN g.band = 'auto' THEN 1 ELSE 0 END) AS good,
               COUNT(*) AS total, MIN(a.run_id) AS first_run, MAX(a.run_id) AS last_run
        FROM gates g JOIN gate_shapes s ON s.id = g.shape JOIN attempts a ON a.id = g.attempt_id
        JOIN runs r ON r.id = a.run_id
        WHERE r.started_us >= :since_us AND s.signals LIKE '%"agreement"%'""",
    days=30,
    at_least=20,
    bar="share_below",
    threshold=0.15,
    offer=_offer,
)
