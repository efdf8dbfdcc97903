r"""What the context lines of a hunk mean, with the file beside it.

Models leave out the blank in front of context lines, of all or of some. A line that begins with
blanks can then be read in two ways, and prose behind a hunk looks like more context.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading.anchors import named
from understudy.reading.hunks import SHIFTED, Hunk, HunkLine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from understudy.reading.anchors import Named

ESCAPES = "escapes written out"
_ESCAPED = re.compile(r"\\[nrt]")
_LEADING_TABS = re.compile(r"^(?:\\t)+")


@dataclass(frozen=True)
class Known:
    """The lines of a file, to ask whether a line is one of them.

    Attributes:
        lines: without their ends.
        new: names of definitions that the reply writes, which anchors may mean.
    """

    lines: Sequence[str]
    new: Collection[str] = ()

    def told(self, anchors: Sequence[str]) -> Named:
        """What a hunk's anchors say about its place."""
        return named(self.lines, anchors, self.new)

    @cached_property
    def trimmed(self) -> frozenset[str]:
        """The lines without the blanks at their ends."""
        return frozenset(line.rstrip() for line in self.lines)

    @cached_property
    def stripped(self) -> frozenset[str]:
        """The lines without the blanks around them."""
        return frozenset(line.strip() for line in self.lines)

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Lines that follow each other, without the blanks around them; blank ones do not count."""
        real = [line.strip() for line in self.lines if line.strip()]
        return frozenset(pairwise(real))

    @cached_property
    def depths(self) -> dict[str, int]:
        """How many blanks stand in front of a line; of lines at one depth only, and without tabs."""
        found: dict[str, int | None] = {}
        for line in self.lines:
            key, indent = line.strip(), indent_of(line)
            depth = None if "\t" in indent else len(indent)
            found[key] = depth if found.get(key, depth) == depth else None
        return {key: depth for key, depth in found.items() if key and depth is not None}

    @cached_property
    def is_tabbed(self) -> bool:
        """Whether tabs indent the file, and no line of it begins with a backslash."""
        return any(line.startswith("\t") for line in self.lines) and not any(
            line.startswith("\\") for line in self.stripped
        )

    def has(self, line: str) -> bool:
        """Whether the file has the line, but for blanks at its end."""
        return line.rstrip() in self.trimmed

    def resembles(self, line: str) -> bool:
        """Whether the file has the line, but for blanks around it."""
        return line.strip() in self.stripped


def readings(hunk: Hunk, known: Known) -> Iterator[tuple[Hunk, str]]:
    """The ways in which a hunk can be meant, the likeliest first, each with what it takes.

    They differ from each other, and come one by one: the first that has its place in the file is
    the one that is meant.
    """
    first = _without_prose(replace(hunk, lines=_settled(hunk.lines, known)), known)
    seen = [first]
    yield first, ""
    as_written = _without_prose(hunk, known)
    for what, other in (
        ("context lines without their blank", _kept_raw(as_written)),
        ("context lines with their blank", as_written),
        (ESCAPES, _unescaped(as_written)),
    ):
        if other not in seen:
            seen.append(other)
            yield other, what


def _settled(lines: Sequence[HunkLine], known: Known) -> tuple[HunkLine, ...]:
    """The lines, each context line in the reading that the file bears out."""
    raw = _lacks_blanks(lines, known)
    signs_shifted = all(line.sign == " " for line in lines)
    unsigned = raw or any(
        line.unsigned and line.raw.strip() and known.resembles(line.raw) for line in lines
    )
    settled: list[HunkLine] = []
    for line in lines:
        if _is_list_item(line, known, unsigned=unsigned):
            settled.append(replace(line, sign=" ", text=line.raw))
        elif line.sign == "+" and known.is_tabbed:
            settled.append(replace(line, text=_with_tabs(line.text)))
        elif _is_doubtful(line):
            shifted = _shifted_sign(line, known, sure=signs_shifted)
            settled.append(shifted or _meant(line, known, raw=raw))
        else:
            settled.append(line)
    return tuple(settled)


def _is_list_item(line: HunkLine, known: Known, *, unsigned: bool) -> bool:
    """Whether a sign is the first character of a context line that lacks its blank.

    A plus is that only where other lines lack theirs: anything may be added.
    """
    if line.sign == " " or not known.has(line.raw) or known.resembles(line.text):
        return False
    return line.sign == "-" or unsigned


def _lacks_blanks(lines: Sequence[HunkLine], known: Known) -> bool:
    """Whether context lines seem to be written without their blank.

    What the file has decides; then lines that are sure to lack it; then by how many blanks they
    were moved, if the file has them elsewhere: nobody moves lines by an odd number. Then the depths
    that changed lines have too; then that depths mostly are even.
    """
    doubtful = [line for line in lines if _is_doubtful(line)]
    telling = [line for line in doubtful if any(map(str.isalnum, line.text))] or doubtful
    as_text = sum(known.has(line.text) for line in telling)
    as_raw = sum(known.has(line.raw) and not known.has(line.text) for line in telling)
    if as_raw != as_text:
        return as_raw > as_text
    if any(line.unsigned and line.raw.strip() for line in lines):
        return True
    shift = _shift(doubtful, known)
    if shift is not None:
        return shift % 2 == 1
    changed = {_depth(line.text) for line in lines if line.sign != " " and line.text.strip()}
    like_text = sum(_depth(line.text) in changed for line in doubtful)
    like_raw = sum(_depth(line.raw) in changed for line in doubtful)
    if like_text != like_raw:
        return like_raw > like_text
    return 2 * sum(_depth(line.raw) % 2 == 0 for line in doubtful) > len(doubtful)


def _shift(doubtful: Sequence[HunkLine], known: Known) -> int | None:
    """How many blanks farther in most lines stand than the file has them; None without such lines."""
    shifts = Counter(
        _depth(line.text) - there
        for line in doubtful
        if "\t" not in indent_of(line.text)
        and (there := known.depths.get(line.text.strip())) is not None
    )
    if not shifts:
        return None
    # What stands at the margin was moved there, however far that was.
    at_margin = any(_depth(line.text) == 0 for line in doubtful)
    return 0 if at_margin else shifts.most_common(1)[0][0]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_doubtful(line: HunkLine) -> bool:
    return line.sign == " " and line.raw.startswith(" ") and bool(line.raw.strip())


def _meant(line: HunkLine, known: Known, *, raw: bool) -> HunkLine:
    """One context line that begins with a blank; `raw`: how the others are meant, if in doubt."""
    if known.has(line.text):
        return line
    return replace(line, text=line.raw) if raw or known.has(line.raw) else line


def _shifted_sign(line: HunkLine, known: Known, *, sure: bool) -> HunkLine | None:
    """The line whose sign stands behind a blank; None for a line of context that is not moved in.

    `sure`: no other sign stands where it should, so that these are the only ones. Then context may
    be moved in as well.
    """
    found = SHIFTED.fullmatch(line.raw)
    if found is None and sure and not known.has(line.text) and known.has(line.raw[2:]):
        return replace(line, text=line.raw[2:]) if line.raw.startswith("  ") else None
    if found is None or known.resembles(line.raw):
        return None
    if found["sign"] == "+":
        return replace(line, sign="+", text=found["text"])
    if sure or known.resembles(found["text"]):
        return replace(line, sign="-", text=found["text"])
    return None


def _kept_raw(hunk: Hunk) -> Hunk:
    return replace(
        hunk,
        lines=tuple(
            replace(line, text=line.raw) if _is_doubtful(line) else line for line in hunk.lines
        ),
    )


def _without_prose(hunk: Hunk, known: Known) -> Hunk:
    """The hunk without what a reply says behind it.

    Behind the last change, lines without a sign that the file does not have are no context. In
    running text, that holds behind every change for lines after a blank one.
    """
    last = max((at for at, line in enumerate(hunk.lines) if line.sign != " "), default=None)
    if last is None:
        return hunk
    first = next(at for at, line in enumerate(hunk.lines) if line.sign != " ")
    for at in range(first + 1, len(hunk.lines)):
        line = hunk.lines[at]
        if not line.unsigned or not line.raw.strip() or known.resembles(line.raw):
            continue
        behind_blank = not hunk.lines[at - 1].raw.strip()
        if at > last or (hunk.bare and behind_blank):
            return replace(hunk, lines=_without_blank_tail(hunk.lines[:at]))
    return hunk


def _without_blank_tail(lines: Sequence[HunkLine]) -> tuple[HunkLine, ...]:
    kept = list(lines)
    while kept and not kept[-1].raw:
        kept.pop()
    return tuple(kept)


def _unescaped(hunk: Hunk) -> Hunk:
    r"""The hunk with `\t` in front of lines as tabs, and `\n` as ends of lines.

    Only where the old lines hold some: then they were written that way throughout.
    """
    if not any(_ESCAPED.search(line.text) for line in hunk.lines if line.sign != "+"):
        return hunk
    lines = (
        replace(line, text=_with_tabs(part))
        for line in hunk.lines
        for part in line.text.replace("\\r\\n", "\\n").split("\\n")
    )
    return replace(hunk, lines=tuple(lines))


def _with_tabs(line: str) -> str:
    r"""A line with `\t` in front of it as tabs."""
    return _LEADING_TABS.sub(lambda found: "\t" * (len(found[0]) // 2), line, count=1)
