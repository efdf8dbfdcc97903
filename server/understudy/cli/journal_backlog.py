"""`understudy journal import`, and `export --format backlog`: records of other programs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.config.paths import journal_file
from understudy.core.failures import BadRequestError
from understudy.core.plain_files import read_plain
from understudy.journal.backlog import MOST_BYTES, SHAPES, read_backlog, written
from understudy.journal.imports import imported_records, store_records

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import TextIO

_WORDS = {"stats": "models", "effectiveness": "strategies", "learning": "lessons"}


def take_in(arguments: Namespace) -> int:
    """Read a file and keep its records."""
    stored = store_records(journal_file(), read_backlog(_text(arguments.file)))
    told = [f"{_WORDS[shape]}: {stored[shape]}" for shape in SHAPES if stored[shape]]
    if not told:
        sys.stdout.write("Nothing in it is new.\n")
        return 0
    sys.stdout.write(f"Imported: {', '.join(told)}.\n")
    if stored["stats"]:
        sys.stdout.write("`understudy stats` shows these models apart from its own numbers.\n")
    return 0


def give_out(shape: str, out: TextIO) -> int:
    """Write imported records as they were, all or one shape; how many there were."""
    if shape and shape not in SHAPES:
        raise BadRequestError(f"With this format, `--table` is one of {', '.join(SHAPES)}.")
    records = imported_records(journal_file())
    values = {one: written(records, one) for one in SHAPES}
    every: dict[str, Any] = {one: value for one, value in values.items() if value is not None}
    json.dump(every.get(shape) if shape else every, out, indent=2)
    out.write("\n")
    return sum(one.shape == shape or not shape for one in records)


def _text(file: str) -> str:
    try:
        if file == "-":
            body = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            body = read_plain(Path(file), MOST_BYTES + 1)
    except OSError as failure:
        raise BadRequestError(f"`{file}` can't be read: {failure.strerror}.") from failure
    if len(body) > MOST_BYTES:
        raise BadRequestError(f"`{file}` is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise BadRequestError(f"`{file}` is not UTF-8.") from failure
