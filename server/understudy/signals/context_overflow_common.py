"""Prompts are often longer than models can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings

_LEAST_TOKENS = 1_000


def _offer(subject: str, settings: Settings) -> Offer | None:  # noqa: ARG001 - it is about all
    now = settings.context.max_tokens
    fewer = max(now // 2, _LEAST_TOKENS)
    if fewer >= now:
        return None
    text = "Prompts show half as much of the workspace."
    return Offer(("context", "max_tokens"), fewer, text)


SIGNAL = Signal(
    id="context_overflow_common",
    about="{good} of {total} questions of the last 30 days were longer than the model can read",
    sql="""
        SELECT '' AS subject,
               SUM(CASE WHEN category = 'context_overflow' THEN 1 ELSE 0 END) AS good,
               COUNT(*) AS total,
               MIN(CASE WHEN category = 'context_overflow' THEN run_id END) AS first_run,
               MAX(CASE WHEN category = 'context_overflow' THEN run_id END) AS last_run
        FROM calls WHERE at_us >= :since_us AND remembered = 0""",
    days=30,
    at_least=20,
    bar="share_above",
    threshold=0.05,
    offer=_offer,
)
