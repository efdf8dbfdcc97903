"""How often edits of a kind were kept, in memory, for the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.journal.records import EditRow, OutcomeRow

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = tuple[str, str, str, str]
"""Model, task, language, author."""

JUDGEMENTS = frozenset({"kept", "changed", "undone"})
_MOST_EDITS = 5_000


class History:
    """Counts by kind of edit: those that the journal held, and those of this process.

    Works without a journal too; then it knows this process alone.
    """

    def __init__(self) -> None:
        self._stored: Mapping[Kind, tuple[int, int]] = {}
        self._here: dict[Kind, tuple[int, int]] = {}
        self._edits: dict[str, tuple[Kind, str]] = {}

    def kept(self, model: str, task: str, language: str, author: str) -> tuple[int, int]:
        """`(kept, judged)`: judged edits were kept, changed or undone, by their last judgement."""
        kind = (model, task, language, author)
        stored, here = self._stored.get(kind, (0, 0)), self._here.get(kind, (0, 0))
        return (stored[0] + here[0], stored[1] + here[1])

    def load(self, stored: Mapping[Kind, tuple[int, int]]) -> None:
        """Take the counts that a journal held before this process wrote to it."""
        self._stored = stored

    def observe(self, row: object) -> None:
        """Learn from a row as it is recorded; rows that say nothing about edits are ignored."""
        if isinstance(row, EditRow):
            self._remember(row)
        elif isinstance(row, OutcomeRow) and row.what in JUDGEMENTS:
            self._judge(row)

    def _remember(self, edit: EditRow) -> None:
        if len(self._edits) >= _MOST_EDITS:
            del self._edits[next(iter(self._edits))]
        self._edits[edit.id] = ((edit.model, edit.task, edit.language, edit.author), "")

    def _judge(self, outcome: OutcomeRow) -> None:
        kind, before = self._edits.get(outcome.edit_id, (None, ""))
        if kind is None:
            return
        kept, judged = self._here.get(kind, (0, 0))
        kept += (outcome.what == "kept") - (before == "kept")
        self._here[kind] = (kept, judged + (not before))
        self._edits[outcome.edit_id] = (kind, outcome.what)
