"""A provider often says that it is asked too much at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.settings import ProviderSettings
from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings


def _offer(subject: str, settings: Settings) -> Offer | None:
    now = settings.providers.get(subject, ProviderSettings()).concurrency
    if now < 2:
        return None
    text = "Fewer questions are on their way to it at once."
    return Offer(("providers", subject, "concurrency"), now // 2, text)


SIGNAL = Signal(
    id="rate_limits_common",
    about="{good} of {total} questions to {subject} met its rate limit",
    sql="""
        SELECT provider AS subject,
               SUM(CASE WHEN category = 'rate_limit' THEN 1 ELSE 0 END) AS good, COUNT(*) AS total,
               MIN(CASE WHEN category = 'rate_limit' THEN run_id END) AS first_run,
               MAX(CASE WHEN category = 'rate_limit' THEN run_id END) AS last_run
        FROM calls WHERE at_us >= :since_us AND remembered = 0 GROUP BY provider""",
    days=7,
    at_least=20,
    bar="share_above",
    threshold=0.1,
    offer=_offer,
)
