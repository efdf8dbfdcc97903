"""How much strategies help, as editors ask for it. Everything here reads files, and blocks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from understudy.config.paths import journal_file
from understudy.core.clock import DAY_US
from understudy.engine.effectiveness import Asked, effects
from understudy.engine.effectiveness_text import effect_json, report, summary
from understudy.lsp.recorded import require_days, store_rows
from understudy.models.registry import find_model

if TYPE_CHECKING:
    from understudy.engine.effectiveness import Effect
    from understudy.lsp.app import App
    from understudy.lsp.extensions import EffectivenessArguments


def answered(app: App, asked: EffectivenessArguments) -> dict[str, Any]:
    """The members of `understudy.lsp.effectiveness_exchanges.Effectiveness`.

    Raises:
        BadRequestError: for arguments that mean nothing.
        UnavailableError: when the journal can't be read.
    """
    return {"strategies": [effect_json(one) for one in _counted(app, asked)]}


def in_words(app: App, asked: EffectivenessArguments) -> tuple[str, str]:
    """The same as a text, and in one sentence.

    Raises:
        BadRequestError: for arguments that mean nothing.
        UnavailableError: when the journal can't be read.
    """
    found = _counted(app, asked)
    return report(found), summary(found)


def _counted(app: App, asked: EffectivenessArguments) -> tuple[Effect, ...]:
    require_days(asked.days)
    settings, now_us = app.session.settings_for(None), time.time_ns() // 1_000
    store_rows(app)
    named = find_model(settings, asked.model) if asked.model else None
    which = Asked(
        since_us=now_us - asked.days * DAY_US if asked.days else 0,
        model=named.id if named is not None else asked.model or "",
        language=asked.language or "",
        category=asked.category or "",
    )
    return effects(journal_file(), which, settings.learning.half_life_days, now_us)
