"""The queries behind the numbers of models.

All of them begin with the runs of a window, which an index has by time, and go on to what hangs on
each run by its index. Only such SQL is used as SQLite and PostgreSQL both know.
"""

# ruff: noqa: S608 - the queries are put together of constants of this file alone

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHOSEN = """
    chosen AS (
        SELECT id, started_us, workspace, owner, task, language, status, model, reason_category
        FROM runs
        WHERE started_us >= :since_us AND started_us < :until_us AND status != ''
          AND (:task = '' OR task = :task) AND (:language = '' OR language = :language)
          AND (:workspace = '' OR workspace = :workspace) AND (:owner = '' OR owner = :owner))"""
# What follows a good call in its run asks for a second opinion, or lost a race and was cancelled.
_MADE = """
    made AS (
        SELECT r.id AS run_id, r.started_us, r.workspace, r.owner, r.task, r.language, r.status,
               r.reason_category,
               c.model, c.number AS place, c.category, c.seconds, c.first_token_s, c.input_tokens,
               c.output_tokens, c.cached_tokens, c.cost_usd, c.estimated_usd, c.remembered,
               CASE WHEN c.status = 'answered' THEN 1 ELSE 0 END AS answered,
               CASE WHEN c.requests > 0 AND c.remembered = 0 THEN 1 ELSE 0 END AS sent,
               CASE WHEN c.status = 'answered' AND c.category = '' THEN 1 ELSE 0 END AS good,
               CASE WHEN c.category IN ('cancelled', 'stale_document') THEN 1 ELSE 0 END AS stopped,
               CASE WHEN c.category = 'stale_document' OR r.reason_category = 'stale_document'
                    THEN 1 ELSE 0 END AS late,
               CASE WHEN c.number > 1 AND EXISTS (
                   SELECT 1 FROM calls g
                   WHERE g.run_id = c.run_id AND g.status = 'answered' AND g.category = ''
                     AND (g.at_us < c.at_us OR (g.at_us = c.at_us AND g.number < c.number)))
                   THEN 1 ELSE 0 END AS opinion
        FROM chosen r JOIN calls c ON c.run_id = r.id)"""
# All that the offline model wrote in a run is one answer.
_OFFLINE = """
    offline AS (
        SELECT r.id AS run_id, r.started_us, r.workspace, r.owner, r.task, r.language, r.status,
               a.model,
               SUM(a.seconds) AS seconds,
               MAX(CASE WHEN a.status = 'offered' THEN 1 ELSE 0 END) AS good,
               CASE WHEN r.status = 'cancelled'
                         AND MAX(CASE WHEN a.status = 'offered' THEN 1 ELSE 0 END) = 0
                    THEN 1 ELSE 0 END AS stopped,
               CASE WHEN r.reason_category = 'stale_document' THEN 1 ELSE 0 END AS late,
               COALESCE(NULLIF(MAX(a.category), ''),
                        CASE WHEN r.model = a.model THEN NULLIF(r.reason_category, '') END,
                        'lint_failure') AS category
        FROM chosen r JOIN attempts a ON a.run_id = r.id
        WHERE a.model = :offline
        GROUP BY r.id, r.started_us, r.workspace, r.owner, r.task, r.language, r.status,
                 r.reason_category, r.model, a.model)"""
_TRIES = """
    tries AS (
        SELECT run_id, started_us, workspace, owner, task, language, status, model,
               MIN(place) AS place,
               COUNT(*) AS asked, MAX(good) AS good, MAX(stopped) AS stopped, MAX(late) AS late
        FROM made WHERE sent = 1 AND (opinion = 0 OR stopped = 1)
        GROUP BY run_id, started_us, workspace, owner, task, language, status, model
        UNION ALL
        SELECT run_id, started_us, workspace, owner, task, language, status, model, 0, 1, good, stopped, late
        FROM offline)"""
