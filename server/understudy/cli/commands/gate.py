"""`understudy gate`: judge changes that somebody else made, and see how well the gate judges."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from understudy.cli import Command
from understudy.cli.json_lines import lines_of
from understudy.core.failures import BadRequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from understudy.config.settings import Settings
    from understudy.engine.scratch import Scratch

_REPORT, _REFIT, _RESET = "report", "refit", "reset"


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what",
        nargs="?",
        default="-",
        metavar="report | refit | reset | FILE",
        help="`report`: what became of edits, by score and by kind; `refit`: fit the coefficients to"
        " that, if it makes them better; `reset`: go back to those that came along; with --jsonl a"
        " file of changes (`-` is standard input)",
    )
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help="judge changes, a line each: {language, before, after, diagnostics, reply?, path?}",
    )
    parser.add_argument(
        "--auto",
        action="store_true",
        help="with --jsonl: judge as if `gate.auto_apply` were on",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="with `refit`: only say what would come of it"
    )
    parser.add_argument("--json", action="store_true", help="print a report as JSON")


def _run(arguments: Namespace) -> int:
    if arguments.jsonl:
        import asyncio

        return asyncio.run(_judge(arguments))
    if arguments.what not in {_REPORT, _REFIT, _RESET}:
        raise BadRequestError("Say `understudy gate report`, or `understudy gate --jsonl [FILE]`.")
    from understudy.cli import gate_report

    if arguments.what == _REPORT:
        return gate_report.report(as_json=arguments.json)
    if arguments.what == _REFIT:
        return gate_report.refit(dry=arguments.dry_run, as_json=arguments.json)
    return gate_report.reset()


async def _judge(arguments: Namespace) -> int:
    from dataclasses import replace

    from understudy.cli.configured import configured
    from understudy.engine.checking import close_checkers
    from understudy.engine.scratch import scratch

    settings = configured(None).settings
    if arguments.auto:
        settings = replace(settings, gate=replace(settings.gate, auto_apply=True))
    with lines_of(arguments.what) as lines, scratch() as place:
        try:
            return await _judge_all(lines, place, settings)
        finally:
            await close_checkers()


async def _judge_all(lines: Iterator[bytes], place: Scratch, settings: Settings) -> int:
    """Each line on its own; a bad one is told, and the others go on."""
    from understudy.cli.gate_lines import parsed

    bad = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = await _one(parsed(line), place, settings)
        except BadRequestError as fault:
            bad += 1
            sys.stderr.write(f"understudy: line {number}: {fault}\n")
        else:
            sys.stdout.write(told + "\n")
            sys.stdout.flush()
    return 1 if bad else 0


async def _one(given: dict[str, Any], place: Scratch, settings: Settings) -> str:
    from understudy.cli.gate_lines import line_of, targets_of
    from understudy.engine.trial import Change, try_out
    from understudy.languages import all_languages
    from understudy.reading.languages import language_of_word

    language, path = given["language"], given.get("path") or ""
    if language not in all_languages():
        language = language_of_word(language)
    with place.holding(given["before"], language, path) as view:
        targets = targets_of(given, view.index)
        change = Change(view, given["after"], targets, given.get("reply") or "")
        return line_of(await try_out(change, settings), given)


COMMAND = Command(
    id="gate",
    help="Judge changes, and tell how well they are judged",
    configure=_configure,
    run=_run,
)
