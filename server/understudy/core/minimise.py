"""The smallest readable edits that turn one text into another."""

from __future__ import annotations

from difflib import SequenceMatcher

from understudy.core.lines import split_lines
from understudy.core.text import Edit, Span, apply, in_order

_MAX_DIFF_LINES = 4_000
"""Above this many differing lines one replacement is given: difflib's cost grows with the square."""


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
    if len(old) + len(new) > _MAX_DIFF_LINES:
        return (_trim(before, Edit(Span(start, stop_before), after[start:stop_after])),)
    edits: list[Edit] = []
    offsets = [start]
    for line in old:
        offsets.append(offsets[-1] + len(line))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            edits.append(_trim(before, Edit(Span(offsets[i1], offsets[i2]), "".join(new[j1:j2]))))
    return tuple(edits)


def tighten(text: str, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The same change as `edits`, as small as `minimise` makes it."""
    ordered = in_order(edits)
    if not ordered:
        return ()
    return minimise(text, apply(text, ordered))


def _whole_lines(before: str, after: str, head: int, tail: int) -> tuple[int, int, int]:
    """Widen a differing window to line borders: `(start, end in before, end in after)`."""
    start = max(before.rfind("\n", 0, head), before.rfind("\r", 0, head)) + 1
    if 0 < start < len(before) and before[start - 1] == "\r" and before[start] == "\n":
        start = max(before.rfind("\n", 0, start - 1), before.rfind("\r", 0, start - 1)) + 1
    end = len(before) - tail
    ends = [at for at in (before.find("\n", end), before.find("\r", end)) if at >= 0]
    stop = min(ends) + 1 if ends else len(before)
    if before[stop - 1 : stop + 1] == "\r\n":
        stop += 1
    return start, stop, stop + len(after) - len(before)


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
    return (_wordy(left) and _wordy(right)) or (left, right) == ("\r", "\n") or _joins(right)


def _wordy(char: str) -> bool:
    return char.isalnum() or char == "_"


def _joins(char: str) -> bool:
    """Variation selectors, zero-width joiners and combining marks belong to what they follow."""
    return char in "\u200d\ufe0e\ufe0f" or "\u0300" <= char <= "\u036f"


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
