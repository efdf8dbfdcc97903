"""Which lessons had a part in a question, and in the edit that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.learning.standing import Why


@dataclass(frozen=True, slots=True)
class LessonUse:
    """A lesson of a question: its identity, the digest of its remedy, and the model's version."""

    lesson: str
    digest: str
    role: str
    revision: str


@dataclass(frozen=True, slots=True)
class Influence:
    """A lesson that had a part in an edit.

    Attributes:
        id: of the lesson.
        words: what it says.
        why: why it stands as it does.
        aloud: whether its use is said in the log.
    """

    id: str
    words: str
    why: Why
    aloud: bool
