"""A checker often takes longer than it may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings

_LONGEST_S = 120.0


def _offer(subject: str, settings: Settings) -> Offer | None:
    now = settings.checker(subject).timeout_s
    if now >= _LONGEST_S:
        return None
    text = "It gets twice the time."
    return Offer(("checkers", subject, "timeout_s"), min(2 * now, _LONGEST_S), text)


SIGNAL = Signal(
    id="checker_times_out",
    about="{good} of {total} looks of {subject} at an edit were not done in time",
    sql="""
        SELECT k.checker AS subject, SUM(CASE WHEN k.status = 'timeout' THEN 1 ELSE 0 END) AS good,
               COUNT(*) AS total,
               MIN(CASE WHEN k.status = 'timeout' THEN a.run_id END) AS first_run,
               MAX(CASE WHEN k.status = 'timeout' THEN a.run_id END) AS last_run
        FROM attempts a JOIN runs r ON r.id = a.run_id JOIN checks k ON k.set_id = a.check_set
        WHERE r.started_us >= :since_us AND k.status <> 'missing' GROUP BY k.checker""",
    days=7,
    at_least=20,
    bar="share_above",
    threshold=0.1,
    offer=_offer,
)
