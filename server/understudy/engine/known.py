"""Diagnostics of one text, asked whether one of them already says what another one says."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers, reports_as
from understudy.core.text import Span
from understudy.engine.identity import matters
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from understudy.core.lines import LineIndex
    from understudy.workspace.diagnostics import Diagnostic

_SYNTAX = "syntax"


class KnownProblems:
    """A growing set of diagnostics; asking takes about as long however many there are.

    Two findings are the same:

    - of one tool, when code and place are equal;
    - of two tools, when their marks touch and they are about the same matter;
    - of two parsers also when they lie on one line, or when one is the first error that the
      compiler met and the other the first one of its tool: parsers stumble over one mistake at
      different places.

    Attributes:
        index: the lines of the text; without them, only marks that touch share a line.
    """

    def __init__(self, index: LineIndex | None = None) -> None:
        self._index = index
        self._own: set[tuple[str, str, int]] = set()
        self._marks: defaultdict[Hashable, dict[str, Marks]] = defaultdict(dict)
        self._lines: defaultdict[int, set[str]] = defaultdict(set)
        self._firsts: set[str] = set()

    def add(self, diagnostic: Diagnostic, *, first: bool = False) -> None:
        """Take a diagnostic in; `first` when it is the first syntax error of its tool."""
        source = diagnostic.source
        self._own.add((source, diagnostic.code, diagnostic.span.start))
        for key in _keys(diagnostic):
            self._marks[key].setdefault(source, Marks()).add(diagnostic.span)
        if is_syntax_error(diagnostic):
            self._lines[self._line(diagnostic)].add(source)
        if first:
            self._firsts.add(source)

    def says(self, diagnostic: Diagnostic, *, first: bool = False) -> bool:
        """Whether one of them is the same problem; `first` as for `add`."""
        source = diagnostic.source
        if (source, diagnostic.code, diagnostic.span.start) in self._own:
            return True
        for key in _keys(diagnostic):
            by_source = self._marks.get(key, {})
            if any(
                marks.touch(diagnostic.span) for name, marks in by_source.items() if name != source
            ):
                return True
        return is_syntax_error(diagnostic) and self._stumbles(diagnostic, first=first)

    def _stumbles(self, error: Diagnostic, *, first: bool) -> bool:
        others = self._firsts - {error.source}
        if first and others and any(map(is_compiler, (error.source, *others))):
            return True
        return bool(self._lines.get(self._line(error), set()) - {error.source})

    def _line(self, diagnostic: Diagnostic) -> int:
        start = diagnostic.span.start
        return start if self._index is None else self._index.line_of(start)


class Alike:
    """Diagnostics of one text, asked whether one of them is about the same thing as another one.

    As with `KnownProblems`, but each is taken by itself: no error is the first one of its tool. Tools mark
    different characters of what they can't read, so there the lines count.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], index: LineIndex) -> None:
        self._index = index
        self._known = KnownProblems(index)
        self._broken, self._marked = Marks(), Marks()
        for one in diagnostics:
            lines = self._lines_of(one)
            self._known.add(one)
            self._marked.add(lines)
            if is_syntax_error(one):
                self._broken.add(lines)

    def says(self, diagnostic: Diagnostic) -> bool:
        """Whether one of them is about the same thing."""
        if is_syntax_error(diagnostic) and self._broken.touch(self._lines_of(diagnostic)):
            return True
        return self._known.says(diagnostic)

    def marks_line_of(self, diagnostic: Diagnostic) -> bool:
        """Whether one of them, whatever it says, marks a line that the diagnostic marks."""
        return self._marked.touch(self._lines_of(diagnostic))

    def _lines_of(self, diagnostic: Diagnostic) -> Span:
        lines = self._index.lines_of(diagnostic.span)
        return Span(lines.start, lines.stop - 1)


class Marks:
    """Spans, asked whether one touches another span; kept apart by the size of their length."""

    def __init__(self) -> None:
        self._by_size: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)

    def add(self, span: Span) -> None:
        """Take a span in."""
        insort(self._by_size[len(span).bit_length()], (span.start, span.end))

    def touch(self, span: Span) -> bool:
        """Whether a span shares a character or a border with this one."""
        return any(self._touch(span, size) for size in self._by_size)

    def _touch(self, span: Span, size: int) -> bool:
        """No span of that size that starts further to the left reaches so far."""
        marks = self._by_size[size]
        for place in range(bisect_left(marks, (span.start - 2**size,)), len(marks)):
            start, end = marks[place]
            if start > span.end:
                return False
            if end >= span.start:
                return True
        return False


def firsts(diagnostics: Iterable[Diagnostic]) -> frozenset[Diagnostic]:
    """The first syntax error of each tool."""
    found: dict[str, Diagnostic] = {}
    for one in diagnostics:
        if is_syntax_error(one):
            before = found.setdefault(one.source, one)
            if one.span.start < before.span.start:
                found[one.source] = one
    return frozenset(found.values())


def _keys(diagnostic: Diagnostic) -> frozenset[Hashable]:
    return frozenset({_SYNTAX}) if is_syntax_error(diagnostic) else matters(diagnostic)


def is_compiler(source: str) -> bool:
    """Whether diagnostics of this source come from a checker that knows if a text parses."""
    return any(
        checker.parses and not checker.approximate and reports_as(name, source)
        for name, checker in all_checkers().items()
    )
