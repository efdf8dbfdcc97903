"""Rules that a diagnostic was found by, and that a tool's configuration here does not name.

An editor may set them, or another folder. Whether such a diagnostic is gone can be told as soon as the
tool is asked for its rule as well.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers, reports_as
from understudy.engine.checking import check
from understudy.engine.evidence import CheckStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.config.settings import Settings
    from understudy.engine.evidence import CheckReport
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

    Reports = tuple[CheckReport, ...]

_MOST = 20


async def with_asked_rules(
    view: View, targets: Iterable[Diagnostic], reports: Reports, settings: Settings
) -> tuple[Reports, View]:
    """The reports on a text with those of rules that targets name, and the view to look again at.

    They stay as they are where nothing is missing, and where the tool does not know the rule.

    Args:
        view: the text.
        targets: what is to be mended.
        reports: what the checkers said of it by their own configuration.
        settings: of the checkers.
    """
    missing = dict(_missing(tuple(targets), reports))
    if not missing:
        return reports, view
    rules = tuple((name, code) for name, codes in missing.items() for code in codes)
    wider = replace(view, rules=rules)
    again = {one.checker: one for one in await check(wider, settings, only=missing)}
    if not all(one.status is CheckStatus.DONE for one in again.values()):
        return reports, view
    return tuple(again.get(one.checker, one) for one in reports), wider


def _missing(
    targets: Iterable[Diagnostic], reports: Reports
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each checker the codes of targets that it looked for in vain, and may be asked for."""
    for report in reports:
        checker = all_checkers().get(report.checker)
        pattern = checker.rule if checker is not None else None
        if pattern is None or report.status is not CheckStatus.DONE:
            continue
        found = {one.code for one in report.diagnostics}
        codes = sorted(
            {
                one.code
                for one in targets
                if reports_as(report.checker, one.source)
                and one.code not in found
                and pattern.fullmatch(one.code)
            }
        )
        if codes:
            yield report.checker, tuple(codes[:_MOST])
