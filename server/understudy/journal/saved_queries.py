"""Questions to the journal that many have, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US
from understudy.core.failures import BadRequestError

if TYPE_CHECKING:
    from understudy.journal.query import Value

_WEEK = 7


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question with a name.

    Attributes:
        about: what it asks, as a sentence.
        sql: with the parameter `:since_us`, from when on.
        days: how far back it looks, today not counted, where nobody says; None for all.
    """

    about: str
    sql: str
    days: int | None = _WEEK


def saved_query(name: str) -> SavedQuery:
    """The question with this name.

    Raises:
        BadRequestError: when there is none.
    """
    found = SAVED.get(name)
    if found is None:
        known = ", ".join(f"`{one}`" for one in SAVED)
        raise BadRequestError(f"There is no saved query `{name}`. There are {known}.")
    return found


def since(days: int | None, now_us: int) -> dict[str, Value]:
    """The parameter of a saved query: when the first of so many days before today began."""
    return {"since_us": 0 if days is None else (now_us // DAY_US - days) * DAY_US}


SAVED = {
    "failures-by-model": SavedQuery(
        "How often calls of each model failed this week, and as what.",
        """
        SELECT model, category, COUNT(*) AS failures FROM calls
        WHERE at_us >= :since_us AND category <> ''
        GROUP BY model, category ORDER BY failures DESC, model, category""",
    ),
    "cost-by-day": SavedQuery(
        "What calls of models cost on each day of this week, in US dollars.",
        """
        SELECT date(at_us / 1000000, 'unixepoch') AS day, COUNT(*) AS calls,
               ROUND(SUM(COALESCE(cost_usd, estimated_usd, 0)), 4) AS usd
        FROM calls WHERE at_us >= :since_us AND remembered = 0
        GROUP BY 1 ORDER BY 1""",
    ),
    "slowest-runs": SavedQuery(
        "The 20 runs of this week that took longest.",
        """
        SELECT id, task, language, path, status, model, ROUND(seconds, 1) AS seconds,
               attempts AS candidates
        FROM runs WHERE started_us >= :since_us AND seconds IS NOT NULL
        ORDER BY runs.seconds DESC, id LIMIT 20""",
    ),
    "undone-edits": SavedQuery(
        "Edits that were undone this week, and not made again since, newest first.",
        """
        SELECT r.id AS run, r.path, r.line, e.model, e.author, e.code, e.band
        FROM outcomes o JOIN edits e ON e.id = o.edit_id JOIN runs r ON r.id = e.run_id
        WHERE o.what = 'undone' AND o.at_us >= :since_us AND NOT EXISTS (
            SELECT 1 FROM outcomes later
            WHERE later.edit_id = o.edit_id AND later.at_us > o.at_us
              AND later.what IN ('applied', 'kept', 'changed', 'undone'))
        ORDER BY o.at_us DESC, e.id LIMIT 100""",
    ),
    "survival": SavedQuery(
        "How much was left of each model's edits after 30, 120 and 600 seconds, this week: how many"
        " were looked at, and the share on average.",
        """
        SELECT e.model, o.what, COUNT(*) AS edits, ROUND(AVG(o.detail), 3) AS share
        FROM outcomes o JOIN edits e ON e.id = o.edit_id
        WHERE o.at_us >= :since_us
          AND o.what IN ('survived_30', 'survived_120', 'survived_600', 'survived_later')
        GROUP BY e.model, o.what ORDER BY e.model, o.what LIMIT 200""",
    ),
    "problems": SavedQuery(
        "Which problems were worked on most often this week, and how many were solved.",
        """
        SELECT source, code, COUNT(*) AS runs,
               SUM(CASE WHEN status = 'offered' THEN 1 ELSE 0 END) AS solved
        FROM runs WHERE started_us >= :since_us AND code <> '' AND status <> ''
        GROUP BY source, code ORDER BY runs DESC, source, code LIMIT 50""",
    ),
    "unnamed-failures": SavedQuery(
        "Failures that nobody could name, by what they have in common.",
        """
        SELECT fingerprint, code, words, COUNT(*) AS failures, MIN(model) AS model
        FROM calls WHERE category = 'unknown' AND at_us >= :since_us
        GROUP BY fingerprint, code, words ORDER BY failures DESC, fingerprint, code, words LIMIT 50""",
        days=None,
    ),
    "texts": SavedQuery(
        "The newest texts that are kept of prompts, replies and edits, where `journal.content` has"
        " them kept.",
        """
        SELECT u.subject, u.part, c.level, c.size, c.body AS text
        FROM content_uses u JOIN contents c ON c.sha256 = u.sha256
        WHERE u.at_us >= :since_us ORDER BY u.at_us DESC, u.subject, u.part LIMIT 20""",
    ),
    "routes": SavedQuery(
        "Which models might be asked this week, in which order, by whose choice, and how that went.",
        """
        SELECT o.provenance, o.models, o.explored, o.rejected, c.runs, c.solved
        FROM (SELECT route, COUNT(*) AS runs,
                     SUM(CASE WHEN status IN ('offered', 'told') THEN 1 ELSE 0 END) AS solved
              FROM runs WHERE started_us >= :since_us GROUP BY route) c
        JOIN routes o ON o.id = c.route
        ORDER BY c.runs DESC, o.provenance, o.models, o.explored, o.rejected LIMIT 50""",
    ),
    "checkers": SavedQuery(
        "What each checker found in attempts.",
        """
        SELECT c.checker, c.status, SUM(s.times) AS attempts,
               SUM(s.times * c.new_count) AS new_problems,
               SUM(s.times * c.fixed_count) AS fixed_problems
        FROM (SELECT a.check_set, COUNT(*) AS times FROM runs r JOIN attempts a ON a.run_id = r.id
              WHERE r.started_us >= :since_us GROUP BY a.check_set) s
        JOIN checks c ON c.set_id = s.check_set
        GROUP BY c.checker, c.status ORDER BY c.checker, c.status""",
    ),
}
