"""How often the offline model found the fix. Reads and never writes."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.config.settings import OFFLINE_MODEL
from understudy.journal.reading import reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MOST_RUNS = 5_000


def fixed_offline(path: Path) -> Mapping[tuple[str, str], tuple[int, int]]:
    """In how many of the newest runs it found a fix that was not undone, and how many there were.

    Args:
        path: the journal's file.

    Returns:
        Both by language and the problem's code; an empty code stands for all of a language.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    found: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    with reading(path) as connection:
        if connection is None:
            return MappingProxyType({})
        which = {"offline": OFFLINE_MODEL, "most": _MOST_RUNS}
        for language, code, good, total in connection.execute(_FIXED, which):
            for key in {(language, code), (language, "")}:
                before = found[key]
                found[key] = (before[0] + good, before[1] + total)
    return MappingProxyType(dict(found))


_FIXED = """
    WITH newest AS (
        SELECT id, language, code, status, model FROM runs
        WHERE task = 'fix' AND status NOT IN ('', 'cancelled')
        ORDER BY started_us DESC LIMIT :most)
    SELECT language, code, SUM(status = 'offered' AND model = :offline AND NOT EXISTS (
               SELECT 1 FROM edits e JOIN outcomes o ON o.edit_id = e.id
               WHERE e.run_id = newest.id GROUP BY e.id
               HAVING MAX(CASE WHEN o.what = 'undone' THEN o.at_us ELSE 0 END) >
                      MAX(CASE WHEN o.what IN ('applied', 'kept', 'changed')
                               THEN o.at_us ELSE 0 END))), COUNT(*)
    FROM newest GROUP BY language, code"""
