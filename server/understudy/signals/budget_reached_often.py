"""What may be spent is spent on most days."""

from __future__ import annotations

from understudy.signals import Signal, offer_of

SIGNAL = Signal(
    id="budget_reached_often",
    about="the budget was reached on {good} of {total} days on which models were asked",
    sql="""
        WITH days AS (
            SELECT at_us / 86400000000 AS day,
                   MAX(CASE WHEN category = 'budget_exceeded' THEN 1 ELSE 0 END) AS reached,
                   MAX(CASE WHEN category = 'budget_exceeded' THEN run_id END) AS run
            FROM calls WHERE at_us >= :since_us GROUP BY 1)
        SELECT '' AS subject, SUM(reached) AS good, COUNT(*) AS total,
               MIN(run) AS first_run, MAX(run) AS last_run FROM days""",
    days=30,
    at_least=5,
    bar="share_above",
    threshold=0.5,
    offer=offer_of(
        ("budget", "at_cap"),
        "downgrade",
        "Once the budget is spent, models that cost nothing are asked.",
    ),
)
