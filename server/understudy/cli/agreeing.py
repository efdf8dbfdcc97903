"""A question before something is gone for good."""

from __future__ import annotations

import sys


def agreed(question: str, *, yes: bool) -> bool:
    """Whether the person at the terminal says yes; nobody there is a no. `yes` does not ask."""
    if yes:
        return True
    if sys.stdin.isatty():
        sys.stdout.write(f"{question} [y/N] ")
        sys.stdout.flush()
        if sys.stdin.readline().strip().lower() in {"y", "yes"}:
            return True
    sys.stdout.write("Nothing was forgotten. `--yes` does not ask.\n")
    return False
