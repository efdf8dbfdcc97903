"""Edits that one key takes are often undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.signals import Offer, Signal

if TYPE_CHECKING:
    from understudy.config.settings import Settings

_MORE = 0.1
_HIGHEST = 0.95


def _offer(subject: str, settings: Settings) -> Offer | None:  # noqa: ARG001 - it is about all
    now = settings.gate.confirm_score
    if now >= _HIGHEST:
        return None
    text = "More edits are shown as a diff with reasons before they can be taken."
    return Offer(("gate", "confirm_score"), round(min(now + _MORE, _HIGHEST), 2), text)


SIGNAL = Signal(
    id="confirmed_edits_undone",
    about="{good} of {total} edits that were offered for one confirmation were undone",
    sql="""
        WITH fates AS (
            SELECT edit_id,
                   CASE WHEN MAX(CASE WHEN what = 'undone' THEN at_us ELSE 0 END) >
                             MAX(CASE WHEN what = 'kept' THEN at_us ELSE 0 END)
                        THEN 1 ELSE 0 END AS undone
            FROM outcomes
            WHERE at_us >= :since_us AND what IN ('kept', 'changed', 'undone') GROUP BY edit_id)
        SELECT '' AS subject, SUM(f.undone) AS good, COUNT(*) AS total,
               MIN(CASE WHEN f.undone = 1 THEN e.run_id END) AS first_run,
               MAX(CASE WHEN f.undone = 1 THEN e.run_id END) AS last_run
        FROM fates f JOIN edits e ON e.id = f.edit_id WHERE e.band = 'confirm'""",
    days=30,
    at_least=20,
    bar="share_above",
    threshold=0.2,
    offer=_offer,
)
