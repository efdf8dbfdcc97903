"""The same failure again and again, in runs that nothing solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.settings import DefaultChain
from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings


def _offer(subject: str, settings: Settings) -> Offer | None:  # noqa: ARG001 - whichever it is
    if not settings.learning.strategies:
        text = "After a failure, the question is put differently."
        return Offer(("learning", "strategies"), value=True, effect=text)
    # Where a chain is written down, it decides, whatever the strategy is.
    chained = any(not isinstance(one, DefaultChain) for one in settings.model_routing.values())
    if settings.routing.strategy != "quality-first" and not chained:
        text = "The strongest models are asked first."
        return Offer(("routing", "strategy"), "quality-first", text)
    return None


SIGNAL = Signal(
    id="stuck_on_same_error",
    about="{good} runs of the last 7 days failed in the same way ({subject}), and none was solved",
    sql="""
        SELECT c.category || CASE WHEN c.code <> '' THEN ' ' || c.code ELSE '' END AS subject,
               COUNT(DISTINCT c.run_id) AS good, COUNT(DISTINCT c.run_id) AS total,
               MIN(c.run_id) AS first_run, MAX(c.run_id) AS last_run
        FROM calls c JOIN runs r ON r.id = c.run_id
        WHERE c.at_us >= :since_us AND c.fingerprint <> '' AND r.status <> ''
          AND c.category NOT IN ('', 'rate_limit', 'quota_exhausted', 'auth_error', 'timeout',
                                 'provider_unavailable', 'budget_exceeded', 'cancelled',
                                 'stale_document')
        GROUP BY c.fingerprint, 1
        HAVING SUM(CASE WHEN r.status IN ('offered', 'told') THEN 1 ELSE 0 END) = 0""",
    days=7,
    at_least=3,
    bar="count",
    threshold=3,
    offer=_offer,
)
