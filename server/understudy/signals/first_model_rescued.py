"""The model that is asked first hardly ever solves it, and another one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings


def _offer(subject: str, settings: Settings) -> Offer | None:
    if settings.routing.strategy != "learned":
        text = "Models that did well here are asked first, where no chain says otherwise."
        return Offer(("routing", "strategy"), "learned", text)
    if settings.model(subject).enabled:
        return Offer(("models", subject, "enabled"), value=False, effect="It is not asked.")
    return None


SIGNAL = Signal(
    id="first_model_rescued",
    about="{good} of {total} runs that asked {subject} first were solved by another model",
    sql="""
        WITH opened AS (
            SELECT run_id, MIN(number) AS number FROM calls
            WHERE at_us >= :since_us GROUP BY run_id)
        SELECT c.model AS subject,
               SUM(CASE WHEN r.status IN ('offered', 'told') AND r.model <> c.model
                        THEN 1 ELSE 0 END) AS good,
               COUNT(*) AS total, MIN(c.run_id) AS first_run, MAX(c.run_id) AS last_run
        FROM opened o JOIN calls c ON c.run_id = o.run_id AND c.number = o.number
        JOIN runs r ON r.id = c.run_id
        WHERE r.status NOT IN ('', 'cancelled') GROUP BY c.model""",
    days=30,
    at_least=10,
    bar="share_above",
    threshold=0.6,
    offer=_offer,
)
