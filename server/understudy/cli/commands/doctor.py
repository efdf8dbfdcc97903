"""`understudy doctor`: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.core.failures import BadRequestError

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


def _run(arguments: Namespace) -> int:
    import asyncio

    from understudy.engine.doctor_text import is_misconfigured
    from understudy.engine.finding import State
    from understudy.engine.setup import set_up
    from understudy.workspace.roots import root_of

    path = arguments.path.resolve()
    if not path.exists():
        raise BadRequestError(f"There is no file or folder `{arguments.path}`.")
    root = root_of(path)
    findings = asyncio.run(_examine(root, set_up(root)))
    if arguments.json:
        _print_json(root, findings)
    else:
        _print(findings)
    broken = any(finding.state is State.BROKEN for finding in findings)
    return int(broken or is_misconfigured(findings))


async def _examine(root: Path, setup: Setup) -> tuple[Finding, ...]:
    from understudy.engine.checking import close_checkers
    from understudy.engine.doctor import examine

    try:
        return await examine(root, setup)
    finally:
        await close_checkers()


def _print_json(root: Path, findings: Sequence[Finding]) -> None:
    import json
    from dataclasses import asdict

    value = {"root": str(root), "findings": [asdict(finding) for finding in findings]}
    sys.stdout.write(json.dumps(value, indent=2) + "\n")


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
