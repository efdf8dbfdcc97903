"""Refit the gate to what the journal holds, for the command line and for an idle server. Blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.engine.refit_file import RefitRecord, read_refit, write_refit
from understudy.engine.refitting import attempt
from understudy.journal.labels import labels

if TYPE_CHECKING:
    from understudy.engine.refitting import Tried


def try_refit() -> Tried:
    """What refitting would do. Writes nothing.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    return attempt(labels(journal_file()), read_refit())


def refit_now() -> Tried:
    """Refit, and keep what came of it in the user's state folder.

    Raises:
        UnavailableError: when the journal can't be read, or the file can't be written.
    """
    record = read_refit()
    tried = attempt(labels(journal_file()), record)
    if tried.refit != record.refit:
        write_refit(
            RefitRecord(tried.refit, _newest() if tried.verdict == "demoted" else record.after_us)
        )
    return replace(tried, in_use=tried.refit)


def reset_refit() -> bool:
    """Go back to the coefficients that Understudy brings; whether others counted before.

    What was judged until now is not learned from again, so that the next refit is of new edits.

    Raises:
        UnavailableError: when the journal can't be read, or the file can't be written.
    """
    record = read_refit()
    write_refit(RefitRecord(None, _newest()))
    return record.refit is not None


def _newest() -> int:
    """When the last label was given; it counts no more, and neither do those before it."""
    return max((one.at_us for one in labels(journal_file())), default=0)
