"""Whether a problem that an edit mended is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.engine.evidence import CheckReport
    from understudy.engine.outcome import Outcome
    from understudy.workspace.view import View


def is_back(
    outcome: Outcome, reports: tuple[CheckReport, ...], view: View, lines: list[range]
) -> bool | None:
    """Whether a mended problem is on the edit's lines again; None when its checker did not look.

    Args:
        outcome: names the problem, and the checker that saw it go.
        reports: what the checkers say now.
        view: the text that they looked at.
        lines: where the edit stands in it.
    """
    from understudy.engine.evidence import CheckStatus
    from understudy.engine.identity import identity

    target, candidate = outcome.diagnostic, outcome.candidate
    if target is None or candidate is None:
        return None
    judge = candidate.comparison.target_judged_by
    for report in reports:
        if report.checker == judge and report.status is CheckStatus.DONE:
            return any(
                identity(found) == identity(target)
                and any(view.index.line_of(found.span.start) in span for span in lines)
                for found in report.diagnostics
            )
    return None
