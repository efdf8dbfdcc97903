"""What there is to say about the journal, for `understudy doctor`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.failures import UnavailableError
from understudy.core.plural import plural, verb
from understudy.engine.finding import Finding, State
from understudy.journal.journal_file import DAMAGED
from understudy.journal.log_owner import BESIDE, REPLACED
from understudy.journal.network_files import network_kind
from understudy.journal.queries import count_runs
from understudy.journal.reading import newer_than_known
from understudy.journal.text_keeping import texts_above

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.config.journal_settings import JournalSettings

_SET_ASIDE = {
    DAMAGED: "It was the journal, and was moved aside because it is damaged.",
    REPLACED: "It holds what was recorded until another file was put in the place of the journal.",
}
_ORPHAN = "It is the log of a journal that is not here: another file was put in its place."


def examine_journal(settings: JournalSettings) -> Iterator[Finding]:
    """Whether it can be written and read, where it lies, and what it keeps. Reads the disk."""
    path = journal_file()
    yield _state(path, settings)
    yield from _set_aside(path)
    if kind := network_kind(path):
        text = f"It lies on a network file system ({kind}), so several programs write more slowly."
        remedy = "Choose a place on this machine with UNDERSTUDY_HOME."
        yield Finding("journal", "network", State.NOTE, text, remedy)
    try:
        number = texts_above(path, settings.content)
    except UnavailableError:
        # Why it can't be read is told as its state.
        return
    if number:
        text = f"{plural(number, 'text')} of prompts, replies and edits {verb(number, 'is', 'are')} kept, more than"
        remedy = f"`understudy journal purge --level {settings.content}` deletes them."
        text += f" `journal.content = {settings.content}` allows."
        yield Finding("journal", "texts", State.PROBLEM, text, remedy)


def _set_aside(path: Path) -> Iterator[Finding]:
    """The files that were the journal once, and hold what no other one does."""
    for mark, why in _SET_ASIDE.items():
        for file in sorted(path.parent.glob(f"{path.name}{mark}*")):
            told = _ORPHAN if file.name.endswith(BESIDE) else why
            if told is why or not _is_with_its_file(file):
                remedy = "Delete it when you need it no more."
                yield Finding("journal", str(file), State.NOTE, told, remedy)


def _is_with_its_file(log: Path) -> bool:
    return any(
        log.with_name(log.name.removesuffix(end)).exists()
        for end in BESIDE
        if log.name.endswith(end)
    )


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
