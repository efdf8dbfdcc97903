"""Where a silent model was given up for the next one, that one did not solve it either."""

from __future__ import annotations

from understudy.signals import Signal, offer_of

SIGNAL = Signal(
    id="hedges_never_win",
    about="after {total} models that were silent for too long the next one solved it {good} times",
    sql="""
        SELECT '' AS subject,
               SUM(CASE WHEN r.status IN ('offered', 'told') AND r.model = n.model
                        THEN 1 ELSE 0 END) AS good,
               COUNT(*) AS total, MIN(n.run_id) AS first_run, MAX(n.run_id) AS last_run
        FROM calls c JOIN calls n ON n.run_id = c.run_id AND n.number = c.number + 1
        JOIN runs r ON r.id = c.run_id
        WHERE c.at_us >= :since_us AND c.category = 'timeout' AND n.how = 'next'
          AND r.status NOT IN ('', 'cancelled')""",
    days=30,
    at_least=15,
    bar="share_below",
    threshold=0.25,
    offer=offer_of(
        ("cascade", "hedge"),
        value=False,
        effect="A model that is silent for longer than usual is waited for.",
    ),
)
