"""What the user reads about edits: titles, one-line summaries, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.plural import plural, price
from understudy.engine.evidence import BANDS, Band, CheckStatus
from understudy.engine.outcome import Status
from understudy.engine.unseen import why_unseen
from understudy.lsp.menu_shown import PREFIX
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.core.text import Edit
    from understudy.engine.other_files import Other
    from understudy.engine.outcome import Candidate, Outcome
    from understudy.engine.sweep import Sweep

_MAX_SNIPPET = 40
_FEW = 4
_LOST = (CheckStatus.TIMEOUT, CheckStatus.FAILED)
"""What keeps a checker from its word although it is there."""
_WEAK = 0.5
"""Below this, a signal's value speaks against an edit."""
_SILENT = {
    CheckStatus.MISSING: "not available",
    CheckStatus.TIMEOUT: "no answer in time",
    CheckStatus.FAILED: "could not tell",
}


def change_in_words(text: str, edits: Sequence[Edit]) -> str:
    """`reslt` → `result`, or how much changes when that would be long."""
    if len(edits) == 1:
        old, new = edits[0].span.of(text).strip(), edits[0].text.strip()
        if old == new:
            return f"indentation of `{old}`" if len(old) <= _MAX_SNIPPET else "indentation"
        if "\n" not in old + new and len(old) + len(new) <= 2 * _MAX_SNIPPET:
            if old and new:
                return f"`{old}` → `{new}`"
            if old or new:
                return f"{'add' if new else 'remove'} `{new or old}`"
    lines = sum(max(edit.text.count("\n"), edit.span.of(text).count("\n")) + 1 for edit in edits)
    return f"{lines} line{'s' if lines != 1 else ''} changed"


def ready_title(
    text: str, edits: Sequence[Edit], outcomes: Sequence[Outcome], part: str = ""
) -> str:
    """The menu entry of an edit: what it does, who wrote it, how sure that is.

    A tick means proved. What is for review has none.

    Args:
        text: the document.
        edits: what changes in it.
        outcomes: what was proved.
        part: such as `Part 1 of 3`, of an edit that was taken apart.
    """
    found = candidates(outcomes)
    models = ", ".join(dict.fromkeys(one.model for one in found))
    lead = f"Not fully proved, {part}" if part else "Not fully proved"
    if lowest_band(outcomes) is not Band.REVIEW:
        lead = part or _verb(outcomes)
        lead = f"{lead}, not run" if any(map(_was_not_run, found)) else f"✓ {lead}"
    files = [other for one in found for other in one.others]
    what = change_in_words(text, edits)
    if files:
        moved = any(one.before.uri == outcome.view.uri for one in files for outcome in outcomes)
        what = files_in_words(files, what if edits and not moved else "")
    tested = ", tests passed" if found and all(map(_tests_passed, found)) else ""
    return f"{PREFIX}{lead}: {what} ({models}, {lowest_score(outcomes):.2f}{tested})"


def _verb(outcomes: Sequence[Outcome]) -> str:
    """What was asked for, in a word or two."""
    wished = {one.task for one in outcomes if one.wish is not None}
    task = all_tasks().get(next(iter(wished), ""))
    if len(wished) != 1 or task is None or task.reach != "selection":
        return "Fix"
    return task.title if task.instruction else "Edit"


def files_in_words(files: Sequence[Other], own: str) -> str:
    """What an edit of several documents does, or of another one than it was asked for in.

    Args:
        files: the others.
        own: what changes in the document that was asked about; empty for nothing.
    """
    if len(files) == 1 and not own:
        (file,) = files
        if file.after is None:
            return f"delete `{file.name}`"
        if file.new_path is not None:
            return f"move `{file.name}`"
        if file.is_new:
            return f"new file `{file.name}`"
        return f"{change_in_words(file.before.text, file.edits)} in `{file.name}`"
    return f"{len(files) + bool(own)} files changed"


def _was_not_run(candidate: Candidate) -> bool:
    return any(one.signal == "not_run" for one in candidate.verdict.reasons)


def _tests_passed(candidate: Candidate) -> bool:
    return any(one.signal == "tests" and one.value == 1 for one in candidate.verdict.reasons)


def taken_title(outcomes: Sequence[Outcome]) -> str:
    """What stands above an edit that was taken: what it mended, who wrote it, how sure it was."""
    codes = (one.diagnostic.code for one in outcomes if one.diagnostic and one.diagnostic.code)
    models = ", ".join(dict.fromkeys(one.model for one in candidates(outcomes)))
    mended = _few(dict.fromkeys(codes)) or "a problem"
    return f"{PREFIX}{mended} mended by {models}, {lowest_score(outcomes):.2f}"


def summary(outcomes: Sequence[Outcome], tried: Sequence[Outcome]) -> str:
    """What was checked and what it cost, for log and preview.

    It stands after a title, which names the model and the confidence already.

    Args:
        outcomes: what is offered.
        tried: the runs whose time and candidates count.
    """
    found = candidates(outcomes)
    limits = dict.fromkeys(
        reason.evidence
        for one in found
        for reason in one.verdict.reasons
        if not reason.weight and not reason.signal.startswith("check:")
    )
    checks = "; ".join((*_looked(outcomes), *limits, *_did_not_look(found)))
    attempts = f"{plural(sum(one.tried for one in tried), 'candidate')} checked"
    spent_ms = sum(one.seconds for one in tried) * 1000
    cost = price(_cost(outcomes)).capitalize()
    return f"{_handovers(outcomes)}{checks}. {cost}, {attempts}, {spent_ms:.0f} ms."


