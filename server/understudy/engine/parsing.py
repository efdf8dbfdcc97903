"""Whether a text parses, as far as the checkers tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.engine.evidence import CheckStatus
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.evidence import CheckReport


def parses(reports: Iterable[CheckReport]) -> bool | None:
    """True or False by the checkers that parse; None when none of them looked."""
    checkers = all_checkers()
    looked = [
        report
        for report in reports
        if report.status is CheckStatus.DONE and checkers[report.checker].parses
    ]
    if not looked:
        return None
    return not any(is_syntax_error(found) for report in looked for found in report.diagnostics)
