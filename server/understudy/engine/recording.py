"""The journal of a process, with whoever is told of its runs beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.engine.refit_file import refit_in_force
from understudy.journal.store import Journal
from understudy.telemetry.exporter import Exporter

if TYPE_CHECKING:
    from understudy.config.settings import Settings


def open_journal(settings: Settings) -> Journal:
    """The user's journal. A collector that settings name is told of each run that ends."""
    journal = Journal.open(journal_file(), settings)
    journal.history.read_refit = refit_in_force
    journal.beside = Exporter(settings, journal.record)
    return journal
