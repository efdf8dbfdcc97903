"""How far back a command looks into the journal."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US, now_us

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_days(parser: ArgumentParser) -> None:
    """The option that says it."""
    parser.add_argument(
        "--days", type=days, metavar="N", help="only of the last N days (default: all)"
    )


def since_us(arguments: Namespace) -> int:
    """The moment that the option means; 0 for everything."""
    return now_us() - arguments.days * DAY_US if arguments.days else 0


def days(text: str) -> int:
    """A number of days, as an argument."""
    if not re.fullmatch("[1-9][0-9]{0,4}", text):
        raise ArgumentTypeError(f"`{text}` is not a number of days from 1 to 99999")
    return int(text)
