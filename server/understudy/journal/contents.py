"""What was sent and answered, as far as the user wants that kept.

The levels: `metrics` keeps no such text. `redacted` keeps it without secrets, paths, addresses and
names of persons and machines. `full` keeps it as it was, and even then never a secret.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.journal.packing import packed
from understudy.journal.redaction import redacted
from understudy.workspace.secrets import mask

if TYPE_CHECKING:
    from understudy.config.journal_settings import ContentLevel

LEVELS: tuple[ContentLevel, ...] = ("metrics", "redacted", "full")
"""From the least to the most."""
MOST_CHARACTERS = 200_000
"""Of one text; of a longer one the beginning is kept."""
_SEPARATOR = "\n\n"

Part = Literal["prompt", "reply", "edit"]


@dataclass(frozen=True, slots=True)
class Content:
    """A text, before it is known whether and how it may be kept.

    Attributes:
        subject: the id of the `Call`, or of the `EditRow`.
        texts: its parts, as they were.
        private: what must not be in a redacted text, such as the workspace folder's path, by what
            is written in its place.
    """

    at_us: int
    subject: str
    part: Part
    texts: tuple[str, ...]
    private: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A text as it is kept.

    Attributes:
        sha256: of the text as it is kept, in hexadecimal digits.
        size: how many characters it has.
        body: the text, packed.
    """

    at_us: int
    subject: str
    part: Part
    level: str
    sha256: str
    size: int
    body: bytes


def kept(content: Content, level: ContentLevel) -> Kept | None:
    """What may be kept of a text; None where nothing may."""
    if level == "metrics":
        return None
    # Cut only behind the search, which would not know the beginning of a secret.
    text = mask(_SEPARATOR.join(content.texts)).text
    if level == "redacted":
        text = redacted(text, dict(content.private))
    text = text[:MOST_CHARACTERS]
    return Kept(
        at_us=content.at_us,
        subject=content.subject,
        part=content.part,
        level=level,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        size=len(text),
        body=packed(text),
    )


def above(level: ContentLevel) -> tuple[str, ...]:
    """The levels that keep more than this one."""
    return tuple(LEVELS[LEVELS.index(level) + 1 :])
