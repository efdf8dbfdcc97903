"""The queries behind what is known of pieces that prompts showed.

Those on rows begin with the runs of a window, as those of `model_stats_sql` do, and go on to the calls of
each. Only such SQL is used as SQLite and PostgreSQL both know.
"""

# ruff: noqa: S608 - the queries are put together of constants of this file alone

from __future__ import annotations

ANY, NONE = "*", ""
"""In place of a tier: a call that showed any piece, and one that showed nothing of the workspace."""

_ENDS = """
    WITH ends AS (
        SELECT c.id, c.model, c.run_id,
               CASE WHEN c.status = 'answered' AND c.category = '' THEN 1 ELSE 0 END AS good,
               CASE WHEN c.remembered = 0 AND c.cached_tokens IS NOT NULL
                    THEN COALESCE(c.input_tokens, 0) ELSE 0 END AS sent,
               CASE WHEN c.remembered <> 0 OR c.input_tokens IS NULL THEN 0
                    WHEN c.cached_tokens < c.input_tokens THEN c.cached_tokens
                    WHEN c.cached_tokens IS NULL THEN 0 ELSE c.input_tokens END AS cached
        FROM runs r JOIN calls c ON c.run_id = r.id
        WHERE r.started_us >= :since_us AND r.started_us < :until_us)"""
_KEPT = """
    CASE WHEN good = 1 AND EXISTS (
             SELECT 1 FROM edits e JOIN outcomes o ON o.edit_id = e.id
             WHERE e.run_id = parts.run_id AND e.model = parts.model
               AND o.what IN ('kept', 'applied')) THEN 1 ELSE 0 END"""

TIER_COLUMNS = ("model", "tier", "calls", "answered", "kept", "tokens", "sent", "cached")
# Several pieces of one call count once, and their tokens together.
TIERS = f"""
    {_ENDS},
    parts AS (
        SELECT ends.id, ends.model, ends.run_id, s.tier, MAX(good) AS good, SUM(p.tokens) AS tokens
        FROM ends JOIN call_spans p ON p.call_id = ends.id JOIN shown s ON s.id = p.shown_id
        GROUP BY ends.id, ends.model, ends.run_id, s.tier),
    told AS (SELECT model, tier, good, tokens, {_KEPT} AS kept FROM parts),
    whole AS (
        SELECT model, good, sent, cached,
               CASE WHEN EXISTS (SELECT 1 FROM call_spans p WHERE p.call_id = ends.id)
                    THEN '{ANY}' ELSE '{NONE}' END AS tier
        FROM ends)
    SELECT model, tier, COUNT(*) AS calls, SUM(good) AS answered, SUM(kept) AS kept,
           SUM(tokens) AS tokens, 0 AS sent, 0 AS cached
    FROM told GROUP BY model, tier
    UNION ALL
    SELECT model, tier, COUNT(*), SUM(good), 0, 0, SUM(sent), SUM(cached)
    FROM whole GROUP BY model, tier"""

PATH_COLUMNS = ("path", "calls", "answered", "tokens")
PATHS = f"""
    {_ENDS},
    parts AS (
        SELECT ends.id, s.path, MAX(good) AS good, SUM(p.tokens) AS tokens
        FROM ends JOIN call_spans p ON p.call_id = ends.id JOIN shown s ON s.id = p.shown_id
        GROUP BY ends.id, s.path)
    SELECT path, COUNT(*) AS calls, SUM(good) AS answered, SUM(tokens) AS tokens
    FROM parts GROUP BY path"""

_WITHIN = "hour >= :first AND hour < :until"
TIER_SUMS = f"""
    SELECT tier, SUM(calls) AS calls, SUM(answered) AS answered, SUM(kept) AS kept,
           SUM(tokens) AS tokens, SUM(sent) AS sent, SUM(cached) AS cached
    FROM rollup_context WHERE {_WITHIN} GROUP BY tier"""
PATH_SUMS = f"""
    SELECT path, SUM(calls) AS calls, SUM(answered) AS answered, SUM(tokens) AS tokens
    FROM rollup_paths WHERE {_WITHIN} GROUP BY path"""
