"""Numbers as arguments of commands."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not re.fullmatch("[1-9][0-9]{0,5}", text):
        raise ArgumentTypeError(f"`{text}` is not a number from 1 to 999999")
    return int(text)