# `CROSS JOIN` has SQLite begin with the runs. The last judgement counts, and a diagnostic that came back is never forgotten: the gate's notion.
_FATES = """
    told AS (
        SELECT e.id AS edit_id, e.run_id, e.model, r.started_us, r.workspace, r.owner, r.task,
               r.language,
               MAX(CASE WHEN o.what = 'applied' THEN 1 ELSE 0 END) AS applied,
               MAX(CASE WHEN o.what = 'diagnostic_back' THEN 1 ELSE 0 END) AS back,
               COALESCE(MAX(CASE WHEN o.what = 'kept' THEN o.at_us END), -1) AS kept_us,
               COALESCE(MAX(CASE WHEN o.what = 'changed' THEN o.at_us END), -1) AS changed_us,
               COALESCE(MAX(CASE WHEN o.what = 'undone' THEN o.at_us END), -1) AS undone_us
        FROM chosen r CROSS JOIN edits e LEFT JOIN outcomes o ON o.edit_id = e.id
        WHERE e.run_id = r.id
        GROUP BY e.id, e.run_id, e.model, r.started_us, r.workspace, r.owner, r.task, r.language),
    fates AS (
        SELECT run_id, model, started_us, workspace, owner, task, language, applied,
               CASE WHEN back = 1 THEN 0.0
                    WHEN kept_us >= changed_us AND kept_us > undone_us THEN 1.0
                    WHEN changed_us >= 0 AND changed_us > undone_us THEN (
                        SELECT COALESCE(MAX(o.detail), 0.0) FROM outcomes o
                        WHERE o.edit_id = told.edit_id AND o.what = 'changed'
                          AND o.at_us = told.changed_us)
                    WHEN undone_us >= 0 THEN 0.0 ELSE 1.0 END AS share,
               CASE WHEN back = 1 OR kept_us >= 0 OR changed_us >= 0 OR undone_us >= 0
                    THEN 1 ELSE 0 END AS judged,
               CASE WHEN back = 0 AND kept_us >= 0 AND kept_us >= changed_us
                         AND kept_us > undone_us THEN 1 ELSE 0 END AS kept,
               CASE WHEN undone_us >= 0 AND undone_us >= kept_us AND undone_us >= changed_us
                    THEN 1 ELSE 0 END AS undone
        FROM told)"""
CELL = ("day", "model", "task", "language")
"""What the numbers of models are told by."""
_OF_MODEL = "(:model = '' OR model = :model)"


def _columns(names: Sequence[str]) -> str:
    return ", ".join(f"started_us / {DAY_US} AS day" if one == "day" else one for one in names)


def _grouped(names: Sequence[str]) -> str:
    return "GROUP BY " + ", ".join(str(place) for place, _ in enumerate(names, 1))


def runs(names: Sequence[str] = ()) -> str:
    """Runs that ended, whoever was asked."""
    keys = f"{_columns(names)}, " if names else ""
    return f"""
    WITH {_CHOSEN}
    SELECT {keys}COUNT(*) AS total,
           SUM(CASE WHEN status IN ('offered', 'told') THEN 1 ELSE 0 END) AS solved,
           SUM(CASE WHEN status = 'cancelled' AND reason_category != 'stale_document'
                    THEN 1 ELSE 0 END) AS cancelled,
           SUM(CASE WHEN status = 'cancelled' AND reason_category = 'stale_document'
                    THEN 1 ELSE 0 END) AS superseded
    FROM chosen {_grouped(names) if names else ""}"""


def taking_part(names: Sequence[str] = CELL) -> str:
    """Runs by the models that took part in them."""
    return f"""
    WITH {_CHOSEN}, {_MADE}, {_OFFLINE}, {_TRIES}, {_FATES},
    stand AS (SELECT run_id, model AS by_model, MIN(share) AS share FROM fates
             GROUP BY run_id, model),
    placed AS (
        SELECT t.*, COALESCE(l.share, 1.0) AS share,
               CASE WHEN t.place = MIN(t.place) OVER (PARTITION BY t.run_id)
                    THEN 1 ELSE 0 END AS opened
        FROM tries t LEFT JOIN stand l ON l.run_id = t.run_id AND l.by_model = t.model)
    SELECT {_columns(names)},
           SUM(CASE WHEN good = 1 OR stopped = 0 THEN 1 ELSE 0 END) AS runs,
           SUM(good) AS solved,
           SUM(CASE WHEN good = 1 AND asked = 1 THEN 1 ELSE 0 END) AS at_once,
           SUM(CASE WHEN good = 1 THEN share ELSE 0.0 END) AS standing,
           SUM(CASE WHEN good = 0 AND stopped = 1 AND late = 0 THEN 1 ELSE 0 END) AS cancelled,
           SUM(CASE WHEN good = 0 AND stopped = 1 AND late = 1 THEN 1 ELSE 0 END) AS superseded,
           SUM(CASE WHEN good = 0 AND stopped = 0 AND opened = 1 AND status IN ('offered', 'told')
                    THEN 1 ELSE 0 END) AS rescued,
           MAX(started_us) AS last_us
    FROM placed WHERE {_OF_MODEL} {_grouped(names)}"""


