"""`understudy cache`: what is kept on this machine to ask models less often."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.core.failures import UnavailableError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

_MB = 1_000_000


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what",
        nargs="?",
        choices=("info", "clear"),
        default="info",
        help="say where it is and how large (default), or throw all of it away",
    )


def _run(arguments: Namespace) -> int:
    from understudy.caches.disk import BUSY, ERRORS, open_cache, wipe
    from understudy.cli.configured import configured
    from understudy.cli.text import printable
    from understudy.config.paths import cache_folder

    folder = cache_folder()
    shown = printable(str(folder))
    if not folder.is_dir():
        sys.stdout.write(f"Nothing is kept in `{shown}`.\n")
        return 0
    size_limit = configured(None).settings.cache.max_mb * _MB
    try:
        with closing(open_cache(folder, size_limit)) as cache:
            if arguments.what == "clear":
                sys.stdout.write(f"{_entries(wipe(cache))} thrown away.\n")
            else:
                size, most = cache.volume() / _MB, size_limit // _MB
                sys.stdout.write(f"{shown}\n{_entries(len(cache))}, {size:.1f} of {most} MB.\n")
    except BUSY as error:
        raise UnavailableError(f"Another program holds the cache in `{folder}`.") from error
    except ERRORS as error:
        if arguments.what == "clear" and _is_removed(folder):
            sys.stdout.write("What could not be read was thrown away.\n")
            return 0
        text = f"The cache in `{folder}` can't be used. The folder can be deleted without harm."
        raise UnavailableError(text) from error
    return 0


def _is_removed(folder: Path) -> bool:
    """Whether a database that can't be opened was deleted."""
    from understudy.caches.disk import ERRORS, remove_files

    try:
        remove_files(folder)
    except ERRORS:
        return False
    return True


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


COMMAND = Command(
    id="cache",
    help="show what is kept to ask models less often, or throw it away",
    configure=_configure,
    run=_run,
)
