"""The reader of replies: right, wrong or rejected, on replies of every kind; and how fast it is.

`bench_read.py --fuzz 50000` reads so many mutated replies instead, and prints what came of them.
"""

from __future__ import annotations

import ast
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.reading_samples import REJECTABLE, TO_REJECT, Counted, samples
from tests.benchmarks.reading_sources import LANGUAGES, PARTS
from tests.benchmarks.reading_speed import measure_growth, measure_speed
from tests.benchmarks.report import Report, ms, percentile, verdict
from tests.reply_cases import ReplyCase, reply_cases, seen
from tests.reply_fuzz import fuzzed, mutants

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.reading_samples import Sample
    from tests.benchmarks.reading_sources import Part

EDITS = 100
GARBAGE = 3_000


def main() -> None:
    if "--fuzz" in sys.argv:
        fuzz(int(sys.argv[-1]))
        return
    found = {
        (part, language): list(samples(part, language, EDITS))
        for part in PARTS
        for language in LANGUAGES
    }
    report = Report(
        "bench_read",
        "Reading replies",
        "What a reply leads to: the text that is meant (right), another one (wrong), or a named "
        "refusal (rejected). The labelled replies of `tests/corpus/replies`, and edits of real "
        f"source files in every format, damaged as replies are: {EDITS} of each language and set. "
        "The rows with a damage are those of the held-out sets. Of what is *gone* or *stale* in its "
        "old lines, a refusal is right. *Again*: the same reply once its edit is in the file, which "
        "must stay as it is.",
        (
            *("Replies", "Damage", "n", "Right", "Wrong", "Rejected"),
            *("Again: unchanged", "wrong", "rejected", "Bar", "Verdict"),
        ),
    )
    measure_corpus(report)
    measure_samples(report, found)
    measure_garbage(report)
    report.publish()
    python = found["held out", "python"]
    measure_speed([(one.reply, one.region(), one.edit_format, one.edit.after) for one in python])
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


def measure_samples(report: Report, found: dict[tuple[Part, str], list[Sample]]) -> None:
    """A row for each format and damage of the held-out sets, and one for each set."""
    by_kind: dict[tuple[str, str], Counted] = {}
    by_set: dict[tuple[Part, str], Counted] = {}
    for (part, language), some in found.items():
        total = by_set.setdefault((part, language), Counted())
        for one in some:
            counted = one.counted()
            total.add(counted)
            if part == "held out":
                by_kind.setdefault((one.edit_format, one.damage), Counted()).add(counted)
    for (edit_format, damage), counted in by_kind.items():
        report.add(*_row(edit_format, damage, counted))
    for (part, language), counted in by_set.items():
        if counted.verdicts:
            report.add(*_row(f"All, {language}, {part}", "", counted))
    held_out = _sum(by_kind.values())
    share = (held_out.verdicts["wrong"] - held_out.risky) / held_out.verdicts.total()
    # A reply with stale context may be rejected, and then is so again.
    fresh = _sum(one for (_, what), one in by_kind.items() if what not in REJECTABLE).again
    again = fresh["right"] / fresh.total()
    bar = "≤ 0.5 % wrong unseen, ≥ 99 % unchanged but for stale context"
    met = share <= 0.005 and again >= 0.99
    report.add(*_row("All, held out", "", held_out), bar, verdict(met=met))
    lost = _sum(one for (_, what), one in by_kind.items() if what in TO_REJECT).verdicts
    report.notes.append(
        f"Of the {held_out.verdicts['wrong']} wrong texts of the held-out sets, {held_out.risky}"
        " came with a high risk, so that they are only shown as proposals. Of the"
        f" {lost.total():,} replies whose place is not there, {lost['wrong']} were placed. Replies"
        " with stale context may be rejected; those that are read come with a high risk. A set holds"
        " other files than the other one: `tests/benchmarks/reading_sources.py` says which. The"
        " edits are of code outside of strings, and of Python they lead to modules that parse;"
        " ranges are the functions or classes around them. Without these limits, more texts are"
        " wrong: tabs for blanks inside of docstrings, and in code that can't be tokenized, stay."
    )


def _sum(some: Iterable[Counted]) -> Counted:
    total = Counted()
    for one in some:
        total.add(one)
    return total


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
