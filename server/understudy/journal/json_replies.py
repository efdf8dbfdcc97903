"""How many of a model's replies in JSON could be read."""

from __future__ import annotations

JSON_REPLIES = """
    SELECT model AS subject,
           SUM(CASE WHEN category IN ('parse_error', 'incomplete_output', 'markdown_pollution',
                                      'edit_apply_failed', 'empty_output')
                    THEN 0 ELSE 1 END) AS good,
           COUNT(*) AS total, MIN(run_id) AS first_run, MAX(run_id) AS last_run
    FROM calls
    WHERE at_us >= :since_us AND edit_format = 'json' AND status = 'answered' AND remembered = 0
    GROUP BY model"""
"""By model, from `:since_us` on, as signals count: `good` could be read."""
