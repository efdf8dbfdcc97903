"""`understudy learning effectiveness` for people and for programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli.last_days import since_us
from understudy.core.clock import now_us
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import Namespace


def show(arguments: Namespace) -> int:
    """Print how much strategies help."""
    from understudy.cli.configured import configured_at
    from understudy.config.paths import journal_file
    from understudy.engine.effectiveness import Asked, effects
    from understudy.engine.effectiveness_text import effect_json, report
    from understudy.models.registry import find_model

    settings = configured_at(Path()).settings
    named = find_model(settings, arguments.model) if arguments.model else None
    asked = Asked(
        since_us=since_us(arguments),
        model=named.id if named is not None else arguments.model,
        language=arguments.language,
        category=arguments.category,
    )
    found = effects(journal_file(), asked, settings.learning.half_life_days, now_us())
    if arguments.json:
        told = {"strategies": [effect_json(one) for one in found]}
        sys.stdout.write(strict_json(told, indent=2) + "\n")
    else:
        sys.stdout.write(report(found))
    return 0
