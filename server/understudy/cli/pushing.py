"""`understudy journal push`: copy runs to a team's database."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli.configured import configured_at
from understudy.config.paths import journal_file
from understudy.core.plural import plural
from understudy.engine.team_database import team_database, terms_of
from understudy.journal.pushing import Pushing, push

if TYPE_CHECKING:
    from argparse import Namespace


def push_runs(arguments: Namespace) -> int:
    """Copy what is new or changed, and say how much that was."""
    settings = configured_at(Path()).settings
    database = team_database(arguments.to, settings)
    terms = terms_of(settings.journal)
    if arguments.content:
        terms = replace(terms, level=arguments.content)
    number = push(Pushing(journal_file(), database, terms), anew=arguments.all)
    sys.stdout.write(f"{plural(number, 'run')} copied to `{database}`.\n")
    return 0
