"""Parts of a text by whole lines, with a mark where lines are left out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.gathering.documentation import comment_at, docstring, open_quote
from understudy.languages import all_languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.core.lines import LineIndex
    from understudy.index.facts import Definition

MOST_SIGNATURE = 24
"""So many lines of a signature are shown."""
_MOST_PLAIN = 6
"""So many lines of a constant or a field are shown."""
_LONGEST, _KEPT = 1_000, 200
"""Of a line of more characters, a signature shows as many as the second number says."""
GAP = "…"


class Written(NamedTuple):
    """A line that stands for those from `start` to the one before `stop`."""

    start: int
    stop: int
    text: str


Part = range | Written
"""Lines that are shown as they are, or a line in their place."""


def shown(lines: LineIndex, parts: Iterable[Part], language: str, within: range = range(0)) -> str:
    """Some parts of a text in its order, each line once; a comment with `…` stands for a gap.

    Args:
        lines: the text.
        parts: in any order. What stands for lines that another part shows as they are is left out.
        language: LSP language id.
        within: what the parts are of: a mark at the end stands for lines that are left out there.
    """
    pieces: list[str] = []
    before: int | None = None
    for one in _in_order(parts, len(lines)):
        if before is not None and has_text(lines, before, one.start):
            pieces.append(f"{_indent(lines, one.start)}{gap_mark(language)}\n")
        pieces.append(one.text if isinstance(one, Written) else _text(lines, one))
        before = one.stop
    if before is not None and has_text(lines, before, within.stop):
        is_file = not within.start and within.stop == len(lines)
        indent = "" if is_file else f"{_indent(lines, within.start)}    "
        pieces.append(f"{indent}{gap_mark(language)}\n")
    return "".join(pieces)


def _text(lines: LineIndex, these: range) -> str:
    """Lines with LF at their ends, the last one included."""
    text = lines.text[lines.start(these.start) : lines.start(these.stop)]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if lines.lines[these.stop - 1].endswith(("\n", "\r")) else f"{text}\n"


def _indent(lines: LineIndex, line: int) -> str:
    content = lines.content(line)
    return content[: len(content) - len(content.lstrip())]


def has_text(lines: LineIndex, start: int, stop: int) -> bool:
    """Whether any of these lines holds something."""
    return any(not line.isspace() for line in lines.lines[start:stop] if line)


def _in_order(parts: Iterable[Part], end: int) -> list[Part]:
    """The parts without what is shown already: ranges that neither touch nor overlap, and lines."""
    ranges, written = [], {}
    for one in parts:
        if isinstance(one, Written):
            written[one.start] = one
        else:
            ranges.append(one)
    runs = _runs(ranges, end)
    free = _besides_runs(sorted(written.values()), runs)
    return sorted([*runs, *free], key=lambda one: one.start) if free else list(runs)


def _besides_runs(written: Sequence[Written], runs: Sequence[range]) -> list[Written]:
    """The lines that stand for nothing of what the runs show. Both are in order."""
    found: list[Written] = []
    at = 0
    for one in written:
        while at < len(runs) and runs[at].stop <= one.start:
            at += 1
        if at == len(runs) or one.stop <= runs[at].start:
            found.append(one)
    return found


def _runs(ranges: Iterable[range], end: int) -> list[range]:
    """The lines of some ranges as ranges that neither touch nor overlap, in order."""
    runs: list[range] = []
    for start, stop in sorted((one.start, min(one.stop, end)) for one in ranges):
        if start >= stop:
            continue
        if runs and start <= runs[-1].stop:
            runs[-1] = range(runs[-1].start, max(stop, runs[-1].stop))
        else:
            runs.append(range(start, stop))
    return runs


@cache
def gap_mark(language: str) -> str:
    """What stands for lines that are left out: a comment where the language has some."""
    known = all_languages().get(language)
    if known is not None and known.line_comment:
        return f"{known.line_comment} {GAP}"
    if known is not None and known.block_comment is not None:
        return f"{known.block_comment[0]} {GAP} {known.block_comment[1]}"
    return GAP


def signature_of(lines: LineIndex, one: Definition, language: str, *, doc: bool) -> list[Part]:
    """A definition's signature: decorators, head, and one line of what documents it."""
    found = [*_above(lines, one, language, doc=doc), *_head(lines, one, language)]
    if doc and language == "python" and one.body < one.stop:
        told = docstring(lines, range(one.body, one.stop))
        found += [Written(*told)] if told is not None and told.text else []
    return found


def _head(lines: LineIndex, one: Definition, language: str) -> list[Part]:
    """The head; a text that would be cut within is closed."""
    has_body = one.body < one.stop
    is_plain = not has_body and one.kind not in {"function", "method", "class"}
    stop = max(one.body if has_body else one.stop, one.head + 1)
    head = range(one.head, min(stop, one.head + (_MOST_PLAIN if is_plain else MOST_SIGNATURE)))
    line, quote = open_quote(lines, head, language) if head.stop < stop else (-1, "")
    if not quote:
        return [*_cut(lines, head)]
    last = f"{lines.content(line)[:_LONGEST]}{GAP}{quote}\n"
    return [*_cut(lines, range(one.head, line)), Written(line, stop, last)]


def _cut(lines: LineIndex, these: range) -> Iterator[Part]:
    """Lines, of which the beginning stands for one that is very long."""
    start = these.start
    for line in these:
        content = lines.content(line)
        if len(content) > _LONGEST:
            yield range(start, line)
            yield Written(line, line + 1, f"{content[:_KEPT]}{GAP}\n")
            start = line + 1
    yield range(start, these.stop)


def _above(lines: LineIndex, one: Definition, language: str, *, doc: bool) -> list[Part]:
    """Decorators and attributes above a head, and what the first comment there says first."""
    found: list[Part] = []
    marks: list[int] = []
    line = one.first
    while line < one.head:
        # Below a decorator of Python, lines are its arguments, whatever they begin with.
        is_comment = language != "python" or not marks
        told = comment_at(lines, range(line, one.head), language) if is_comment else None
        if told is None:
            marks += [line] if lines.content(line).strip() else []
            line += 1
            continue
        if doc and told.text and not found:
            found.append(Written(*told))
        line = told.stop
    return [*found, *(range(at, at + 1) for at in marks[-MOST_SIGNATURE:])]
