"""`understudy index`: what is known of a workspace, and what is left out of it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.cli import Command
from understudy.core.failures import BadRequestError
from understudy.core.plain_files import is_folder
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

_MB = 1_000_000


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "path", type=Path, nargs="?", default=Path(), metavar="PATH", help="the workspace folder"
    )
    parser.add_argument("--rebuild", action="store_true", help="read every file again")
    parser.add_argument(
        "--left-out", action="store_true", help="list each path that is left out, with its reason"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _run(arguments: Namespace) -> int:
    import asyncio

    from understudy.index.survey import survey
    from understudy.workspace.roots import root_of

    path = arguments.path.resolve()
    if not is_folder(path):
        raise BadRequestError(f"`{path}` is not a folder.")
    found = asyncio.run(survey(root_of(path), rebuild=arguments.rebuild))
    if arguments.json:
        sys.stdout.write(strict_json(found, indent=2) + "\n")
    else:
        from understudy.cli.text import printable

        lines = _lines(found, every_path=arguments.left_out)
        sys.stdout.writelines(f"{printable(line)}\n" for line in lines)
    return 0


def _lines(found: dict[str, Any], *, every_path: bool) -> Iterator[str]:
    yield found["root"]
    size = found["bytes"] / _MB
    yield f"  {found['files']:,} files, {found['definitions']:,} definitions, {size:.1f} MB on disk"
    for language, count in found["languages"].items():
        yield f"    {language}: {count:,}"
    if found["scan"]:
        seconds, cpu_s = found["scan"]["seconds"], found["scan"]["cpu_s"]
        yield f"  Looked through in {seconds:.1f} s ({cpu_s:.1f} s of processor time)."
    if not found["own"]:
        yield "  Another program of yours keeps this index, so nothing was read now."
    if found["left_out"]:
        yield "  Left out:"
    for reason, count in Counter(found["left_out"].values()).most_common():
        yield f"    {reason}: {count:,}"
    if every_path:
        for path, reason in found["left_out"].items():
            yield f"    {path}: {reason}"


COMMAND = Command(
    id="index",
    help="show what is known of a workspace, and what is left out of it",
    configure=_configure,
    run=_run,
)
