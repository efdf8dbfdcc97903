"""The end of `understudy fix`: how many, how long, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from rich.text import Text

from understudy.cli.files import shown_path
from understudy.cli.text import lowered, printable
from understudy.core.plural import plural
from understudy.core.tables import plain_table
from understudy.engine.evidence import CheckStatus
from understudy.engine.outcome import Status
from understudy.engine.unseen import is_unseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from understudy.cli.fixing import FileResult

_HEADINGS = ("file", "diagnostics", "fixed", "to review", "withheld", "unfixed")


@dataclass(frozen=True, slots=True)
class Counts:
    """Diagnostics by what became of them.

    Attributes:
        fixed: with an edit of band auto or confirm, or gone along with one.
        review: with an edit of band review, which is shown and not written.
        withheld: with candidates that were not proved.
        unfixed: without any candidate, or given up.
    """

    diagnostics: int
    fixed: int
    review: int
    withheld: int
    unfixed: int


def count(results: Sequence[FileResult]) -> Counts:
    """The counts of some files together."""
    fixed = review = withheld = total = 0
    for result in results:
        done = (*result.taken(), *result.gone_along)
        left = [each for each in result.outcomes if each not in done]
        total += len(result.outcomes)
        fixed += len(result.outcomes) - len(left)
        review += sum(each.status is Status.OFFERED for each in left)
        withheld += sum(each.status is Status.WITHHELD for each in left)
    return Counts(total, fixed, review, withheld, total - fixed - review - withheld)


def print_summary(console: Console, results: Sequence[FileResult], seconds: float) -> None:
    """Print the table by file, the totals and the times."""
    busy = [result for result in results if result.outcomes]
    if len(busy) > 1:
        _print_table(console, busy)
    console.print(_totals(results, seconds), soft_wrap=True)
    for note in _blind(results):
        console.print(Text(printable(note), style="yellow"), soft_wrap=True)


def _print_table(console: Console, results: Sequence[FileResult]) -> None:
    rows = [
        (printable(shown_path(each.job.source.path)), *_cells(count([each]))) for each in results
    ]
    heading, *lines = plain_table([_HEADINGS, *rows])
    console.print(Text(heading, style="bold"), soft_wrap=True)
    for line in lines:
        console.print(Text(line), soft_wrap=True)
    console.print()


def _cells(counts: Counts) -> list[str]:
    numbers = (counts.diagnostics, counts.fixed, counts.review, counts.withheld, counts.unfixed)
    return [
        f"{number or '-':>{len(heading)}}"
        for number, heading in zip(numbers, _HEADINGS[1:], strict=True)
    ]


def _totals(results: Sequence[FileResult], seconds: float) -> Text:
    counts = count(results)
    files = plural(len(results), "file")
    if not counts.diagnostics:
        unseen = sum(is_unseen(each.reports) for each in results)
        if unseen:
            doubt = f"Nothing found in {files}, but {plural(unseen, 'file')} could not be checked."
            return Text(doubt, style="yellow")
        return Text(f"Nothing to fix in {files}. {seconds:.1f} s.")
    text = Text(f"{plural(counts.diagnostics, 'diagnostic')} in {files}: ")
    text.append(f"{counts.fixed} fixed and proved", style="bold green" if counts.fixed else "")
    for number, word in (
        (counts.review, "to review"),
        (counts.withheld, "withheld"),
        (counts.unfixed, "unfixed"),
    ):
        if number:
            text.append(f", {number} {word}")
    each_ms = median(one.seconds for result in results for one in result.outcomes) * 1000
    return text.append(f". {seconds:.1f} s in all, median {each_ms:.0f} ms each.")


def _blind(results: Sequence[FileResult]) -> list[str]:
    """Why checkers did not look, each reason once."""
    notes = {
        f"Not checked by {report.checker}: {lowered(report.note)}"
        for result in results
        for report in result.reports
        if report.status is not CheckStatus.DONE
    }
    return sorted(notes)
