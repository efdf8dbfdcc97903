"""`understudy.gateReport`: how well the gate's scores said what became of edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.lsp.commands import ServerCommand
from understudy.lsp.recorded import store_rows
from understudy.lsp.starting import start_report

if TYPE_CHECKING:
    from understudy.lsp.app import App
    from understudy.lsp.extensions import GateReportArguments


def _run(app: App, arguments: GateReportArguments) -> dict[str, str]:
    title = "Counting what became of edits"
    return start_report(app, "gate", title, lambda: _in_words(app, arguments))


def _in_words(app: App, arguments: GateReportArguments) -> tuple[str, str]:
    from understudy.config.paths import journal_file
    from understudy.engine.calibration import calibrate
    from understudy.engine.calibration_text import headline, report_lines, tried_lines, verdict
    from understudy.engine.refit_now import refit_now, try_refit
    from understudy.journal.labels import labels

    store_rows(app)
    journal = app.background.journal if app.background is not None else None
    found = calibrate(labels(journal_file()))
    tried = refit_now() if arguments.refit else try_refit()
    if arguments.refit and journal is not None:
        journal.history.weigh_anew(labels(journal_file()))
    lines = (*report_lines(found), "", *tried_lines(tried))
    short = verdict(tried) if arguments.refit else headline(found)
    return "".join(f"{line}\n" for line in lines), short


COMMAND = ServerCommand(
    id="understudy.gateReport",
    arguments="GateReportArguments",
    run=_run,
    summary=(
        "Opens a report of how well the scores of edits said what became of them, before and after"
        " a refit of their coefficients."
    ),
)
