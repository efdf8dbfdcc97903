"""`understudy fix`: find problems in files, and fix what can be proved."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from understudy.cli import Command

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from understudy.cli.files import Chosen
    from understudy.cli.fixing import FileJob, FileResult
    from understudy.config.settings import Settings
    from understudy.engine.discovery import Discovery
    from understudy.engine.setup import Setup
    from understudy.journal.store import Journal

_STORE_S = 2.0


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder to walk")
    parser.add_argument("--apply", action="store_true", help="write what was proved into the files")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="CODE",
        help="work on these codes only, such as F401 or all of F; may be repeated",
    )
    parser.add_argument(
        "--tests",
        action="store_true",
        help="run the tests of what was fixed, also where `gate.run_tests` is `on_request`",
    )
    parser.add_argument("--model", metavar="ID", help="ask this model alone")


def _run(arguments: Namespace) -> int:
    from understudy.cli.files import choose
    from understudy.cli.local_servers import ask_local_servers
    from understudy.engine.recording import open_journal
    from understudy.engine.setup import set_up

    started = time.monotonic()
    chosen = choose(arguments.paths)
    troubles: list[str] = []
    jobs, notes = _read(chosen, troubles)
    # What is spent counts for all folders, so none of them has a say in where that is kept.
    own = set_up(None).settings
    setups = [*{id(job.setup): job.setup for job in jobs}.values()]
    asked = ask_local_servers(setups)
    _require_model(arguments.model, [one.settings for one in setups] or [own], asked)
    journal = open_journal(own)
    try:
        _look_again(jobs, journal, own)
        results = _fix(jobs, arguments, journal, own)
        written = _write(results, journal, troubles) if arguments.apply else 0
    finally:
        journal.close(_STORE_S)
    unseen = _unseen(results)
    notes += [*_tested(results), *([] if arguments.model else _silent(results, asked))]
    if arguments.json:
        _print_json(results, [*notes, *unseen])
    else:
        _print(results, notes, time.monotonic() - started)
        _print_last(results, arguments, written)
    sys.stdout.flush()
    _tell([*troubles, *([journal.notice] if journal.notice else [])])
    return 1 if troubles or unseen else 0


def _require_model(
    model: str | None, all_settings: Iterable[Settings], asked: Iterable[Discovery]
) -> None:
    """Refuse a model that the settings of one of the folders don't know, before any work is done."""
    from understudy.core.failures import BadRequestError
    from understudy.engine.router import route
    from understudy.engine.silent_providers import silent
    from understudy.tasks.fix import TASK

    for settings in all_settings:
        try:
            route(TASK, settings, model)
        except BadRequestError as failure:
            away = (one.told for one in silent(settings, asked))
            raise BadRequestError(" ".join([str(failure), *away])) from None


def _read(chosen: Chosen, troubles: list[str]) -> tuple[list[FileJob], list[str]]:
    """The files that can be worked on, and what to say about those that need no work."""
    from understudy.cli.fixing import FileJob
    from understudy.core.failures import RefusedError
    from understudy.workspace.source_files import NotSourceError, read_source

    setups = _Setups()
    jobs: list[FileJob] = []
    notes = [_unchecked(chosen.unchecked)] if chosen.unchecked else []
    for path in chosen.checked:
        root, setup = setups.of(path)
        try:
            jobs.append(FileJob(read_source(path), root, setup))
        except NotSourceError as refusal:
            (troubles if path in chosen.named else notes).append(str(refusal))
        except RefusedError as refusal:
            troubles.append(str(refusal))
    _tell(setups.problems())
    return jobs, notes


class _Setups:
    """The settings of each workspace folder, read once."""

    def __init__(self) -> None:
        self._known: dict[Path, Setup] = {}

    def of(self, path: Path) -> tuple[Path, Setup]:
        from understudy.engine.setup import set_up
        from understudy.workspace.roots import root_of

        root = root_of(path)
        if root not in self._known:
            self._known[root] = set_up(root)
        return root, self._known[root]

    def problems(self) -> list[str]:
        messages = (each.message for setup in self._known.values() for each in setup.problems)
        return list(dict.fromkeys(messages))


def _unchecked(paths: Sequence[Path]) -> str:
    from understudy.core.plural import plural
    from understudy.languages import language_of

    languages = sorted({language_of(path) or path.suffix or path.name for path in paths})
    verb = "has" if len(paths) == 1 else "have"
    return f"{plural(len(paths), 'file')} {verb} no checker ({', '.join(languages)})."


