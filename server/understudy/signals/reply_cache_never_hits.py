"""Replies are kept, and hardly ever used again."""

from __future__ import annotations

from understudy.signals import Signal, offer_of

SIGNAL = Signal(
    id="reply_cache_never_hits",
    about="{good} of {total} replies of the last 30 days came from the cache on this machine",
    sql="""
        SELECT '' AS subject, SUM(remembered) AS good, COUNT(*) AS total,
               MIN(run_id) AS first_run, MAX(run_id) AS last_run
        FROM calls WHERE at_us >= :since_us AND status = 'answered'""",
    days=30,
    at_least=300,
    bar="share_below",
    threshold=0.02,
    offer=offer_of(("cache", "replies"), value=False, effect="Replies are not kept on the disk."),
)
