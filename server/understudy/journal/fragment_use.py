"""How often fragments of prompts were in use, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.journal.database import version_of
from understudy.journal.reading import reading
from understudy.journal.vocabulary import clean

if TYPE_CHECKING:
    from pathlib import Path

_SINCE_VERSION = 7


def fragment_use(journal: Path, fragment: str, layer: str) -> tuple[int, int]:
    """`(runs, good)`: runs with a fragment in a prompt, and those in which a reply with it was of use.

    Both are 0 where nothing is known. Reads the disk.

    Raises:
        UnavailableError: the journal can't be read.
    """
    with reading(journal) as connection:
        if connection is None or version_of(connection) < _SINCE_VERSION:
            return 0, 0
        which = {"fragment": clean("fragment", fragment), "layer": clean("layer", layer)}
        runs, good = connection.execute(_USE, which).fetchone()
        return int(runs), int(good)


_USE = """
    SELECT count(DISTINCT calls.run_id),
           count(DISTINCT CASE WHEN calls.status = 'answered' AND calls.category = ''
                               THEN calls.run_id END)
    FROM fragments_used JOIN calls ON calls.fragment_set = fragments_used.set_id
    WHERE fragments_used.fragment = :fragment AND fragments_used.layer = :layer"""
