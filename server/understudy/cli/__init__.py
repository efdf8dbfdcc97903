"""`understudy <command>`. One command per file in `cli.commands`; each defines `COMMAND`."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import pkgutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import UnderstudyError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

FAILED = 2
INTERRUPTED = 130
_SERVE = ["serve"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that `understudy` does.

    Attributes:
        id: the word on the command line; its file is named after it, with `_` for `-`.
        help: one line for the list of commands, without a full stop.
        configure: adds the arguments.
        run: does it and gives the exit code. A failure that a user can do something about is
            raised as an `UnderstudyError`.
    """

    id: str
    help: str
    configure: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; `argv` is without the program's name."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows its number instead of ending the command.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else FAILED * bool(end.code)
    except UnderstudyError as failure:
        code = _failed(str(failure))
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as failure:
        # An error that names no file is one of our own streams', such as a full disk behind it.
        if failure.filename is not None:
            raise
        _close_output()
        code = 1 if isinstance(failure, BrokenPipeError) else _unwritten(failure)
    return code


def _failed(sentence: str) -> int:
    sys.stderr.write(f"understudy: {sentence}\n")
    return FAILED


def _unwritten(failure: OSError) -> int:
    return _failed(f"The output can't be written: {failure.strerror}.")


def _run(arguments: list[str]) -> int:
    if arguments in (_SERVE, [*_SERVE, "--stdio"]):
        # What every editor starts, and waits for: without the parser it is there sooner.
        from understudy.lsp.serve import serve

        return serve(None)
    import argparse

    import understudy
    from understudy.workspace.logs import start_log

    start_log("warning")
    parser = argparse.ArgumentParser(prog="understudy", description=understudy.__doc__)
    version = f"understudy {understudy.__version__}"
    parser.add_argument("--version", action="version", version=version)
    named = parser.add_subparsers(title="commands", metavar="<command>", required=True)
    for command in _commands(arguments[0] if arguments else ""):
        sub = named.add_parser(command.id, help=command.help, description=f"{command.help}.")
        command.configure(sub)
        sub.set_defaults(run_command=command.run)
    chosen = parser.parse_args(arguments)
    code: int = chosen.run_command(chosen)
    return code


def _commands(first_argument: str) -> list[Command]:
    """The one command that is named, or all of them when none is."""
    from understudy.cli import commands
    from understudy.core.plugins import load_folder

    name = first_argument.replace("-", "_")
    if name in {module.name for module in pkgutil.iter_modules(commands.__path__)}:
        module = importlib.import_module(f"{commands.__name__}.{name}")
        command: Command = module.COMMAND
        return [command]
    return list(load_folder(commands, "COMMAND", Command).values())


def _close_output() -> None:
    """Nobody takes our output any more; what is still buffered must not fail again at exit."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
