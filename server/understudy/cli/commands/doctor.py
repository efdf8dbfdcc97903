"""`understudy doctor`: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.core.failures import BadRequestError
from understudy.core.plain_files import is_there
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from understudy.engine.finding import Finding
    from understudy.engine.setup import Setup


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "path", type=Path, nargs="?", default=Path(), metavar="PATH", help="the workspace folder"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--apply",
        metavar="SIGNAL",
        help="write what a signal that fired offers into your configuration",
    )
    parser.add_argument(
        "--subject", metavar="NAME", help="with --apply: which one, where it fired for several"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="with --apply: only show what would change"
    )


def _run(arguments: Namespace) -> int:
    import asyncio

    from understudy.engine.doctor_text import is_misconfigured
    from understudy.engine.finding import State
    from understudy.engine.setup import set_up
    from understudy.workspace.roots import root_of

    path = arguments.path.resolve()
    if not is_there(path):
        raise BadRequestError(f"There is no file or folder `{arguments.path}`.")
    root = root_of(path)
    if arguments.apply:
        return _apply(root, arguments)
    findings = asyncio.run(_examine(root, set_up(root)))
    if arguments.json:
        _print_json(root, findings)
    else:
        _print(findings)
    broken = any(finding.state is State.BROKEN for finding in findings)
    return int(broken or is_misconfigured(findings))


def _apply(root: Path, arguments: Namespace) -> int:
    from understudy.cli.configured import configured
    from understudy.cli.signal_applied import apply_signal

    settings = configured(root).settings
    return apply_signal(settings, arguments.apply, arguments.subject, dry=arguments.dry_run)


async def _examine(root: Path, setup: Setup) -> tuple[Finding, ...]:
    from understudy.engine.checking import close_checkers
    from understudy.engine.doctor import examine
    from understudy.wire.transport import close

    try:
        return await examine(root, setup)
    finally:
        await close_checkers()
        await close()


def _print_json(root: Path, findings: Sequence[Finding]) -> None:
    from dataclasses import asdict

    value = {"root": str(root), "findings": [asdict(finding) for finding in findings]}
    sys.stdout.write(strict_json(value, indent=2) + "\n")


def _print(findings: Sequence[Finding]) -> None:
    from rich.console import Console

    from understudy.cli.doctor_view import print_findings

    print_findings(Console(highlight=False, emoji=False), findings)


COMMAND = Command(
    id="doctor",
    help="Show what is there, what is missing, and what to do about it",
    configure=_configure,
    run=_run,
)
