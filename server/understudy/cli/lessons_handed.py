"""`understudy lessons contribute`: look at what others would get, and hand over just that."""

from __future__ import annotations

import asyncio
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError, UnavailableError
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from understudy.engine.contributing import Preview
    from understudy.engine.lessons_listed import Place
    from understudy.learning.handed_over import Payload
    from understudy.learning.publishing import Published
    from understudy.learning.ways_out import Way

BY_HAND = 3
"""The exit code where `gh` is missing: a patch was written, and nothing was sent."""
_TOLD = {
    "opened": "A pull request was opened: {where}",
    "updated": "The pull request was updated: {where}",
    "nothing_new": "The upstream has all of it already.",
    "patch": "`gh` is not installed. Nothing was sent; a patch lies beside its instructions: {where}",
}


def configure_contribute(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--export",
        type=Path,
        metavar="FILE",
        help="write what is shown into a file, which counts as handed over",
    )
    parser.add_argument(
        "--auto-pr",
        action="store_true",
        help="open a pull request, or update the one that there is",
    )
    parser.add_argument("--upstream", metavar="OWNER/REPO", help="who gets the lessons")
    parser.add_argument("--fork", metavar="FORK", help="your fork of it: an address, or OWNER/REPO")
    parser.add_argument(
        "--confirm", metavar="HASH", help="the hash of what you were shown: just that is meant"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be run, and run nothing"
    )


def contribute(arguments: Namespace, place: Place) -> int:
    """Show, write or hand over lessons; gives the exit code.

    Raises:
        BadRequestError: arguments are missing, or are no names.
        UnavailableError: something can't be read, written or reached.
    """
    if arguments.auto_pr:
        return _auto_pr(arguments, place)
    if arguments.confirm:
        from understudy.learning.handed_over import prepared

        payload = prepared(arguments.confirm)
        return _written(arguments, payload, f"These are the bytes of {payload.hash}.")
    from understudy.engine.contributing import preview

    found = preview(place)
    for name, why in found.offer.left_out:
        sys.stderr.write(f"understudy: The lesson `{name}` is left out: {why}.\n")
    if found.payload is None:
        _say(arguments, found.summary, _left_out(found))
        return 0
    return _written(arguments, found.payload, found.summary)


def _auto_pr(arguments: Namespace, place: Place) -> int:
    from understudy.learning.handed_over import note, prepared
    from understudy.learning.publishing import planned
    from understudy.learning.ways_out import way_out

    if not arguments.upstream or not arguments.fork:
        raise BadRequestError("A pull request needs `--upstream OWNER/REPO` and `--fork`.")
    way = way_out(arguments.upstream, arguments.fork)
    if not arguments.confirm:
        raise BadRequestError(
            "Nothing is sent before you saw it: `understudy lessons contribute` shows it with its"
            " hash, for `--confirm`."
        )
    payload = prepared(arguments.confirm)
    if arguments.dry_run:
        lines = [shlex.join(command) for command in planned(payload, way)]
        _say(arguments, "\n".join(("Nothing was run. This would be:", *lines)), {"commands": lines})
        return 0
    note(payload, "confirmed", upstream=way.upstream)
    done = _published(payload, way, place)
    where = {"what": done.what, "where": done.where, "hash": payload.hash}
    _say(arguments, _TOLD[done.what].format(where=done.where), where)
    return BY_HAND if done.what == "patch" else 0


def _published(payload: Payload, way: Way, place: Place) -> Published:
    from understudy.learning.publishing import publish

    return asyncio.run(publish(payload, way, place.root))


def _written(arguments: Namespace, payload: Payload, summary: str) -> int:
    """Print a payload, or write it into the file that was asked for."""
    if arguments.export is not None:
        from understudy.learning.handed_over import note_given, refuse_outdated

        refuse_outdated(payload)
        try:
            arguments.export.write_text(payload.text, encoding="utf-8", newline="")
        except OSError as error:
            message = f"`{arguments.export}` can't be written: {error.strerror}."
            raise UnavailableError(message) from error
        note_given(payload)
        told = (
            f"{summary}\nThey were written to `{arguments.export}`, and count as handed over from now"
            " on. With `--confirm` and this hash you get the same again."
        )
        _say(arguments, told, _as_json(payload))
    elif arguments.json:
        _say(arguments, summary, _as_json(payload))
    else:
        sys.stdout.write(payload.text)
        sys.stderr.write(f"understudy: {summary}\n")
    return 0


def _as_json(payload: Payload) -> dict[str, object]:
    return {"hash": payload.hash, "payload": payload.text}


def _left_out(found: Preview) -> dict[str, object]:
    return {"hash": "", "leftOut": [list(one) for one in found.offer.left_out]}


def _say(arguments: Namespace, text: str, more: Mapping[str, object]) -> None:
    if arguments.json:
        told = strict_json({"told": text, **more}, indent=2, ensure_ascii=False)
        sys.stdout.write(f"{told}\n")
    else:
        sys.stdout.write(f"{text}\n")