def attempts(names: Sequence[str] = CELL) -> str:
    """Answers by the models that gave them, and by what was wrong with them."""
    return f"""
    WITH {_CHOSEN}, {_MADE}, {_OFFLINE},
    each_one AS (
        SELECT started_us, workspace, owner, task, language, model, seconds, sent, stopped, opinion,
               CASE WHEN good = 1 THEN '' ELSE COALESCE(NULLIF(category, ''), 'unknown')
                    END AS category,
               answered, remembered, first_token_s, input_tokens, output_tokens, cached_tokens,
               cost_usd, estimated_usd
        FROM made
        UNION ALL
        SELECT started_us, workspace, owner, task, language, model, seconds, 1, stopped, 0,
               CASE WHEN good = 1 THEN '' ELSE category END,
               0, 0, NULL, 0, 0, 0, 0, 0
        FROM offline)
    SELECT {_columns(names)}, category,
           SUM(CASE WHEN sent = 1 AND stopped = 0 AND opinion = 0 THEN 1 ELSE 0 END) AS attempts,
           SUM(CASE WHEN sent = 1 AND stopped = 0 AND opinion = 1 THEN 1 ELSE 0 END) AS opinions,
           SUM(CASE WHEN sent = 1 AND stopped = 0 THEN 1 ELSE 0 END) AS timed,
           SUM(CASE WHEN sent = 1 AND stopped = 0 THEN seconds ELSE 0 END) AS latency_s,
           SUM(CASE WHEN sent = 1 AND first_token_s IS NOT NULL THEN 1 ELSE 0 END) AS begun,
           SUM(CASE WHEN sent = 1 THEN COALESCE(first_token_s, 0) ELSE 0 END) AS begun_s,
           SUM(CASE WHEN sent = 1 THEN seconds ELSE 0 END) AS seconds,
           SUM(CASE WHEN sent = 1 THEN COALESCE(input_tokens, 0) ELSE 0 END) AS tokens_in,
           SUM(CASE WHEN sent = 1 THEN COALESCE(output_tokens, 0) ELSE 0 END) AS tokens_out,
           SUM(CASE WHEN sent = 1 THEN COALESCE(cached_tokens, 0) ELSE 0 END) AS tokens_cached,
           SUM(CASE WHEN sent = 1 THEN COALESCE(cost_usd, estimated_usd, 0) ELSE 0 END) AS usd,
           SUM(CASE WHEN sent = 1 AND cost_usd IS NULL AND estimated_usd IS NOT NULL
                    THEN 1 ELSE 0 END) AS estimated,
           SUM(CASE WHEN sent = 1 AND cost_usd IS NULL AND estimated_usd IS NULL
                    THEN 1 ELSE 0 END) AS unpriced,
           SUM(CASE WHEN sent = 1 AND answered = 1 AND input_tokens IS NULL
                    THEN 1 ELSE 0 END) AS unmetered,
           SUM(remembered) AS remembered
    FROM each_one WHERE {_OF_MODEL} {_grouped([*names, "category"])}"""


def edits(names: Sequence[str] = CELL) -> str:
    """Edits by the models that wrote them, and what became of them."""
    return f"""
    WITH {_CHOSEN}, {_FATES}
    SELECT {_columns(names)}, COUNT(*) AS offered, SUM(applied) AS applied, SUM(judged) AS judged,
           SUM(kept) AS kept, SUM(undone) AS undone
    FROM fates WHERE {_OF_MODEL} {_grouped(names)}"""


def percentiles(key: str) -> str:
    """Nearest-rank percentiles of how long attempts took, by one column of a fixed few."""
    return f"""
    WITH {_CHOSEN}, {_MADE}, {_OFFLINE},
    took AS (
        SELECT {key} AS name, seconds FROM made WHERE sent = 1 AND stopped = 0 AND {_OF_MODEL}
        UNION ALL
        SELECT {key}, seconds FROM offline WHERE stopped = 0 AND {_OF_MODEL}),
    ranked AS (
        SELECT name, seconds, ROW_NUMBER() OVER (PARTITION BY name ORDER BY seconds) AS place,
               COUNT(*) OVER (PARTITION BY name) AS total
        FROM took)
    SELECT name, MIN(CASE WHEN place * 100 >= total * 50 THEN seconds END) AS p50_s,
           MIN(CASE WHEN place * 100 >= total * 95 THEN seconds END) AS p95_s
    FROM ranked GROUP BY name"""


def latencies(names: Sequence[str]) -> str:
    """How long each attempt took, with the columns that are named."""
    return f"""
    WITH {_CHOSEN}, {_MADE}, {_OFFLINE}
    SELECT {_columns(names)}, seconds FROM made WHERE sent = 1 AND stopped = 0 AND {_OF_MODEL}
    UNION ALL
    SELECT {_columns(names)}, seconds FROM offline WHERE stopped = 0 AND {_OF_MODEL}"""


SHARES = f"""
    WITH {_CHOSEN}, {_MADE}, {_OFFLINE}, {_TRIES}
    SELECT model, SUM(CASE WHEN good = 1 OR stopped = 0 THEN 1 ELSE 0 END) AS runs,
           SUM(good) AS solved
    FROM tries GROUP BY model"""

FAILED_RUNS = f"""
    WITH {_CHOSEN}, {_MADE}, {_OFFLINE}, {_TRIES}
    SELECT run_id FROM tries WHERE good = 0 AND stopped = 0 AND model = :model
    ORDER BY started_us DESC, run_id DESC LIMIT :most"""
