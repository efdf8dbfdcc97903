"""`understudy read`: what a model's reply does to a file, or why it does nothing."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.cli import Command
from understudy.cli.json_lines import json_object
from understudy.core.failures import BadRequestError
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from understudy.edit_formats import Reading, Region
    from understudy.engine.reader import Read

_REFUSED = 3
_MOST_MB = 64


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="the file that the reply is about")
    parser.add_argument(
        "--range", metavar="L1:L2", help="the lines that the reply replaces, counted from 1"
    )
    parser.add_argument("--format", default="", metavar="F", help="how the reply is written")
    parser.add_argument("--json", action="store_true", help="print everything that was found out")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help="read many `{id, language, before, reply}` from standard input, a line each",
    )


def _run(arguments: Namespace) -> int:
    if arguments.jsonl:
        return _read_lines(arguments)
    if arguments.file is None:
        raise BadRequestError("`understudy read` needs the FILE that the reply is about.")
    from understudy.reading import UnreadableError
    from understudy.workspace.source_files import read_source

    path = Path(arguments.file)
    source = read_source(path)
    given = {"before": source.text, "range": arguments.range, "format": arguments.format}
    region = _region(given, path)
    reply = sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        read = _read(reply, region, given)
    except UnreadableError as error:
        if arguments.json:
            sys.stdout.write(strict_json(_refused(error), ensure_ascii=False) + "\n")
        else:
            sys.stderr.write(f"understudy: {error.refusal.value}: {error}\n")
        return _REFUSED
    if arguments.json:
        sys.stdout.write(strict_json(_told(read, region), ensure_ascii=False) + "\n")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(read.reading.after.encode(source.encoding))
    return 0


def _read_lines(arguments: Namespace) -> int:
    """Each line of standard input on its own; a bad one is told, and the others go on."""
    from understudy.reading import UnreadableError

    bad = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            given = json_object(line, most_mb=_MOST_MB)
            given.setdefault("format", arguments.format)
            region = _region(given, _path(given))
            told = {"id": given.get("id")}
            try:
                told |= _told(_read(_text(given, "reply"), region, given), region)
            except UnreadableError as error:
                told |= _refused(error)
        except BadRequestError as fault:
            bad += 1
            sys.stderr.write(f"understudy: line {number}: {fault}\n")
        else:
            sys.stdout.write(strict_json(told, ensure_ascii=False) + "\n")
    return 1 if bad else 0


def _text(given: dict[str, Any], key: str) -> str:
    value = given.get(key)
    if not isinstance(value, str):
        raise BadRequestError(f"`{key}` must be a string.")
    return value


def _path(given: dict[str, Any]) -> Path | None:
    value = given.get("path")
    return Path(value) if isinstance(value, str) and value else None


def _region(given: dict[str, Any], path: Path | None) -> Region:
    """What the reply may rewrite."""
    from understudy.config.policy import Policy
    from understudy.edit_formats import Region
    from understudy.languages import language_of
    from understudy.workspace.other_texts import OtherTexts
    from understudy.workspace.view import View, is_another_file

    language = given.get("language")
    if not isinstance(language, str) or not language:
        language = (language_of(path) if path is not None else None) or "plaintext"
    view = View(
        uri=path.absolute().as_uri() if path is not None else "untitled:reply",
        text=_text(given, "before"),
        policy=Policy(),
        language=language,
        path=path.absolute() if path is not None else None,
        root=path.absolute().parent if path is not None else None,
    )
    lines = _lines(given.get("range"), len(view.index))
    is_there, text_of = partial(is_another_file, view), OtherTexts(view)
    return Region(view, lines, is_there=is_there, text_of=text_of)


def _lines(wanted: Any, count: int) -> range:
    """`"3:7"` or `[3, 7]`, counted from 1 and with both ends, as lines counted from 0."""
    if wanted is None or wanted == "":
        return range(count)
    parts = wanted.split(":") if isinstance(wanted, str) else wanted
    try:
        first, last = (int(part) for part in parts)
    except (TypeError, ValueError):
        raise BadRequestError("`range` must be two line numbers such as `3:7`.") from None
    if not 1 <= first <= last <= count:
        raise BadRequestError(f"There are no lines {first} to {last}: the file has {count}.")
    return range(first - 1, last)


def _read(reply: str, region: Region, given: dict[str, Any]) -> Read:
    from understudy.engine.reader import read_reply

    return read_reply(reply, region, str(given.get("format") or ""))


def _refused(error: Any) -> dict[str, object]:
    return {
        "outcome": error.refusal.value,
        "category": error.category.value,
        "reason": str(error),
        "teaching": error.teaching,
    }


def _told(read: Read, region: Region) -> dict[str, object]:
    reading = read.reading
    changed = reading.after != region.view.text or reading.others
    return {
        "outcome": "edit" if changed else "unchanged",
        "format": read.edit_format,
        "after": reading.after,
        "edits": _edits(region.view.text, reading.after),
        "match": reading.match.value,
        "confidence": reading.match.confidence,
        "risk": reading.risk,
        "repairs": [
            {"what": one.what, "where": one.where, "risk": one.risk} for one in reading.repairs
        ],
        **_besides(reading),
    }


def _edits(before: str, after: str) -> list[dict[str, object]]:
    """What is to be replaced by what, between offsets in code points."""
    from understudy.core.minimise import minimise

    return [
        {"start": one.span.start, "end": one.span.end, "text": one.text}
        for one in minimise(before, after)
    ]


def _besides(reading: Reading) -> dict[str, object]:
    """What a reply holds beside the edit, as far as there is any."""
    found: dict[str, object] = {
        "others": [
            {"path": one.path, "after": one.after, "newPath": one.new_path}
            for one in reading.others
        ],
        "leftovers": list(reading.leftovers),
        "questions": list(reading.questions),
        "prose": reading.prose,
        "thinking": reading.thinking,
    }
    return {name: value for name, value in found.items() if value}


COMMAND = Command(
    id="read",
    help="Tell what a model's reply does to a file",
    configure=_configure,
    run=_run,
)
