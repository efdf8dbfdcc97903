"""The `@@` lines of patches: where a hunk is said to be."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERS = re.compile(
    r"@@ *-(?P<at>\d{1,9})(?:,(?P<old>\d{1,9}))? +\+\d{1,9}(?:,(?P<new>\d{1,9}))? *(?:@@|$)"
)
_DOTS = re.compile(r"\s*(?:\.{2,}|\u2026)\s*(?:@@|$)")
_SURE = re.compile(r"@@(?: *-\d| ?(?:\.\.\.|\u2026) ?@@|\s*$|.*\S *@@\s*$)")
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class HunkHeader:
    """What an `@@` line says.

    Attributes:
        hint: the first old line, from 0; None when there are no numbers.
        counts: how many old and new lines the hunk has.
        section: the text behind, a line that stands above the place; empty for none.
    """

    hint: int | None = None
    counts: tuple[int, int] | None = None
    section: str = ""

    @property
    def anchors(self) -> tuple[str, ...]:
        """The section, if there is one."""
        return (self.section,) if self.section else ()


def hunk_header(line: str) -> HunkHeader | None:
    """What a line that begins with `@@` says; None for any other line."""
    if not line.startswith("@@"):
        return None
    line = line[:_LONGEST]
    found = _NUMBERS.match(line)
    if found is None:
        return HunkHeader(section=_section(line[2:]))
    # An empty range is named by the line before it.
    hint = max(int(found["at"]) - (found["old"] != "0"), 0)
    counts = int(found["old"] or 1), int(found["new"] or 1)
    return HunkHeader(hint, counts, _section(line[found.end() :]))


def is_sure(line: str) -> bool:
    """Whether an `@@` line is one even in running text: it has numbers, dots, nothing, or two marks."""
    return _SURE.match(line[:_LONGEST]) is not None


def _section(text: str) -> str:
    return _DOTS.sub("", text, count=1).strip().removesuffix("@@").strip()
