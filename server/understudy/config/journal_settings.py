"""Resolved settings of the record of runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ContentLevel = Literal["metrics", "redacted", "full"]
"""How much may be kept of what is sent and answered, from the least to the most."""


@dataclass(frozen=True, slots=True)
class JournalSettings:
    """The record of runs.

    Attributes:
        keep_days: days after which a run is forgotten; the sums of its day stay.
        max_mb: megabytes above which the oldest days are forgotten.
        content: whether prompts, replies and edits are kept, and in what form.
        content_days: days after which they are forgotten.
        postgres: the address of the database of a team to which runs are copied, its password as a
            reference; empty for none.
        postgres_content: how much of texts and names of files is copied.
        owner: whose runs they are called there.
    """

    enabled: bool = True
    keep_days: int = 90
    max_mb: int = 500
    content: ContentLevel = "metrics"
    content_days: int = 14
    postgres: str = field(default="", repr=False)
    postgres_content: ContentLevel = "metrics"
    owner: str = ""
