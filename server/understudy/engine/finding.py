"""One thing that the doctor looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing stands. Only `BROKEN` keeps fixes from being made and proved."""

    OK = "ok"
    NOTE = "note"
    """Something optional is not there."""
    PROBLEM = "problem"
    """Something is wrong, and the work goes on without it."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        topic: `installation`, `checkers`, `models`, `journal`, `lessons`, `telemetry`, `signals`,
            `index`, `configuration`, `trust` or `editors`.
        subject: its name.
        text: what was found.
        remedy: what to do about it, as a sentence; empty when nothing needs to be done.
    """

    topic: str
    subject: str
    state: State
    text: str
    remedy: str = ""
