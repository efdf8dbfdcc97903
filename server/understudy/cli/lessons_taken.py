"""`understudy lessons import` and `revoke`: lessons of others, which wait for you."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.core.plural import plural, verb
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from understudy.engine.lessons_listed import Place


def configure_import(parser: ArgumentParser) -> None:
    """Add the arguments of `import`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what somebody handed over")
    parser.add_argument(
        "--tag", default="", metavar="NAME", help="the source's name (default: the file's)"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show the diff alone, and change nothing"
    )


def configure_revoke(parser: ArgumentParser) -> None:
    """Add the argument of `revoke`."""
    parser.add_argument("source", metavar="SOURCE", help="its name, or the hash of the file")


def take_over(arguments: Namespace, place: Place) -> None:
    """Put the lessons of a file into the queue, and show what that changes.

    Raises:
        BadRequestError: the file holds something else.
        UnavailableError: something can't be read or written.
    """
    from understudy.cli.text import printable
    from understudy.config.paths import journal_file
    from understudy.core.clock import now_us
    from understudy.learning.importing import carry_out, plan_import
    from understudy.learning.registry import Registry

    registry = Registry(journal_file(), now_us)
    planned = plan_import(arguments.file, arguments.tag, registry, place.settings.learning)
    if not arguments.dry_run:
        carry_out(planned, registry)
    count = plural(len(planned.lessons), "lesson")
    waits = verb(len(planned.lessons), "waits", "wait")
    does = "would wait" if arguments.dry_run else waits
    told = f"{count} of `{planned.tag}` {does} for your review. SHA-256: {planned.hash}"
    if arguments.json:
        ids = [one.id for one in planned.lessons]
        left_out = [list(one) for one in planned.left_out]
        found = {"told": told, "tag": planned.tag, "hash": planned.hash, "lessons": ids}
        _print_json({**found, "leftOut": left_out, "diff": planned.diff})
        return
    sys.stdout.write("".join(f"{printable(line)}\n" for line in planned.diff.split("\n")[:-1]))
    for name, why in planned.left_out:
        sys.stderr.write(f"understudy: `{name}` is left out: {why}.\n")
    sys.stdout.write(f"{told}\n")


def take_back(arguments: Namespace, _: Place) -> None:
    """Take all lessons of a source away.

    Raises:
        BadRequestError: nothing was imported from there.
        UnavailableError: a file can't be deleted.
    """
    from understudy.learning.importing import revoke

    gone = revoke(arguments.source)
    told = f"{plural(len(gone), 'lesson')} of `{arguments.source}` {verb(len(gone), 'is', 'are')} gone."
    if arguments.json:
        _print_json({"told": told, "lessons": list(gone)})
    else:
        sys.stdout.write(f"{told}\n")


def _print_json(value: Any) -> None:
    sys.stdout.write(strict_json(value, indent=2, ensure_ascii=False) + "\n")
