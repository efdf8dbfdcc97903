"""What there is to say about the journal, for `understudy doctor`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.failures import UnavailableError
from understudy.core.plural import plural, verb
from understudy.engine.finding import Finding, State
from understudy.journal.network_files import network_kind
from understudy.journal.queries import count_runs
from understudy.journal.reading import newer_than_known
from understudy.journal.text_keeping import texts_above

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.config.journal_settings import JournalSettings

_MB = 1_000_000


def examine_journal(settings: JournalSettings) -> Iterator[Finding]:
    """Whether it can be written and read, where it lies, and what it keeps. Reads the disk."""
    path = journal_file()
    yield _state(path, settings)
    if kind := network_kind(path):
        text = f"It lies on a network file system ({kind}), so several programs write more slowly."
        remedy = "Choose a place on this machine with UNDERSTUDY_HOME."
        yield Finding("journal", "network", State.NOTE, text, remedy)
    if number := texts_above(path, settings.content):
        text = f"{plural(number, 'text')} of prompts, replies and edits {verb(number, 'is', 'are')} kept, more than"
        remedy = f"`understudy journal purge --level {settings.content}` deletes them."
        text += f" `journal.content = {settings.content}` allows."
        yield Finding("journal", "texts", State.PROBLEM, text, remedy)


def _state(path: Path, settings: JournalSettings) -> Finding:
    if not settings.enabled:
        text = "Runs are not recorded."
        return Finding("journal", str(path), State.NOTE, text, "Set `journal.enabled` to true.")
    if not _is_writable(path):
        remedy = "Make it writable, or choose another place with UNDERSTUDY_HOME."
        return Finding("journal", str(path), State.PROBLEM, "It can't be written.", remedy)
    try:
        if newer := newer_than_known(path):
            return Finding("journal", str(path), State.PROBLEM, newer, "Update Understudy.")
        runs = count_runs(path)
    except UnavailableError as failure:
        remedy = "Move the file away; the next run makes a new one."
        return Finding("journal", str(path), State.PROBLEM, str(failure), remedy)
    return Finding("journal", str(path), State.OK, plural(runs, "run"))


def _is_writable(path: Path) -> bool:
    """Whether the file can be written; of one that is not there, whether it can be made."""
    there = next((each for each in (path, *path.parents) if each.exists()), None)
    if there is None or (there == path) != there.is_file():
        return False
    return os.access(there, os.W_OK)