def _handovers(outcomes: Sequence[Outcome]) -> str:
    """Which models took over from others, and why."""
    said = dict.fromkeys(line for one in outcomes for line in one.handovers)
    return "".join(f"{line} " for line in said)


def _cost(outcomes: Sequence[Outcome]) -> float | None:
    """What the runs cost together; None when that of one is not known."""
    costs = [one.cost_usd for one in outcomes]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _looked(outcomes: Sequence[Outcome]) -> list[str]:
    """What each checker that looked has to say about all the edits together."""
    gone: dict[str, dict[str, None]] = {}
    for outcome in outcomes:
        candidate = outcome.offered
        if candidate is None:
            continue
        for report in candidate.checks:
            if report.status is CheckStatus.DONE:
                gone.setdefault(report.checker, {})
        judge = candidate.comparison.target_judged_by
        if outcome.diagnostic is not None and candidate.comparison.target_gone:
            gone.setdefault(judge, {})[outcome.diagnostic.code or "the problem"] = None
    new = any(one.comparison.new for one in candidates(outcomes))
    end = "something new" if new else "nothing new"
    # Who saw a problem go comes first.
    ordered = sorted(gone.items(), key=lambda item: not item[1])
    return [
        f"{checker}: {_few(codes)} gone, {end}" if codes else f"{checker}: {end}"
        for checker, codes in ordered
    ]


def _few(words: Iterable[str]) -> str:
    found = list(words)
    rest = f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
    return ", ".join(found[:_FEW]) + rest


def _did_not_look(found: Sequence[Candidate]) -> list[str]:
    """The checkers that gave no answer for one of the edits, in two words each."""
    silent = {
        report.checker: _SILENT[report.status]
        for one in found
        for report in one.checks
        if report.status is not CheckStatus.DONE
    }
    return [f"{checker}: {why}" for checker, why in silent.items()]


def nothing_found(sweep: Sweep) -> str:
    """No diagnostic where the user asked; or nobody could look for one."""
    view = sweep.start
    where = f"in {view.name}"
    if sweep.region is not None:
        where = f"at {view.name}:{view.index.line_of(sweep.region.start) + 1}"
    nothing = f"Understudy found nothing to fix {where}"
    blind = why_unseen(sweep.reports, view.language)
    if blind:
        return f"{nothing}, but it could not be checked. {blind}"
    lost = (one.note for one in sweep.reports if one.status in _LOST)
    return " ".join((f"{nothing}.", *lost))


def remaining(sweep: Sweep) -> str:
    """A word on the problems for which nothing is offered; empty when there is none.

    It compares texts, which takes a while for long ones.
    """
    gone = {id(one) for one in sweep.gone_along}
    count = sum(one.offered is None and id(one) not in gone for one in sweep.outcomes)
    if not count:
        return ""
    verb = "remains" if count == 1 else "remain"
    return f" {plural(count, 'problem')} {verb}: see `understudy runs`."


def withheld(sweep: Sweep) -> Outcome | None:
    """The first run whose best candidate was stopped; choosing among proved ones is another matter."""
    for outcome in sweep.outcomes:
        found = outcome.candidate
        if outcome.status is Status.WITHHELD and found and found.verdict.band is Band.BLOCK:
            return outcome
    return None


def doubts(found: Iterable[Candidate]) -> list[tuple[str, str]]:
    """What keeps edits from being proved: signals, each with a sentence; at least one."""
    against: dict[tuple[str, str], None] = {}
    worst = 1.0
    for one in found:
        worst = min(worst, one.verdict.score)
        for reason in one.verdict.reasons:
            weak = reason.value is not None and reason.value < _WEAK
            if (weak or not reason.weight) and not reason.signal.startswith("check:"):
                against[reason.signal, f"{reason.evidence.rstrip('.')}."] = None
    return list(against) or [("score", f"Its evidence adds up to {worst:.2f} of 1.")]


def nothing_proved(sweep: Sweep) -> str:
    """Why none of the diagnostics has an edit to offer."""
    first = withheld(sweep) or sweep.outcomes[0]
    more = len(sweep.outcomes) - 1
    rest = f" ({more} more like this: see `understudy runs`.)" if more else ""
    label = first.diagnostic.message if first.diagnostic else "The problem"
    if first.wish is not None:
        return f"Not done: {first.reason}{rest}"
    return f"Not fixed: {label.rstrip('.')}. {first.reason}{rest}"


def lowest_band(outcomes: Sequence[Outcome]) -> Band:
    """The most careful band of several edits that are taken together."""
    return max((one.verdict.band for one in candidates(outcomes)), key=BANDS.index)


def lowest_score(outcomes: Sequence[Outcome]) -> float:
    """The lowest score of several edits that are taken together."""
    return min(one.verdict.score for one in candidates(outcomes))


def candidates(outcomes: Sequence[Outcome]) -> list[Candidate]:
    """The offered edits."""
    return [one.candidate for one in outcomes if one.candidate and one.status is Status.OFFERED]
