"""Match the diagnostics of a text with those of the same text after an edit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.core.text import Span, after_spans, apply, in_order, moved
from understudy.engine.identity import identity

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from understudy.core.text import Edit
    from understudy.workspace.diagnostics import Diagnostic

    PlaceOf = Callable[[Diagnostic], Hashable | None]


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
        return _survives(diagnostic.span, self.edits)

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


@dataclass(frozen=True, slots=True)
class Matched:
    """One checker's diagnostics of two texts, paired.

    Attributes:
        pairs: those that are the same, the one before first.
        gone: those of the text before without a partner.
        come: those of the text after without one.
    """

    pairs: tuple[tuple[Diagnostic, Diagnostic], ...]
    gone: tuple[Diagnostic, ...]
    come: tuple[Diagnostic, ...]


def match(before: Iterable[Diagnostic], after: Iterable[Diagnostic], change: Change) -> Matched:
    """Equal diagnostics, each paired with one other, and what is left on either side.

    Diagnostics are equal by `identity` and place: the same characters, carried through the edit;
    else the same line; else a line of the same content, because lines move; else what one edit
    replaced and what it wrote instead.
    """
    old, new = _sorted(before), _sorted(after)
    pairs: list[tuple[Diagnostic, Diagnostic]] = []
    for old_place, new_place in _ways(change):
        old, new = _pair(old, new, (old_place, new_place), pairs)
    return Matched(tuple(pairs), tuple(old), tuple(new))


class Carrier:
    """Carries spans of a text through a change of it.

    What no edit replaces moves along. What one does is found again on a touched line of the same
    content, as when lines are sorted; failing that, it stands where the replacement begins.
    """

    def __init__(self, change: Change) -> None:
        self._change = change
        self._left = _lines_by_content(change.before, change.lines_before)
        self._come = _lines_by_content(change.after, change.lines_after)

    def __call__(self, span: Span) -> Span:
        """Where a span of the text before stands in the text after."""
        edits = self._change.edits
        if not _survives(span, edits):
            found = self._found_again(span)
            if found is not None:
                return found
        start = moved(span.start, edits)
        return Span(start, max(start, moved(span.end, edits)))

    def _found_again(self, span: Span) -> Span | None:
        before, after = self._change.before, self._change.after
        line, column = before.position(span.start)
        content = before.content(line).strip()
        lines, places = self._left.get(content, ()), self._come.get(content, ())
        if line not in lines or not places:
            return None
        place = places[min(lines.index(line), len(places) - 1)]
        end = after.start(place) + len(after.content(place))
        start = max(0, column - _indent(before, line)) + _indent(after, place) + after.start(place)
        start = min(start, end)
        return Span(start, min(start + len(span), end))


def _ways(change: Change) -> tuple[tuple[PlaceOf, PlaceOf], ...]:
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
    old: Sequence[Diagnostic],
    new: Sequence[Diagnostic],
    places: tuple[PlaceOf, PlaceOf],
    pairs: list[tuple[Diagnostic, Diagnostic]],
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Take out what is the same by these places, into `pairs`; gives what is left of both."""
    old_place, new_place = places
    waiting: defaultdict[Hashable, list[Diagnostic]] = defaultdict(list)
    for diagnostic in new:
        waiting[identity(diagnostic), new_place(diagnostic)].append(diagnostic)
    left: list[Diagnostic] = []
    for diagnostic in old:
        place = old_place(diagnostic)
        partners = waiting.get((identity(diagnostic), place), [])
        if place is not None and partners:
            pairs.append((diagnostic, partners.pop(0)))
        else:
            left.append(diagnostic)
    return left, _sorted(one for partners in waiting.values() for one in partners)


def _content(index: LineIndex, diagnostic: Diagnostic) -> str | None:
    return index.content(index.line_of(diagnostic.span.start)).strip() or None


def _survives(span: Span, edits: Iterable[Edit]) -> bool:
    start, end = span.start, max(span.end, span.start + 1)
    return not any(edit.span.start < end and start < edit.span.end for edit in edits)


def _lines_by_content(index: LineIndex, touched: tuple[range, ...]) -> dict[str, list[int]]:
    """The touched lines that say something, by what they say without indentation."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for line in sorted({line for lines in touched for line in lines}):
        if content := index.content(line).strip():
            found[content].append(line)
    return found


def _indent(index: LineIndex, line: int) -> int:
    content = index.content(line)
    return len(content) - len(content.lstrip())


def _which(touched: tuple[range, ...], index: LineIndex, diagnostic: Diagnostic) -> int | None:
    """The number of the edit on whose lines a diagnostic starts."""
    line = index.line_of(diagnostic.span.start)
    return next((number for number, lines in enumerate(touched) if line in lines), None)


def _sorted(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    def order(diagnostic: Diagnostic) -> tuple[Span, str, str]:
        return diagnostic.span, diagnostic.code, diagnostic.message

    return sorted(diagnostics, key=order)
