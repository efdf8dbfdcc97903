"""Where some lines stand among others, in linear time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST = 1000
_WORK = 1_000_000
"""Characters that are looked for again, summed over all places."""


def occurrences(lines: Sequence[str], sought: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines at which `sought` begins, rising; at most a thousand.

    The lines are searched as one text: that is linear, however often they repeat themselves.
    """
    text = "\n".join(("", *lines, ""))
    part = "\n".join(("", *sought, ""))
    most = max(2, min(_MOST, _WORK // len(part)))
    at = text.find(part)
    line = counted = 0
    while at >= 0 and most:
        line += text.count("\n", counted, at)
        counted, most = at, most - 1
        yield line
        at = text.find(part, at + 1)


def rows_of(real: Sequence[bool], found: Sequence[int], keys: Sequence[str]) -> tuple[range, ...]:
    """The file's lines for each wanted line: one for a real one, one or none for a blank one.

    Args:
        real: for each wanted line, whether it holds something.
        found: the file's line for each wanted line that does.
        keys: the file's lines; empty for blank ones.
    """
    lead = real.index(True)
    rows: list[range] = []
    # Blank lines above the first real one are counted upwards from it.
    for back in range(lead, 0, -1):
        at = found[0] - back
        blank = at >= 0 and not any(keys[at : found[0]])
        rows.append(range(at, at + 1) if blank else range(found[0], found[0]))
    nth = 0
    after = found[0]
    for is_real in real[lead:]:
        if is_real:
            after = found[nth]
            nth += 1
        blank = after < len(keys) and not keys[after]
        rows.append(range(after, after + 1) if is_real or blank else range(after, after))
        after += is_real or blank
    return tuple(rows)
