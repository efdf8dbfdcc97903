"""How replies are read, whatever their format: the words of it, and what all formats share.

Nothing here knows a single format, or asks a model.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from understudy.core.failures import Evidence, Failure, FailureCategory, UnderstudyError

Risk = Literal["none", "low", "high"]


class Match(StrEnum):
    """How an edit's place was found, the surest way first."""

    GIVEN = "given"
    """Nothing had to be found: a range, or a whole file."""
    EXACT = "exact"
    ALREADY = "already"
    """The edit is in the document already, which stays as it is."""
    WHITESPACE = "whitespace"
    """But for blanks at the ends of lines, and blank lines."""
    INDENTATION = "indentation"
    """But for indentation, which maps one to one."""
    CHARACTERS = "characters"
    """But for quotes, dashes, kinds of blanks and their number inside lines."""
    ELISION = "elision"
    """By the lines around marks that stand for left-out ones."""
    SIMILAR = "similar"
    """The most similar place, with a clear gap to the next one. Never more than a proposal to review."""

    @property
    def confidence(self) -> float:
        """How sure the place is, from 0 to 1; the order is measured, the figures are its ranks."""
        return _CONFIDENCE[self]


_CONFIDENCE = {
    Match.GIVEN: 1.0,
    Match.EXACT: 1.0,
    Match.ALREADY: 1.0,
    Match.WHITESPACE: 0.97,
    Match.INDENTATION: 0.95,
    Match.CHARACTERS: 0.9,
    Match.ELISION: 0.85,
    Match.SIMILAR: 0.4,
}


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that had to be put right before a reply could be read.

    Attributes:
        what: in a few words.
        where: the line of the reply, or what stands there; may be empty.
        risk: how likely the repair changes what was meant. A high one is never applied unseen.
    """

    what: str
    where: str = ""
    risk: Risk = "low"


class Refusal(StrEnum):
    """Why a reply gives no edit. The values are stable: they are printed and counted."""

    EMPTY = "empty"
    DECLINED = "declined"
    NO_EDIT = "no_edit"
    """Prose, or code that nobody could place."""
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    """The format's own marks or schema are broken."""
    AMBIGUOUS = "ambiguous"
    """Several places, blocks or readings fit."""
    NOT_FOUND = "not_found"
    """The text to be replaced is not in the document."""
    ELIDED = "elided"
    """Marks such as `# ... rest of the code` stand for lines that were left out."""
    NO_CHANGE = "no_change"
    """The edit replaces a text by itself."""
    OTHER_FILE = "other_file"
    """It edits a file that it was not given."""
    UNSAFE_PATH = "unsafe_path"
    OVERLAPPING = "overlapping"
    """Two of its edits touch the same lines."""
    TOO_LARGE = "too_large"


_CATEGORIES = {
    Refusal.EMPTY: FailureCategory.EMPTY_OUTPUT,
    Refusal.DECLINED: FailureCategory.REFUSAL,
    Refusal.NO_EDIT: FailureCategory.PARSE_ERROR,
    Refusal.TRUNCATED: FailureCategory.INCOMPLETE_OUTPUT,
    Refusal.MALFORMED: FailureCategory.PARSE_ERROR,
    Refusal.AMBIGUOUS: FailureCategory.EDIT_APPLY_FAILED,
    Refusal.NOT_FOUND: FailureCategory.EDIT_APPLY_FAILED,
    Refusal.ELIDED: FailureCategory.INCOMPLETE_OUTPUT,
    Refusal.NO_CHANGE: FailureCategory.EDIT_APPLY_FAILED,
    Refusal.OTHER_FILE: FailureCategory.EDIT_APPLY_FAILED,
    Refusal.UNSAFE_PATH: FailureCategory.EDIT_APPLY_FAILED,
    Refusal.OVERLAPPING: FailureCategory.EDIT_APPLY_FAILED,
    Refusal.TOO_LARGE: FailureCategory.PARSE_ERROR,
}


class UnreadableError(UnderstudyError):
    """A reply that gives no edit.

    Attributes:
        refusal: the named outcome.
        teaching: what the model is told so that its next reply can be read: the exact reason, the
            lines meant, the nearest lines of the document.
    """

    def __init__(self, failure: Failure, refusal: Refusal, teaching: str) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.category = failure.category
        self.refusal = refusal
        self.teaching = teaching


def unreadable(
    refusal: Refusal, message: str, evidence: str = "", teaching: str = ""
) -> UnreadableError:
    """The error for a reply that can't be read, with what to tell the model about it."""
    category = _CATEGORIES[refusal]
    failure = Failure(
        category=category,
        phase="apply" if category is FailureCategory.EDIT_APPLY_FAILED else "parse",
        blame="model",
        message=message,
        advice="refine",
        code=refusal.value,
        evidence=Evidence("reply", evidence[:200]),
        fingerprint=f"parse:{category.value}:{refusal.value}",
    )
    return UnreadableError(failure, refusal, teaching or message)
