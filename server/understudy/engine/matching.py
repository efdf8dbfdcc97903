"""Match the diagnostics of a text with those of the same text after an edit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.core.text import after_spans, apply, in_order, moved
from understudy.engine.identity import identity

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from understudy.core.text import Edit, Span
    from understudy.workspace.diagnostics import Diagnostic

    Place = Callable[[Diagnostic], Hashable | None]


@dataclass(frozen=True, slots=True)
class Change:
    """An edit as seen from both texts.

    Attributes:
        lines_before: for each edit, the lines of the text before that it touches.
        lines_after: for each edit, the lines of the text after that hold what it wrote.
    """

    edits: tuple[Edit, ...]
    before: LineIndex
    after: LineIndex
    lines_before: tuple[range, ...]
    lines_after: tuple[range, ...]

    @classmethod
    def of(cls, index: LineIndex, edits: Iterable[Edit]) -> Change:
        """The change that `edits` make to the text of `index`."""
        ordered = tuple(in_order(edits))
        after = LineIndex(apply(index.text, ordered))
        return cls(
            edits=ordered,
            before=index,
            after=after,
            lines_before=tuple(index.lines_of(edit.span) for edit in ordered),
            lines_after=tuple(after.lines_of(span) for span in after_spans(ordered)),
        )

    def place(self, diagnostic: Diagnostic) -> int:
        """Where a diagnostic of the text before starts in the text after."""
        return moved(min(diagnostic.span.start, len(self.before.text)), self.edits)

    def survives(self, diagnostic: Diagnostic) -> bool:
        """Whether no edit replaces a character that the diagnostic marks."""
        start, end = diagnostic.span.start, max(diagnostic.span.end, diagnostic.span.start + 1)
        return not any(edit.span.start < end and start < edit.span.end for edit in self.edits)

    def touches_before(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic of the text before starts on a touched line."""
        return _which(self.lines_before, self.before, diagnostic) is not None

    def writes(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic of the text after marks something that an edit wrote."""
        span = diagnostic.span
        spans = after_spans(self.edits)
        return any(
            one.start < max(span.end, span.start + 1) and span.start < one.end for one in spans
        )

    @property
    def changes_roles(self) -> bool:
        """Whether an edit writes or removes what decides how the words around it are read.

        Quotes and comment signs do; brackets do where names are bound inside them.
        """
        pieces = "".join(edit.text + edit.span.of(self.before.text) for edit in self.edits)
        if any(sign in pieces for sign in "'\"#"):
            return True
        lines = (
            line for span in self.lines_after for line in self.after.lines[span.start : span.stop]
        )
        binds = any(word in line for line in lines for word in (" for ", "lambda"))
        return binds and any(sign in pieces for sign in "()[]{}")

    def touches_after(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic of the text after starts on a touched line."""
        return _which(self.lines_after, self.after, diagnostic) is not None


def unmatched(
    before: Iterable[Diagnostic], after: Iterable[Diagnostic], change: Change
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What is left on either side once equal diagnostics are paired, each with one other.

    Diagnostics are equal by `identity` and place: the same characters, carried through the edit;
    else the same line; else a line of the same content, because lines move; else what one edit
    replaced and what it wrote instead.
    """
    old, new = _sorted(before), _sorted(after)
    for old_place, new_place in _ways(change):
        old, new = _pair(old, new, old_place, new_place)
    return old, new


def _ways(change: Change) -> tuple[tuple[Place, Place], ...]:
    """How places are compared, the surest way first. None takes no part."""

    def surviving(diagnostic: Diagnostic) -> int | None:
        return change.place(diagnostic) if change.survives(diagnostic) else None

    def surviving_line(diagnostic: Diagnostic) -> int | None:
        return carried_line(diagnostic) if change.survives(diagnostic) else None

    def carried_line(diagnostic: Diagnostic) -> int:
        return change.after.line_of(change.place(diagnostic))

    def line(diagnostic: Diagnostic) -> int:
        return change.after.line_of(diagnostic.span.start)

    return (
        (surviving, lambda one: one.span.start),
        (surviving_line, line),
        (carried_line, line),
        (lambda one: _content(change.before, one), lambda one: _content(change.after, one)),
        (
            lambda one: _which(change.lines_before, change.before, one),
            lambda one: _which(change.lines_after, change.after, one),
        ),
    )


def _pair(
    old: Sequence[Diagnostic], new: Sequence[Diagnostic], old_place: Place, new_place: Place
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    waiting: defaultdict[Hashable, list[Diagnostic]] = defaultdict(list)
    for diagnostic in new:
        waiting[identity(diagnostic), new_place(diagnostic)].append(diagnostic)
    left: list[Diagnostic] = []
    for diagnostic in old:
        place = old_place(diagnostic)
        partners = waiting.get((identity(diagnostic), place), [])
        if place is not None and partners:
            partners.pop(0)
        else:
            left.append(diagnostic)
    return left, _sorted(one for partners in waiting.values() for one in partners)


def _content(index: LineIndex, diagnostic: Diagnostic) -> str | None:
    return index.content(index.line_of(diagnostic.span.start)).strip() or None


def _which(touched: tuple[range, ...], index: LineIndex, diagnostic: Diagnostic) -> int | None:
    """The number of the edit on whose lines a diagnostic starts."""
    line = index.line_of(diagnostic.span.start)
    return next((number for number, lines in enumerate(touched) if line in lines), None)


def _sorted(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    def order(diagnostic: Diagnostic) -> tuple[Span, str, str]:
        return diagnostic.span, diagnostic.code, diagnostic.message

    return sorted(diagnostics, key=order)