def _unseen(results: Iterable[FileResult]) -> list[str]:
    """A sentence for each file that no checker looked at, so that finding nothing says nothing."""
    from understudy.cli.files import shown_path
    from understudy.engine.unseen import why_unseen

    return [
        f"`{shown_path(each.job.source.path)}` could not be checked. {why}"
        for each in results
        if (why := why_unseen(each.reports, each.start.language))
    ]


def _tested(results: Iterable[FileResult]) -> list[str]:
    """What tests said about the edits of each file, or why they were not run."""
    from understudy.cli.files import shown_path

    return [
        f"Tests of `{shown_path(each.job.source.path)}`: {each.note}"
        for each in results
        if each.note
    ]


def _silent(results: Iterable[FileResult], asked: Iterable[Discovery]) -> list[str]:
    """Why no model of a provider was asked, where problems are left that it might have fixed."""
    from understudy.engine.silent_providers import silent

    lacking = [one for one in results if len(one.taken()) < len(one.outcomes)]
    setups = {id(one.job.setup): one.job.setup for one in lacking}.values()
    found = [one.told for setup in setups for one in silent(setup.settings, asked)]
    return list(dict.fromkeys(found))


def _fix(
    jobs: Sequence[FileJob], arguments: Namespace, journal: Journal, own: Settings
) -> tuple[FileResult, ...]:
    import asyncio

    from understudy.cli.fixing import FixRequest, fix_files
    from understudy.cli.progress import progress
    from understudy.cli.selection import selection
    from understudy.engine.reach import open_reach

    with progress(len(jobs)) as listen:
        reach = open_reach(own, journal)
        request = FixRequest(
            selection(arguments.select), arguments.model, listen, reach, arguments.tests
        )
        return asyncio.run(fix_files(jobs, request, journal))


def _look_again(jobs: Iterable[FileJob], journal: Journal, own: Settings) -> None:
    """See what became of what was written into files of these folders earlier."""
    from understudy.core.clock import now_us
    from understudy.engine.looking_again import look_again
    from understudy.engine.watched_files import forget_left

    if not own.journal.enabled:
        forget_left()
        return
    for root in {job.root for job in jobs if job.setup.settings.journal.enabled}:
        look_again(root, journal.record, now_us())


def _write(results: Iterable[FileResult], journal: Journal, troubles: list[str]) -> int:
    """Write the changed files; how many could be."""
    from understudy.core.clock import now_us
    from understudy.core.failures import RefusedError, StaleError
    from understudy.engine.looking_again import leave
    from understudy.journal.records import OutcomeRow
    from understudy.workspace.source_files import write_source

    written = 0
    for result in results:
        if not result.changed:
            continue
        try:
            write_source(result.job.source, result.text, result.job.root)
        except (RefusedError, StaleError) as refusal:
            troubles.append(str(refusal))
            continue
        written += 1
        for outcome in result.taken():
            if outcome.candidate is not None:
                at_us = now_us()
                journal.record(OutcomeRow(outcome.candidate.id, at_us, "applied"))
                if result.job.setup.settings.journal.enabled:
                    leave(outcome, result.job.source.path, at_us)
    return written


def _print_json(results: Iterable[FileResult], notes: Sequence[str]) -> None:
    from understudy.cli.fix_json import json_text

    sys.stdout.write(json_text(results))
    _tell(notes)


def _print(results: Sequence[FileResult], notes: Iterable[str], seconds: float) -> None:
    from rich.console import Console
    from rich.text import Text

    from understudy.cli.fix_summary import print_summary
    from understudy.cli.fix_view import print_result
    from understudy.cli.text import printable

    console = Console(highlight=False, emoji=False)
    for result in results:
        print_result(console, result)
    print_summary(console, results, seconds)
    for note in notes:
        console.print(Text(printable(note), style="dim"), soft_wrap=True)


def _print_last(results: Sequence[FileResult], arguments: Namespace, written: int) -> None:
    """What was done, or what to do next."""
    from understudy.core.plural import plural

    changed = sum(result.changed for result in results)
    if arguments.apply:
        sys.stdout.write(f"Wrote {plural(written, 'file')}.\n")
    elif changed:
        pronoun = "it" if changed == 1 else "them"
        files = plural(changed, "file")
        sys.stdout.write(f"{files} would change: --apply writes {pronoun}.\n")


def _tell(sentences: Iterable[str]) -> None:
    from understudy.cli.text import printable

    sys.stderr.write("".join(f"understudy: {printable(sentence)}\n" for sentence in sentences))


COMMAND = Command(
    id="fix",
    help="find problems in files, and fix what can be proved",
    configure=_configure,
    run=_run,
)
