"""`understudy trust`: let a folder's own tools run, or one command that its files set."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.config.trust_record import TrustRecord, command_hash
from understudy.core.failures import BadRequestError
from understudy.core.plain_files import is_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from understudy.config.settings import CheckerSettings


_TESTS = "tests"
"""Under this name the command of the tests is trusted, beside those of checkers."""


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "path", type=Path, nargs="?", default=Path(), metavar="PATH", help="the workspace folder"
    )
    parser.add_argument(
        "--command",
        metavar="CHECKER",
        help="trust the command that the folder's configuration sets for this checker, or `tests`",
    )
    parser.add_argument("--list", action="store_true", help="print everything that is trusted")
    parser.add_argument("--revoke", action="store_true", help="take the trust back")


def _run(arguments: Namespace) -> int:
    from understudy.config.trust import load_record, save_record, set_aside

    record, damage = load_record()
    if damage is not None:
        sys.stderr.write(f"understudy: {damage.message}\n")
    if arguments.list:
        _print_all(record)
        return 0
    root = arguments.path.resolve()
    changed, message = _changed(record, root, arguments)
    aside = set_aside() if damage is not None else None
    if aside is not None:
        sys.stderr.write(f"understudy: The old record was moved to `{aside}`.\n")
    save_record(changed)
    sys.stdout.write(message)
    return 0


def _changed(record: TrustRecord, root: Path, arguments: Namespace) -> tuple[TrustRecord, str]:
    """The record as asked for, and what to say about it."""
    checker = arguments.command
    if arguments.revoke:
        what = f"`{root}`" if checker is None else f"The command of {_named(checker)} in `{root}`"
        changed = record.without(root, checker)
        if changed.trusts(root) and checker is None:
            above = "a folder above it is, so its tools still run"
            return changed, f"{what} is not trusted by itself any more, but {above}.\n"
        return changed, f"{what} is not trusted any more.\n"
    if not is_folder(root):
        raise BadRequestError(f"`{root}` is not a folder.")
    written = _written_commands(root)
    if checker is None:
        changed = record.with_folder(root)
        pending = _pending(changed, root, written)
        return changed, f"`{root}` is trusted: its own tools may run.\n{pending}"
    if checker not in written:
        message = f"No file of `{root}` sets a command that can be used for {_named(checker)}"
        raise BadRequestError(f"{message}.")
    command = written[checker].command
    trusted = f"Trusted in `{root}` for {_named(checker)}:\n  {_shown(command)}\n"
    return record.with_command(root, checker, command), trusted


def _named(checker: str) -> str:
    return "the tests" if checker == _TESTS else f"the checker `{checker}`"


def _written_commands(root: Path) -> dict[str, CheckerSettings]:
    """The checkers whose command the workspace wrote, and that of its tests."""
    from understudy.cli.configured import configured

    settings = configured(root).settings
    commands = {**settings.checkers, _TESTS: settings.tests.tool}
    return {name: found for name, found in commands.items() if found.command_from_workspace}


def _pending(record: TrustRecord, root: Path, written: dict[str, CheckerSettings]) -> str:
    """The commands of a folder that still wait for trust of their own."""
    digests = record.digests()
    lines = [
        f"  {name}: {_shown(found.command)}\n"
        for name, found in written.items()
        if command_hash(root, found.command) not in digests
    ]
    if not lines:
        return ""
    note = "Its files set these commands, which run once each is trusted with --command:\n"
    return note + "".join(lines)


def _print_all(record: TrustRecord) -> None:
    lines = [f"{folder}\n" for folder in sorted(record.folders)]
    lines += [
        f"{trusted.root}  {trusted.checker}: {_shown(trusted.command)}\n"
        for trusted in sorted(record.commands)
    ]
    sys.stdout.write("".join(lines) or "Nothing is trusted.\n")


def _shown(command: tuple[str, ...]) -> str:
    """A command as a shell would take it, with control characters made visible."""
    text = shlex.join(command)
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


COMMAND = Command(
    id="trust",
    help="Trust a folder, or one command that its configuration sets",
    configure=_configure,
    run=_run,
)
