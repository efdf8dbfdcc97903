"""The numbers of models as editors ask for them. Everything here reads files, and blocks."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.failures import BadRequestError
from understudy.core.plural import plural
from understudy.journal.imported_text import imported_json, imported_report
from understudy.journal.imports import imported_within
from understudy.journal.model_choice import best_for
from understudy.journal.model_stats import model_stats
from understudy.journal.model_stats_json import categories_json, choice_json, stats_json
from understudy.journal.model_stats_text import card, choice_report, report, summary_line
from understudy.journal.model_tally import Scope, days_before
from understudy.journal.workspaces import workspace_id
from understudy.lsp.recorded import require_days, store_rows
from understudy.models.registry import find_model
from understudy.workspace.paths import path_of

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.journal.model_choice import Choice
    from understudy.journal.model_stats import Stats
    from understudy.journal.model_tally import By
    from understudy.lsp.app import App
    from understudy.lsp.extensions import StatsArguments

_BY: dict[str, By] = {"model": "model", "task": "task", "language": "language"}


def answered(app: App, asked: StatsArguments) -> dict[str, object]:
    """The members of `understudy.lsp.stats_exchanges.StatsAnswer`.

    Raises:
        BadRequestError: for arguments that mean nothing.
        UnavailableError: when the journal can't be read.
    """
    stats, choice = _counted(app, asked)
    found = imported_within(journal_file(), stats.scope)
    return {
        **stats_json(stats),
        "categories": categories_json(stats)["stats"],
        "choice": choice_json(choice) if choice is not None else None,
        "imported": [imported_json(one) for one in found],
    }


def in_words(app: App, asked: StatsArguments) -> tuple[str, str]:
    """The same as a text, and in one sentence.

    Raises:
        BadRequestError: for arguments that mean nothing.
        UnavailableError: when the journal can't be read.
    """
    stats, choice = _counted(app, asked)
    within = f"in the last {plural(asked.days, 'day')}" if asked.days else ""
    found = imported_within(journal_file(), stats.scope)
    text, short = report(stats, within) + imported_report(found), summary_line(stats, within)
    if choice is None:
        return text, short
    return f"{choice_report(choice)}\n{text}", choice.verdict


def about_model(settings: Settings, named: str) -> str:
    """What is known of a model that a configuration names, in Markdown; empty for no model.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    from understudy.config.diagnose import code_span

    model = find_model(settings, named)
    if model is None:
        return ""
    groups = model_stats(journal_file(), Scope(model=model.id)).groups
    told = card(groups[0]) if groups else "It was not asked yet."
    return f"{code_span(model.id)}\n\n{told}"


def _counted(app: App, asked: StatsArguments) -> tuple[Stats, Choice | None]:
    by = _BY.get(asked.by or "model")
    if by is None:
        raise BadRequestError(f"`by` must be one of {', '.join(_BY)}.")
    scope = _scope(app, asked)
    store_rows(app)
    stats = model_stats(journal_file(), scope, by)
    if not asked.best:
        return stats, None
    return stats, best_for(model_stats(journal_file(), replace(scope, task=asked.best)))


def _scope(app: App, asked: StatsArguments) -> Scope:
    require_days(asked.days)
    since_us = days_before(time.time_ns() // 1_000, asked.days) if asked.days else 0
    folder = path_of(asked.folder) if asked.folder else None
    if asked.folder and folder is None:
        raise BadRequestError("`folder` must be the URI of a folder on this machine.")
    named = find_model(app.session.settings_for(None), asked.model) if asked.model else None
    return Scope(
        since_us=since_us,
        model=named.id if named is not None else asked.model or "",
        task=asked.task or "",
        language=asked.language or "",
        workspace=workspace_id(Path(folder)) if folder is not None else "",
    )
