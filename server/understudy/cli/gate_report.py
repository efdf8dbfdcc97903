"""`understudy gate report | refit | reset`: how well the gate judges, and by which coefficients."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from understudy.config.paths import journal_file
from understudy.core.strict_json import strict_json
from understudy.engine.calibration import calibrate
from understudy.engine.calibration_text import report_lines, tried_lines
from understudy.engine.refit_file import refit_file
from understudy.engine.refit_now import refit_now, reset_refit, try_refit
from understudy.journal.labels import labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.calibration import Calibration
    from understudy.engine.refitting import Tried


def report(*, as_json: bool) -> int:
    """Print how well the gate judged, and what refitted coefficients would do."""
    found, tried = calibrate(labels(journal_file())), try_refit()
    if as_json:
        _print_json({**_calibration(found), "refit": _tried(tried)})
    else:
        _print([*report_lines(found), "", *tried_lines(tried)])
    return 0


def refit(*, dry: bool, as_json: bool) -> int:
    """Refit the coefficients and print what came of it; with `dry`, nothing is written."""
    tried = try_refit() if dry else refit_now()
    if as_json:
        _print_json(_tried(tried))
        return 0
    _print(tried_lines(tried))
    if tried.refit is not None and not dry:
        _print([f"They are in `{refit_file()}`."])
    return 0


def reset() -> int:
    """Go back to the coefficients that came along."""
    when = "again" if reset_refit() else "anyway"
    _print([f"The coefficients that Understudy brings count {when}."])
    return 0


def _calibration(found: Calibration) -> dict[str, Any]:
    record = asdict(found)
    for kind, standing in zip(record["strata"], found.strata, strict=True):
        kind["tier"] = "auto" if standing.is_certain else "confirm"
    return record


def _tried(tried: Tried) -> dict[str, Any]:
    refit = tried.refit
    return {
        "verdict": tried.verdict,
        "total": tried.total,
        "proof": None if tried.proof is None else asdict(tried.proof),
        "before": None if tried.before is None else _scores(tried.before),
        "after": None if tried.after is None else _scores(tried.after),
        "intercept": 0.0 if refit is None else refit.intercept,
        "weights": {}
        if refit is None
        else {name: asdict(one) for name, one in refit.changes.items()},
    }


def _scores(found: Calibration) -> dict[str, Any]:
    names = ("total", "good", "brier", "skill", "ece", "auroc", "bins")
    return {name: value for name, value in asdict(found).items() if name in names}


def _print_json(value: object) -> None:
    sys.stdout.write(strict_json(value, indent=2) + "\n")


def _print(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
