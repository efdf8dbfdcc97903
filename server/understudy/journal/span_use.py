"""Which pieces of workspaces were shown to models, and how the calls that showed them ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.journal.database import version_of
from understudy.journal.reading import reading

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_SINCE_VERSION = 6
_MOST_SPANS = 50
_ENOUGH = 10
"""After so few calls, nobody can tell whether something is of no use."""


@dataclass(frozen=True, slots=True)
class Use:
    """How often something was shown, and what came of it.

    Attributes:
        what: a tier, or a path.
        calls: that showed it.
        answered: of those, the ones whose reply was of use.
        kept: of those, the ones of runs whose edit was kept or applied.
        failed: of all calls, the ones that ended as a failure.
        tokens: that it took in all calls together.
    """

    what: str
    calls: int
    answered: int
    kept: int
    failed: int
    tokens: int

    @property
    def is_never_useful(self) -> bool:
        """Whether it was shown often, and no call with it was of use."""
        return self.calls >= _ENOUGH and not self.answered


@dataclass(frozen=True, slots=True)
class SpanUse:
    """What is known of all pieces.

    Attributes:
        calls: that showed anything of the workspace.
        without: calls that showed nothing of it; `without_answered` of them were of use.
        tiers: the most frequent first.
        paths: files that were shown often and never in a call that was of use.
        sent: tokens of prompts of which the provider told how many were in its cache.
        cached: those of them that were.
    """

    calls: int = 0
    answered: int = 0
    without: int = 0
    without_answered: int = 0
    tiers: tuple[Use, ...] = ()
    paths: tuple[Use, ...] = ()
    sent: int = 0
    cached: int = 0

    @property
    def is_telling(self) -> bool:
        """Whether there are enough calls to conclude anything from."""
        return self.calls >= _ENOUGH


def span_use(journal: Path, since_us: int = 0) -> SpanUse:
    """What the journal knows; nothing without one. Reads the disk.

    Raises:
        UnavailableError: the journal can't be read.
    """
    with reading(journal) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return SpanUse()
        which = {"since_us": since_us, "enough": _ENOUGH, "most": _MOST_SPANS}
        ends = {bool(row[0]): row[1:] for row in connection.execute(_CALLS, which)}
        calls, answered = ends.get(True, (0, 0))
        without, without_answered = ends.get(False, (0, 0))
        sent, cached = connection.execute(_CACHED, which).fetchone()
        return SpanUse(
            calls=calls,
            answered=answered,
            without=without,
            without_answered=without_answered,
            tiers=_uses(connection.execute(_TIERS, which)),
            paths=_uses(connection.execute(_PATHS, which)),
            sent=sent,
            cached=cached,
        )


def _uses(rows: sqlite3.Cursor) -> tuple[Use, ...]:
    return tuple(Use(row[0], *(int(number or 0) for number in row[1:])) for row in rows)


_CALLS = """
    SELECT shown, count(*), sum(good) FROM (
        SELECT status = 'answered' AND category = '' AS good,
               EXISTS (SELECT 1 FROM call_spans WHERE call_spans.call_id = calls.id) AS shown
        FROM calls WHERE at_us >= :since_us)
    GROUP BY shown"""
_CACHED = """
    SELECT coalesce(sum(input_tokens), 0), coalesce(sum(min(cached_tokens, input_tokens)), 0)
    FROM calls
    WHERE at_us >= :since_us AND NOT remembered
      AND cached_tokens IS NOT NULL AND input_tokens IS NOT NULL"""
# Several pieces of one call count once, and their tokens together.
_TIERS = """
    WITH parts AS (SELECT tier AS what, call_id, sum(tokens) AS tokens FROM call_spans GROUP BY 1, 2),
         ends AS (
             SELECT id, status = 'answered' AND category = '' AS good, EXISTS (
                        SELECT 1 FROM edits JOIN outcomes ON outcomes.edit_id = edits.id
                        WHERE edits.run_id = calls.run_id AND edits.model = calls.model
                          AND outcomes.what IN ('kept', 'applied')) AS kept
             FROM calls WHERE at_us >= :since_us)
    SELECT what, count(*), sum(good), sum(good AND kept), sum(NOT good), sum(tokens)
    FROM parts JOIN ends ON ends.id = parts.call_id
    GROUP BY what ORDER BY count(*) DESC, what LIMIT :most"""
_PATHS = """
    WITH parts AS (SELECT path AS what, call_id, sum(tokens) AS tokens FROM call_spans GROUP BY 1, 2),
         ends AS (
             SELECT id, status = 'answered' AND category = '' AS good FROM calls
             WHERE at_us >= :since_us)
    SELECT what, count(*), sum(good), 0, sum(NOT good), sum(tokens)
    FROM parts JOIN ends ON ends.id = parts.call_id
    GROUP BY what HAVING count(*) >= :enough AND sum(good) = 0
    ORDER BY count(*) DESC, what LIMIT :most"""
