"""Lines of JSON, as commands read them from a file or from standard input."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.core.failures import BadRequestError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def lines_of(name: str) -> Iterator[Iterator[bytes]]:
    """The lines of the file that a user names; `-` is standard input.

    Raises:
        BadRequestError: when the file can't be opened.
    """
    if name == "-":
        yield iter(sys.stdin.buffer)
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below; only opening it may fail here
    except OSError as failure:
        raise BadRequestError(f"`{name}` can't be read: {failure.strerror}.") from failure
    with file:
        yield iter(file)


def json_object(line: bytes, *, most_mb: int) -> dict[str, Any]:
    """The object that a line holds.

    Raises:
        BadRequestError: with the end of a sentence about what is wrong with the line.
    """
    if len(line) > most_mb * 1_000_000:
        raise BadRequestError(f"it is longer than {most_mb} MB.")
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise BadRequestError("it is not UTF-8.") from fault
    except RecursionError as fault:
        raise BadRequestError(
            "it is not JSON that can be read: it is nested too deeply."
        ) from fault
    except ValueError as fault:
        raise BadRequestError(f"it is not JSON: {fault}.") from fault
    if not isinstance(value, dict):
        raise BadRequestError("it must be a JSON object.")
    return value
