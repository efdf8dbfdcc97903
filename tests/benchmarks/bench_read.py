"""The reader of replies: right, wrong or rejected, on replies of every kind; and how fast it is.

`bench_read.py --fuzz 50000` reads so many mutated replies instead, and prints what came of them.
"""

from __future__ import annotations

import ast
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import reading_edits as edits
from tests.benchmarks.reading_speed import measure_growth, measure_speed
from tests.benchmarks.report import Report, ms, percentile, verdict
from tests.reply_cases import ROOT, ReplyCase, reply_cases, seen
from tests.reply_fuzz import fuzzed, mutants
from understudy.config.policy import Policy
from understudy.edit_formats import Region
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.benchmarks.reading_edits import Damage, LibraryEdit

EDITS = 100
GARBAGE = 3_000
_BLANK = re.compile(r"^ ", re.MULTILINE)
_HEADER = re.compile(r"^@@ .*", re.MULTILINE)

_STALE = "stale context"
_LINES: dict[str, Damage] = {
    "none": list,
    "moved out": edits.moved_out,
    "moved in": edits.moved_in,
    "tabs for blanks": edits.with_tabs,
    "first line stripped": edits.first_line_stripped,
    "blanks at ends of lines": edits.trailing_blanks,
    _STALE: edits.stale_context,
}
_TEXTS: dict[str, Callable[[str], str]] = {
    "CRLF": lambda reply: reply.replace("\n", "\r\n"),
    "context without its blank": lambda reply: _BLANK.sub("", reply),
    "empty `@@`": lambda reply: _HEADER.sub("@@", reply),
    "wrong numbers": lambda reply: _HEADER.sub("@@ -7,3 +9,2 @@", reply),
}
_OF_FORMAT = {
    "search_replace": (*_LINES, "CRLF"),
    "apply_patch": (*_LINES, "CRLF", "context without its blank"),
    "unified_diff": (*_LINES, *_TEXTS),
    "json": tuple(_LINES),
    "whole_file": ("none", "tabs for blanks", "CRLF"),
    "region": ("none", "moved out", "tabs for blanks", "first line stripped", "CRLF"),
}
"""What can happen to replies of each format, and leaves them with one meaning."""


