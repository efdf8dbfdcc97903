"""A model is asked again and again, and hardly solves anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings


def _offer(subject: str, settings: Settings) -> Offer | None:
    if not settings.model(subject).enabled:
        return None
    return Offer(("models", subject, "enabled"), value=False, effect="It is not asked any more.")


SIGNAL = Signal(
    id="model_never_solves",
    about="{good} of {total} runs that asked {subject} were solved by it",
    sql="""
        WITH asked AS (
            SELECT DISTINCT run_id, model FROM calls
            WHERE at_us >= :since_us AND status = 'answered')
        SELECT c.model AS subject,
               SUM(CASE WHEN r.status IN ('offered', 'told') AND r.model = c.model
                        THEN 1 ELSE 0 END) AS good,
               COUNT(*) AS total, MIN(r.id) AS first_run, MAX(r.id) AS last_run
        FROM asked c JOIN runs r ON r.id = c.run_id
        WHERE r.status NOT IN ('', 'cancelled') GROUP BY c.model""",
    days=30,
    at_least=20,
    bar="share_below",
    threshold=0.2,
    offer=_offer,
)
