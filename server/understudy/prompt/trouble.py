"""What is wrong with a fragment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from understudy.core.failures import UnderstudyError

if TYPE_CHECKING:
    from understudy.core.text import Span

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing, with its place.

    Attributes:
        span: code points of the fragment's file.
        message: a sentence for people.
        severity: a fragment with an error is not used.
        code: a short word for it.
    """

    span: Span
    message: str
    severity: Severity = "error"
    code: str = ""


class FragmentError(UnderstudyError):
    """A prompt can't be put together; nothing was sent."""
