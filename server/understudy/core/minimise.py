"""The smallest readable edits that turn one text into another."""

from __future__ import annotations

import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

from understudy.core.lines import content_length, split_lines
from understudy.core.runs import Run, changed_runs
from understudy.core.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_ZERO_WIDTH_JOINER = "\u200d"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


def minimise(before: str, after: str) -> tuple[Edit, ...]:
    """Edits with `apply(before, edits) == after`, one for each changed run of lines.

    Each edit is trimmed to the characters that differ and widened again to whole words and whole
    CRLF pairs, so that a person reads `reslt` → `result` and not an inserted `u`.
    """
    head = _common_prefix(before, after)
    tail = _common_suffix(before, after, head)
    if head == len(before) == len(after):
        return ()
    start, stop_before, stop_after = _whole_lines(before, after, head, tail)
    old = split_lines(before[start:stop_before])
    new = split_lines(after[start:stop_after])
    offsets = list(accumulate(map(len, old), initial=start))
    edits = []
    for run in changed_runs(old, new):
        for piece in _pieces(old, new, run):
            span = Span(offsets[piece.old_start], offsets[piece.old_stop])
            text = "".join(new[piece.new_start : piece.new_stop])
            edits.append(_trim(before, Edit(span, text)))
    return tuple(edits)


def _pieces(old: list[str], new: list[str], run: Run) -> Iterator[Run]:
    """Cut a run between lines that were edited and lines that only came or went.

    A line with something inserted below it would else be one edit from its change to the end of
    what was inserted, and everything between would count as replaced.
    """
    at, to = run.old_start, run.new_start
    if run.old_stop - at == run.new_stop - to:
        yield run
        return
    while at < run.old_stop and to < run.new_stop and _alike(old[at], new[to]):
        if old[at] != new[to]:
            yield Run(at, at + 1, to, to + 1)
        at, to = at + 1, to + 1
    if at < run.old_stop or to < run.new_stop:
        yield Run(at, run.old_stop, to, run.new_stop)


def _alike(old: str, new: str) -> bool:
    """Whether one line became the other: the ends that they share make up half of the shorter."""
    if not old.strip() or not new.strip():
        return False
    if old[content_length(old) :] != new[content_length(new) :]:
        return False
    head = _common_prefix(old, new)
    return 2 * (head + _common_suffix(old, new, head)) >= min(len(old), len(new))


def _whole_lines(before: str, after: str, head: int, tail: int) -> tuple[int, int, int]:
    """Widen a differing window to line borders: `(start, end in before, end in after)`."""
    start = _line_start(before, head)
    following = before[start : start + 1] + after[start : start + 1]
    if start and before[start - 1] == "\r" and "\n" in following:
        start = _line_start(before, start - 1)
    end = len(before) - tail
    ends = [at for at in (before.find("\n", end), before.find("\r", end)) if at >= 0]
    stop = min(ends) + 1 if ends else len(before)
    if before[stop - 1 : stop + 1] == "\r\n":
        stop += 1
    return start, stop, stop + len(after) - len(before)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _trim(text: str, edit: Edit) -> Edit:
    old = edit.span.of(text)
    new = edit.text
    head = _common_prefix(old, new)
    tail = _common_suffix(old, new, head)
    while head and _glued(old, head) | _glued(new, head):
        head -= 1
    while tail and _glued(old, len(old) - tail) | _glued(new, len(new) - tail):
        tail -= 1
    span = Span(edit.span.start + head, edit.span.end - tail)
    return Edit(span, new[head : len(new) - tail])


def _glued(text: str, at: int) -> bool:
    """Whether a cut at `at` would fall inside a word, a CRLF pair or a joined character."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return left + right == "\r\n" or (_wordy(left) and _wordy(right)) or _joined(left, right)


def _wordy(char: str) -> bool:
    return char.isalnum() or char == "_" or _is_mark(char)


def _joined(left: str, right: str) -> bool:
    """Whether the two are drawn as one character.

    A simplification of the grapheme clusters of Unicode Standard Annex 29 that rather joins too
    much: any two flag letters count as one flag.
    """
    if left in "\r\n":
        return False
    if _ZERO_WIDTH_JOINER in (left, right) or _is_mark(right) or right in _SKIN_TONES:
        return True
    return left in _FLAG_LETTERS and right in _FLAG_LETTERS


def _is_mark(char: str) -> bool:
    """Combining marks and variation selectors."""
    return unicodedata.category(char).startswith("M")


def _common_prefix(a: str, b: str) -> int:
    """Length of the common prefix, by halving: slices compare at memory speed."""
    low, high = 0, min(len(a), len(b))
    if a[:high] == b[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _common_suffix(a: str, b: str, head: int) -> int:
    """Length of the common suffix that does not reach into the first `head` characters."""
    low, high = 0, min(len(a), len(b)) - head
    if a[len(a) - high :] == b[len(b) - high :]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if a[len(a) - middle : len(a) - low] == b[len(b) - middle : len(b) - low]:
            low = middle
        else:
            high = middle
    return low
