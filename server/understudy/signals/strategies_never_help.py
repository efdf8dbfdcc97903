"""Questions are put differently after failures, and that clears none of them."""

from __future__ import annotations

from understudy.signals import Signal, offer_of

SIGNAL = Signal(
    id="strategies_never_help",
    about="{good} of {total} questions that were put differently after a failure cleared it",
    sql="""
        SELECT '' AS subject, SUM(CASE WHEN result = 'cleared' THEN 1 ELSE 0 END) AS good,
               COUNT(*) AS total, MIN(run_id) AS first_run, MAX(run_id) AS last_run
        FROM strategy_uses
        WHERE at_us >= :since_us AND strategy <> 'plain_retry' AND result <> 'unanswered'""",
    days=90,
    at_least=60,
    bar="share_below",
    threshold=0.08,
    offer=offer_of(
        ("learning", "strategies"),
        value=False,
        effect="After a failure, the model is asked as before and told what was wrong.",
    ),
)
