"""What the journal of this server tells: all that was recorded so far, and how far back it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError

if TYPE_CHECKING:
    from understudy.lsp.app import App

_MOST_DAYS = 99_999
_STORE_S = 1.0


def store_rows(app: App) -> None:
    """Have what just happened in the file: a run that has ended may still be on its way. Blocks."""
    journal = app.background.journal if app.background else None
    if journal is not None:
        journal.flush(_STORE_S)


def require_days(days: int | None) -> None:
    """Refuse a number of days that means nothing; None stands for all of them.

    Raises:
        BadRequestError: when it is so.
    """
    if days is not None and not 1 <= days <= _MOST_DAYS:
        raise BadRequestError(f"`days` must be from 1 to {_MOST_DAYS}.")
