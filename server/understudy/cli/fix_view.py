"""`understudy fix` for people: a block for each diagnostic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from understudy.cli.files import shown_path
from understudy.cli.fix_json import why_not
from understudy.cli.text import lowered, print_hanging, printable
from understudy.core.diff import hunks
from understudy.core.lines import split_lines
from understudy.core.plural import plural, price
from understudy.core.runs import aligned_runs, old_line
from understudy.engine.evidence import Band, CheckStatus
from understudy.engine.outcome import takes_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from understudy.cli.fixing import FileResult
    from understudy.core.diff import DiffLine
    from understudy.engine.evidence import Reason, Verdict
    from understudy.engine.outcome import Candidate, Outcome

_CONTEXT = 1
_NUMBER_WIDTH = 6
_LABEL_WIDTH = 12
_MAX_DIFF_LINES = 60
_MAIN_REASONS = 2
_WORTH_TELLING = 0.015
"""What a reason must cost of the score to be told."""
_SIGN_STYLES = {" ": "dim", "-": "red", "+": "green"}
_BAND_STYLES = {Band.AUTO: "green", Band.CONFIRM: "green", Band.REVIEW: "yellow"}
_TOOK_OVER = "\u2192"
"""Stands in every line that tells which model took over."""
_TOLD_ELSEWHERE = re.compile(r"check:.*|target_gone|nothing_new|parses")


def print_result(console: Console, result: FileResult) -> None:
    """Print what became of each diagnostic of a file."""
    for outcome in result.outcomes:
        console.print(_headline(result, outcome), soft_wrap=True)
        for line in _block(result, outcome):
            print_hanging(console, line, _LABEL_WIDTH + 2)
        console.print()


def _headline(result: FileResult, outcome: Outcome) -> Text:
    diagnostic = outcome.diagnostic
    place = f"{shown_path(result.job.source.path)}:{result.line(outcome)}"
    line = Text(printable(place), style="bold")
    if diagnostic is not None:
        line.append(f"  {printable(diagnostic.label)}", style="not bold yellow")
        line.append(f"  {printable(_first_line(diagnostic.message))}", style="not bold")
    return line


def _block(result: FileResult, outcome: Outcome) -> Iterator[Text]:
    candidate = outcome.offered
    if candidate is None:
        along = outcome in result.gone_along
        label, style = ("fixed along", "green") if along else ("not fixed", "yellow")
        yield _fact(label, printable(why_not(result, outcome)), style)
        return
    yield from _diff(result, outcome, candidate)
    yield _fact("why", printable(candidate.why))
    yield _fact("checked", printable("; ".join(_checks(candidate))))
    yield _confidence(candidate.verdict, taken=takes_part(outcome))
    for line in outcome.handovers:
        yield _fact("handed over" if _TOOK_OVER in line else "note", printable(line))
    for one in outcome.influences:
        if one.aloud:
            yield _fact("lesson", printable(f"{one.id}: {one.words}"))
    yield _fact("by", _author(outcome, candidate))


def _diff(result: FileResult, outcome: Outcome, candidate: Candidate) -> Iterator[Text]:
    """The changed lines. As in the headline, numbers are those of the file as it was."""
    old = outcome.view.index.lines
    runs = tuple(aligned_runs(result.start.index.lines, old))
    new = split_lines(outcome.view.edited(candidate.edits).text)
    shown = 0
    for number, hunk in enumerate(hunks(old, new, _CONTEXT)):
        if shown >= _MAX_DIFF_LINES:
            yield Text(f"{'':{_NUMBER_WIDTH}} ... and more", style="dim")
            return
        if number:
            yield Text(f"{'...':>{_NUMBER_WIDTH}}", style="dim")
        for line in hunk.lines[: _MAX_DIFF_LINES - shown]:
            at = "" if line.sign == "+" else str(old_line(runs, line.number - 1) + 1)
            yield _diff_line(line, at)
        shown += len(hunk.lines)


def _diff_line(line: DiffLine, number: str) -> Text:
    text = Text(f"{number:>{_NUMBER_WIDTH}} ", style="dim")
    content = printable(line.text.rstrip("\r\n"))
    return text.append(
        f"{line.sign} {content}".rstrip(), style=f"not dim {_SIGN_STYLES[line.sign]}"
    )


def _checks(candidate: Candidate) -> list[str]:
    """Each checker's word on the edit: first the one that decided, last those that did not look."""
    said = {reason.signal: reason.evidence for reason in candidate.verdict.reasons}
    judge = candidate.comparison.target_judged_by
    done = [report for report in candidate.checks if report.status is CheckStatus.DONE]
    done.sort(key=lambda report: report.checker != judge)
    blind = [report for report in candidate.checks if report.status is not CheckStatus.DONE]
    tests = [f"tests: {said['tests']}"] if "tests" in said else []
    return [
        *tests,
        *(said.get(f"check:{each.checker}", f"{each.checker}: nothing new") for each in done),
        *(f"{each.checker}: {_STATUS_WORDS[each.status]}" for each in blind),
    ]


_STATUS_WORDS = {
    CheckStatus.MISSING: "not available",
    CheckStatus.TIMEOUT: "no answer in time",
    CheckStatus.FAILED: "no answer",
}


def _confidence(verdict: Verdict, *, taken: bool) -> Text:
    line = _label("confidence").append(f"{verdict.score:.2f} ")
    line.append(f"({verdict.band.value})", style=_BAND_STYLES.get(verdict.band, "red"))
    if not taken:
        line.append(", so it is shown but never written")
    reasons = "; ".join(lowered(reason.evidence) for reason in _main_reasons(verdict))
    return line.append(f": {printable(reasons)}" if reasons else "")


def _main_reasons(verdict: Verdict) -> list[Reason]:
    """What cost the edit most, and what limits its band; for a perfect one, its size."""
    against = [
        each
        for each in verdict.reasons
        if not _TOLD_ELSEWHERE.fullmatch(each.signal)
        if (each.value is None and each.evidence) or _cost(each) >= _WORTH_TELLING
    ]
    against.sort(key=lambda each: -_cost(each))
    size = [each for each in verdict.reasons if each.signal == "size"]
    return against[:_MAIN_REASONS] or size


def _cost(reason: Reason) -> float:
    return 0.0 if reason.value is None else reason.weight * (1 - reason.value)


def _author(outcome: Outcome, candidate: Candidate) -> str:
    tried = f"{plural(outcome.tried, 'candidate')} checked"
    names = f"{candidate.model} ({candidate.author})"
    before = [model for model in outcome.asked if model != candidate.model]
    if before:
        names += f" after {', '.join(before)}"
    cost = price(outcome.cost_usd)
    return f"{names}, {tried}, {cost}, {outcome.seconds * 1000:.0f} ms"


def _label(text: str, style: str = "dim") -> Text:
    return Text("  ").append(f"{text:<{_LABEL_WIDTH}}", style=style)


def _fact(label: str, text: str, style: str = "dim") -> Text:
    return _label(label, style).append(text)


def _first_line(text: str) -> str:
    return re.split(r"[\r\n]", text, maxsplit=1)[0]
