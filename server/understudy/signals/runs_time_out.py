"""Runs often end because their time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings

_LONGEST_S = 600.0


def _offer(subject: str, settings: Settings) -> Offer | None:  # noqa: ARG001 - it is about all
    now = settings.fix.timeout_s
    if now >= _LONGEST_S:
        return None
    return Offer(("fix", "timeout_s"), min(2 * now, _LONGEST_S), "Runs get twice the time.")


SIGNAL = Signal(
    id="runs_time_out",
    about="{good} of {total} runs of the last 7 days ended because their time was over",
    sql="""
        SELECT '' AS subject,
               SUM(CASE WHEN reason_category = 'timeout' THEN 1 ELSE 0 END) AS good,
               COUNT(*) AS total,
               MIN(CASE WHEN reason_category = 'timeout' THEN id END) AS first_run,
               MAX(CASE WHEN reason_category = 'timeout' THEN id END) AS last_run
        FROM runs WHERE started_us >= :since_us AND status NOT IN ('', 'cancelled')""",
    days=7,
    at_least=20,
    bar="share_above",
    threshold=0.1,
    offer=_offer,
)
