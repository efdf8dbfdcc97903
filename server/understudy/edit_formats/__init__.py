"""One way of writing edits per file. Each defines `EDIT_FORMAT`.

A format says what to ask of a model, and reads what came back. It never guesses: a reply that does
not say clearly what to write is a failure, and the next attempt or the next model answers.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import Failure, FailureCategory, UnderstudyError
from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.core.text import Span
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a document that a model may rewrite.

    Attributes:
        view: the document.
        lines: the region's lines, counted from 0; at least one.
    """

    view: View
    lines: range

    @property
    def span(self) -> Span:
        """The region in code points: whole lines with their ends."""
        index = self.view.index
        return type(index.line_span(0))(index.start(self.lines.start), index.start(self.lines.stop))

    @property
    def text(self) -> str:
        """The region's own text."""
        return self.span.of(self.view.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says.

    Attributes:
        after: the whole document with the edit carried out.
        prose: what the model wrote beside the code.
        repairs: what had to be put right before the reply could be read, as short words.
    """

    after: str
    prose: str
    repairs: tuple[str, ...] = ()


class UnreadableError(UnderstudyError):
    """A reply that gives no edit."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.category = failure.category


@dataclass(frozen=True, slots=True)
class EditFormat:
    """A way of writing edits.

    Attributes:
        id: its name in the journal and in the models' records.
        rules: what the model is told about how to answer.
        read: the document that a finished reply leads to; raises `UnreadableError`.
    """

    id: str
    rules: Callable[[Region], str]
    read: Callable[[str, Region], Reading]


def unreadable(category: FailureCategory, message: str, evidence: str = "") -> UnreadableError:
    """The error for a reply that can't be read, with what to tell the model about it."""
    from understudy.core.failures import Evidence

    return UnreadableError(
        Failure(
            category=category,
            phase="parse",
            blame="model",
            message=message,
            advice="refine",
            evidence=Evidence("reply", evidence[:200]),
            fingerprint=f"parse:{category.value}:{message}",
        )
    )


def all_edit_formats() -> dict[str, EditFormat]:
    """Every format, by its id."""
    return load_folder(sys.modules[__name__], "EDIT_FORMAT", EditFormat)