@dataclass
class Counted:
    """How many replies gave what.

    Attributes:
        verdicts: of the first reading.
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
    """A damaged reply to an edit of the standard library."""

    edit: LibraryEdit
    edit_format: str
    damage: str
    reply: str

    def region(self, *, again: bool = False) -> Region:
        """What the reply may rewrite, in the text before the edit or in the one after it."""
        text = self.edit.after if again else self.edit.before
        path = ROOT / self.edit.name
        view = View(f"file://{path}", text, Policy(), language="python", path=path, root=ROOT)
        if self.edit_format != "region":
            return Region(view, range(len(view.index)))
        grown = self.edit.after.count("\n") - self.edit.before.count("\n") if again else 0
        return Region(view, range(self.edit.lines.start, self.edit.lines.stop + grown))


def samples() -> Iterator[Sample]:
    """Every edit in every format with everything that can happen to it."""
    for edit in edits.library_edits(EDITS):
        for edit_format, write in edits.FORMATS.items():
            for damage in _OF_FORMAT[edit_format]:
                reply = write(edit, _LINES.get(damage, list))
                yield Sample(edit, edit_format, damage, _TEXTS.get(damage, str)(reply))


def main() -> None:
    if "--fuzz" in sys.argv:
        fuzz(int(sys.argv[-1]))
        return
    found = list(samples())
    report = Report(
        "bench_read",
        "Reading replies",
        "What a reply leads to: the text that is meant (right), another one (wrong), or a named "
        f"refusal (rejected). The labelled replies of `tests/corpus/replies`, and {EDITS} edits of "
        "the standard library in every format, damaged as replies are. *Again*: the same reply "
        "once its edit is in the file, which must stay as it is.",
        (
            *("Replies", "Damage", "n", "Right", "Wrong", "Rejected"),
            *("Again: unchanged", "wrong", "rejected", "Bar", "Verdict"),
        ),
    )
    measure_corpus(report)
    measure_samples(report, found)
    measure_garbage(report)
    report.publish()
    measure_speed([(one.reply, one.region(), one.edit_format, one.edit.after) for one in found])
    measure_growth()


def measure_corpus(report: Report) -> None:
    for kind, wanted in (("safe", True), ("unsafe and doubtful", False)):
        cases = [case for case in reply_cases() if case.is_safe is wanted]
        counted = Counter(_verdict(case) for case in cases)
        met = not counted["wrong"] and (not wanted or counted["right"] == len(cases))
        shown = [f"{counted[one]}" for one in ("right", "wrong", "rejected")]
        bar = "all right" if wanted else "none wrong"
        report.add(
            f"Labelled, {kind}", "", f"{len(cases)}", *shown, *("",) * 3, bar, verdict(met=met)
        )


def _verdict(case: ReplyCase) -> str:
    found = seen(case.reply, case.region(), case.edit_format)
    if found.after is None:
        return "rejected"
    return "right" if found.after == case.after else "wrong"


def measure_samples(report: Report, found: list[Sample]) -> None:
    """A row for each format and damage, and one for each format."""
    by_kind: dict[tuple[str, str], Counted] = {}
    for one in found:
        by_kind.setdefault((one.edit_format, one.damage), Counted()).add(counted_of(one))
    total = Counted()
    for (edit_format, damage), counted in by_kind.items():
        report.add(*_row(edit_format, damage, counted))
        total.add(counted)
    wrong = total.verdicts["wrong"] - total.risky
    share = wrong / total.verdicts.total()
    # A reply with a stale line may be rejected, and then is so again.
    fresh = sum((one.again for (_, what), one in by_kind.items() if what != _STALE), Counter())
    again = fresh["right"] / fresh.total()
    bar = "≤ 0.5 % wrong unseen, ≥ 99 % unchanged but for stale context"
    report.add(*_row("All", "", total), bar, verdict(met=share <= 0.005 and again >= 0.99))
    report.notes.append(
        f"Of the {total.verdicts['wrong']} wrong texts, {total.risky} came with a high risk, so"
        " that they are only shown as proposals. Replies with stale context may be rejected. The"
        " edits are of code outside of strings and lead to modules that parse; ranges are the"
        " functions or classes around them. Without these limits, more texts are wrong: tabs for"
        " blanks inside of docstrings, and in code that can't be tokenized, stay."
    )


def counted_of(one: Sample) -> Counted:
    """What came of one sample, and of reading it once more."""
    first = seen(one.reply, one.region(), one.edit_format)
    again = seen(one.reply, one.region(again=True), one.edit_format)
    verdicts = [
        "rejected" if each.after is None else "right" if each.after == one.edit.after else "wrong"
        for each in (first, again)
    ]
    if again.outcome in {"no_change", "unchanged"}:
        verdicts[1] = "right"
    risky = verdicts[0] == "wrong" and first.risk == "high"
    return Counted(Counter(verdicts[:1]), Counter(verdicts[1:]), int(risky))


def _row(edit_format: str, damage: str, counted: Counted) -> tuple[str, ...]:
    numbers = [
        f"{each[one]}"
        for each in (counted.verdicts, counted.again)
        for one in ("right", "wrong", "rejected")
    ]
    return edit_format, damage, f"{counted.verdicts.total()}", *numbers


def measure_garbage(report: Report) -> None:
    """How many mutated replies give an edit, and how many of these a text that still parses."""
    edited = parsed = python = 0
    for mutant in mutants(GARBAGE):
        found = seen(mutant.reply, mutant.case.region(), mutant.edit_format)
        if found.outcome != "edit" or found.after is None:
            continue
        edited += 1
        if mutant.case.language == "python" and _parses(mutant.case.after):
            python += 1
            parsed += _parses(found.after)
    report.notes.append(
        f"Of {GARBAGE:,} mutated replies, which are mostly harmed beyond repair, {edited:,} still"
        f" gave an edit; of {python:,} edits of Python among them, {parsed:,} parse."
    )


def _parses(text: str) -> bool:
    try:
        ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError):
        return False
    return True


def fuzz(count: int) -> None:
    """Read mutated replies, and print what came of them."""
    started = time.perf_counter()
    found = fuzzed(mutants(count))
    spent = time.perf_counter() - started
    times_s = [one for one, _ in found.times]
    print(f"{count:,} mutated replies in {spent:.0f} s: {dict(found.outcomes.most_common())}")
    print(f"p50 {ms(percentile(times_s, 50))}, p95 {ms(percentile(times_s, 95))}, slowest:")
    for seconds, number in sorted(found.times, reverse=True)[:5]:
        print(f"  mutant {number}: {ms(seconds)}")
    for mutant, error in found.raised:
        print(f"  mutant {mutant.number} of {mutant.case.name} RAISED {error!r}")
    if found.raised:
        sys.exit(1)


if __name__ == "__main__":
    main()
