"""Which diagnostics an edit brought, which it took away, and whether its target is among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers, reports_as
from understudy.engine.evidence import CheckStatus, Comparison
from understudy.engine.identity import same_matter
from understudy.engine.matching import Change, match
from understudy.engine.parsing import without_guesses
from understudy.engine.uncovered import lost_names, unused_by, without_uncovered
from understudy.workspace.diagnostics import Severity, is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.core.lines import LineIndex
    from understudy.core.text import Edit
    from understudy.engine.evidence import CheckReport
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View


def compare(
    before: tuple[CheckReport, ...],
    after: tuple[CheckReport, ...],
    view: View,
    edits: tuple[Edit, ...],
    target: Diagnostic | None,
) -> Comparison:
    """Match the diagnostics of `view.text` with those of the edited text.

    Only checkers that finished both times take part (`Comparison.compared`). Hints never count as new: they grey text
    out. Neither the order of the reports nor that of their diagnostics matters.

    Args:
        before: what the checkers said about `view.text`.
        after: what they said about it with `edits` carried out.
        view: the document.
        edits: in code points of `view.text`.
        target: the diagnostic that the edit is meant to remove, whoever reported it.
    """
    change = Change.of(view.index, edits)
    # Of both texts or of none, or what a grammar can't read would seem to come or go.
    before, after = without_guesses(before, after), without_guesses(after, after)
    finished = {report.checker: report for report in after if report.status is CheckStatus.DONE}
    findings = [
        _weigh(report, finished[report.checker], change)
        for report in sorted(before, key=lambda report: report.checker)
        if report.status is CheckStatus.DONE and report.checker in finished
    ]
    gone, judge = (None, "") if target is None else _judge(target, findings, view.index)
    return Comparison(
        target_gone=gone,
        new=tuple(one for finding in findings for one in finding.new),
        fixed=tuple(one for finding in findings for one in finding.fixed),
        target_judged_by=judge,
        compared=frozenset(finding.checker for finding in findings),
    )


@dataclass(frozen=True, slots=True)
class _Finding:
    """One checker's diagnostics, told apart.

    Attributes:
        seen: all of the text before.
        gone: those of `seen` that have no partner in the text after.
        fixed: those of `gone` that are known not to be hidden only.
        new: those of the text after that the edit is to blame for.
        parses: whether the text after has no syntax error.
    """

    checker: str
    seen: tuple[Diagnostic, ...]
    gone: frozenset[Diagnostic]
    fixed: tuple[Diagnostic, ...]
    new: tuple[Diagnostic, ...]
    parses: bool


def _weigh(before: CheckReport, after: CheckReport, change: Change) -> _Finding:
    matched = match(before.diagnostics, after.diagnostics, change)
    gone, come = matched.gone, matched.come
    broken_before = any(map(is_syntax_error, before.diagnostics))
    errors_after = [one.span.start for one in after.diagnostics if is_syntax_error(one)]
    fixed = gone
    if errors_after:
        fixed = tuple(
            one
            for one in gone
            if _is_fixed_in_broken(one, change, min(errors_after), broken_before=broken_before)
        )
    if broken_before:
        lost = lost_names(change)
        come = tuple(
            one
            for one in come
            if _is_new_after_broken(one, change, before.checker) or unused_by(one, change, lost)
        )
    come = without_uncovered(come, gone, change, before.checker)
    return _Finding(
        checker=before.checker,
        seen=before.diagnostics,
        gone=frozenset(gone),
        fixed=fixed,
        new=tuple(one for one in come if one.severity is not Severity.HINT),
        parses=not errors_after,
    )


def _is_new_after_broken(diagnostic: Diagnostic, change: Change, checker: str) -> bool:
    """Whether the edit is to blame, though the text before did not parse.

    Then nearly everything was hidden: what lies elsewhere only came to light. A syntax error
    above the last edit would have been met first, a later one had not been reached yet. A finding
    that is more than a matter of style is the edit's when it marks what was written; an error on a
    touched line is, when the edit may have given old words another role: a quote in the wrong place
    makes names of a text.
    """
    if not is_syntax_error(diagnostic):
        wrong = diagnostic.severity is Severity.ERROR and change.touches_after(diagnostic)
        known = all_checkers().get(checker)
        telling = diagnostic.severity is Severity.ERROR or (
            known is not None and known.tells_of_bug(diagnostic.code)
        )
        return (telling and change.writes(diagnostic)) or (wrong and change.changes_roles)
    last = max((lines.stop - 1 for lines in change.lines_after), default=-1)
    return change.after.line_of(diagnostic.span.start) <= last


def _is_fixed_in_broken(
    diagnostic: Diagnostic, change: Change, first_error: int, *, broken_before: bool
) -> bool:
    """Whether a vanished diagnostic is really gone, though the text after does not parse."""
    if change.touches_before(diagnostic):
        return broken_before
    return is_syntax_error(diagnostic) and change.place(diagnostic) < first_error


def _judge(
    target: Diagnostic, findings: Iterable[_Finding], index: LineIndex
) -> tuple[bool | None, str]:
    """Whether the target is gone, and which checker says so.

    The checker that reported it decides. Where that one did not look, all checkers decide that
    reported the same matter at the same place: one that still does is enough to say no.
    """
    verdicts = [(finding.checker, _is_gone(target, finding, index)) for finding in findings]
    own = [verdict for verdict in verdicts if reports_as(verdict[0], target.source)]
    for group in (own, verdicts):
        for answer in (False, True):
            for checker, gone in group:
                if gone is answer:
                    return answer, checker
    return None, ""


def _is_gone(target: Diagnostic, finding: _Finding, index: LineIndex) -> bool | None:
    related = [one for one in finding.seen if same_matter(one, target)]
    if related and finding.parses and is_syntax_error(target):
        return True
    twins = [one for one in related if _is_at(one, target, index)]
    if any(one not in finding.gone for one in twins):
        return False
    return True if twins and all(one in finding.fixed for one in twins) else None


def _is_at(one: Diagnostic, target: Diagnostic, index: LineIndex) -> bool:
    """Whether two diagnostics mark the same place.

    Parsers mark different characters of the line that they can't read: there, the line counts.
    """
    if not is_syntax_error(target):
        return one.span.touches(target.span)
    lines, other = index.lines_of(one.span), index.lines_of(target.span)
    return lines.start < other.stop and other.start < lines.stop
