"""Replies to read: edits of source files in every format, with everything that can happen to them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.benchmarks import reading_damage as damage
from tests.benchmarks.reading_edits import source_edits
from tests.benchmarks.reading_formats import FORMATS
from tests.reply_cases import ROOT, Seen, seen
from understudy.config.policy import Policy
from understudy.edit_formats import Region
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.benchmarks.reading_edits import SourceEdit
    from tests.benchmarks.reading_formats import Damage
    from tests.benchmarks.reading_sources import Part

_BLANK = re.compile(r"^ ", re.MULTILINE)
_HEADER = re.compile(r"^@@ .*", re.MULTILINE)

_SLIPS: dict[str, Damage] = {
    "none": list,
    "moved out": damage.moved_out,
    "moved in": damage.moved_in,
    "tabs and blanks swapped": damage.tabs_and_blanks,
    "first line stripped": damage.first_line_stripped,
    "blanks at ends of lines": damage.trailing_blanks,
}
_STALE: dict[str, Damage] = {
    "stale context": damage.stale_context,
    "two stale lines": damage.two_stale_lines,
    "context left out": damage.context_left_out,
    "context invented": damage.context_invented,
}
_TEXTS: dict[str, Callable[[str], str]] = {
    "CRLF": lambda reply: reply.replace("\n", "\r\n"),
    "context without its blank": lambda reply: _BLANK.sub("", reply),
    "empty `@@`": lambda reply: _HEADER.sub("@@", reply),
    "wrong numbers": lambda reply: _HEADER.sub("@@ -7,3 +9,2 @@", reply),
}
_LOST: dict[str, Callable[[SourceEdit], str]] = {
    "what changes is gone": damage.without_place,
    "all around it is gone": damage.without_surroundings,
}
_STALE_OLD = "old lines are stale"
_DOUBTFUL = (*_STALE, _STALE_OLD, *_LOST)

REJECTABLE = frozenset(_STALE)
"""What a reader may reject, though one that reads it right is better."""
TO_REJECT = frozenset({_STALE_OLD, *_LOST})
"""What has no place; whatever text comes of it is wrong."""

_OF_FORMAT = {
    "search_replace": (*_SLIPS, *_DOUBTFUL, "CRLF"),
    "apply_patch": (*_SLIPS, *_DOUBTFUL, "CRLF", "context without its blank"),
    "unified_diff": (*_SLIPS, *_DOUBTFUL, *_TEXTS),
    "json": (*_SLIPS, *_DOUBTFUL),
    "whole_file": ("none", "tabs and blanks swapped", "CRLF"),
    "region": ("none", "moved out", "tabs and blanks swapped", "first line stripped", "CRLF"),
}
"""What can happen to replies of each format, and leaves them with one meaning, or none."""


@dataclass
class Counted:
    """How many replies gave what.

    Attributes:
        verdicts: of the first reading; right is a refusal for what has no place.
        again: of the same reply once its edit is in the file: right is no change.
        risky: wrong texts that came with a high risk, which are never applied unseen.
    """

    verdicts: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    risky: int = 0

    def add(self, other: Counted) -> None:
        self.verdicts += other.verdicts
        self.again += other.again
        self.risky += other.risky


@dataclass(frozen=True, slots=True)
class Sample:
    """A damaged reply to an edit, and the file that it is read for.

    Attributes:
        after: what is meant; None where nothing may come of it.
    """

    edit: SourceEdit
    edit_format: str
    damage: str
    reply: str
    before: str
    after: str | None

    def region(self, *, again: bool = False) -> Region:
        """What the reply may rewrite, in the text before the edit or in the one after it."""
        edit = self.edit
        text = edit.after if again else self.before
        path = ROOT / edit.name
        view = View(f"file://{path}", text, Policy(), language=edit.language, path=path, root=ROOT)
        if self.edit_format != "region":
            return Region(view, range(len(view.index)))
        grown = edit.after.count("\n") - edit.before.count("\n") if again else 0
        return Region(view, range(edit.lines.start, edit.lines.stop + grown))

    def counted(self) -> Counted:
        """What comes of the reply, and of reading it once more."""
        first = seen(self.reply, self.region(), self.edit_format)
        verdict = self._verdict(first)
        risky = int(verdict == "wrong" and first.risk == "high")
        if self.after is None:
            return Counted(Counter([verdict]), Counter(), risky)
        again = seen(self.reply, self.region(again=True), self.edit_format)
        stayed = again.outcome in {"no_change", "unchanged"}
        return Counted(
            Counter([verdict]), Counter(["right" if stayed else self._verdict(again)]), risky
        )

    def _verdict(self, found: Seen) -> str:
        stays = found.after is None or found.outcome == "unchanged"
        if self.after is None:
            return "right" if stays else "wrong"
        if found.after is None:
            return "rejected"
        return "right" if found.after == self.after else "wrong"


def samples(part: Part, language: str, count: int) -> Iterator[Sample]:
    """So many edits of a set in every format, with everything that can happen to each."""
    for edit in source_edits(part, language, count):
        for edit_format, write in FORMATS.items():
            for what in _OF_FORMAT[edit_format]:
                before = _LOST[what](edit) if what in _LOST else edit.before
                changed = {**_SLIPS, **_STALE, _STALE_OLD: damage.stale_old_line}.get(what, list)
                if what in REJECTABLE and any(changed(hunk) == hunk for hunk in edit.hunks):
                    continue
                old = map(changed, edit.hunks) if what in REJECTABLE | TO_REJECT else ()
                if any(damage.is_quoted(before, hunk) for hunk in old):
                    continue
                reply = _TEXTS.get(what, str)(write(edit, changed))
                after = None if what in TO_REJECT else edit.after
                yield Sample(edit, edit_format, what, reply, before, after)
