"""Spans, edits, and what can be done with them.

Every offset in Understudy counts Unicode code points from the start of the text. Only
`understudy.lsp.convert` turns them into an editor's units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class OverlappingEditsError(ValueError):
    """Two edits touch the same characters, so no order of applying them is the meant one."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range `[start, end)` of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(
                f"A span must satisfy 0 <= start <= end, not {self.start}, {self.end}."
            )

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True

    def touches(self, other: Span) -> bool:
        """Whether the two spans share a character or a border."""
        return self.start <= other.end and other.start <= self.end

    def moved(self, by: int) -> Span:
        """The span so many code points further on; `by` may be negative."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The characters of `text` inside the span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the characters of `span` by `text`."""

    span: Span
    text: str

    @property
    def growth(self) -> int:
        """How many code points the text gains (negative when it shrinks)."""
        return len(self.text) - len(self.span)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all `edits` carried out at once, each in the coordinates of `text`.

    Insertions at the same place keep their order.

    Raises:
        OverlappingEditsError: when two edits claim the same characters.
        ValueError: when an edit reaches past the end of the text.
    """
    pieces: list[str] = []
    cursor = 0
    for edit in in_order(edits):
        if edit.span.start < cursor:
            raise OverlappingEditsError(f"Two edits overlap at offset {edit.span.start}.")
        if edit.span.end > len(text):
            raise ValueError(f"The edit ends at {edit.span.end}, but the text has {len(text)}.")
        pieces += (text[cursor : edit.span.start], edit.text)
        cursor = edit.span.end
    pieces.append(text[cursor:])
    return "".join(pieces)


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """The edits by position; an insertion comes before a replacement that starts at its place."""
    return sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))


def shift(edits: Iterable[Edit], by: int) -> tuple[Edit, ...]:
    """The edits moved by `by` code points."""
    return tuple(Edit(Span(edit.span.start + by, edit.span.end + by), edit.text) for edit in edits)


def moved(offset: int, edits: Sequence[Edit]) -> int:
    """Where the character at `offset` stands after `edits`; inside a replacement, its start."""
    shift_by = 0
    for edit in in_order(edits):
        # An insertion at `offset` pushes its character on; a replacement that starts there does not.
        if edit.span.end <= offset:
            shift_by += edit.growth
        elif edit.span.start < offset:
            return edit.span.start + shift_by
        else:
            break
    return offset + shift_by


def after_spans(edits: Iterable[Edit]) -> tuple[Span, ...]:
    """Where each edit's new text stands in the edited text."""
    spans: list[Span] = []
    shift_by = 0
    for edit in in_order(edits):
        start = edit.span.start + shift_by
        spans.append(Span(start, start + len(edit.text)))
        shift_by += edit.growth
    return tuple(spans)
