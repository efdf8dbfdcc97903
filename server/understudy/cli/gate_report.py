"""The calibration of the gate, for people and as JSON."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from understudy.cli.tables import print_table

if TYPE_CHECKING:
    from understudy.engine.calibration import Calibration
    from understudy.engine.strata import Standing

_UNKNOWN = "-"


def print_report(found: Calibration) -> None:
    """Tables: how the scores did, by score and by band, and what each kind of edit has proved."""
    if found.total:
        _print_scores(found)
    else:
        sys.stdout.write("No edit was judged yet by what became of it.\n")
    sys.stdout.write("\nKinds of edits; from 95% on, they may be applied without asking:\n")
    print_table(
        ("kind", "right", "of", "at least", "tier"),
        [
            (one.stratum, f"{one.good:.0f}", f"{one.total:.0f}", f"{one.bound:.1%}", tier(one))
            for one in found.strata
        ],
    )
    if found.fits:
        sys.stdout.write("\nFitted to what became of your edits:\n")
        rows = [
            (one.model, one.task, one.language, str(one.total), f"{one.shift:+.2f}")
            for one in found.fits
        ]
        print_table(("model", "task", "language", "problems", "log-odds"), rows)


def tier(one: Standing) -> str:
    """The best band that a kind of edit can come to."""
    if one.is_certain:
        return "auto"
    return "confirm (was wrong too often of late)" if one.drifted else "confirm"


def as_json(found: Calibration) -> dict[str, object]:
    """The same as plain values."""
    record = asdict(found)
    for kind, standing in zip(record["strata"], found.strata, strict=True):
        kind["tier"] = "auto" if standing.is_certain else "confirm"
    return record


def _print_scores(found: Calibration) -> None:
    sys.stdout.write(
        f"{found.good} of {found.total} problems were solved by an edit that was kept."
        f" Brier {_number(found.brier)}, skill {_number(found.skill)}, calibration error"
        f" {_number(found.ece)}, AUROC {_number(found.auroc)}.\n\n"
    )
    print_table(
        ("score", "problems", "expected", "kept"),
        [
            (
                f"{one.low:.2f}-{one.high:.2f}",
                str(one.total),
                f"{one.predicted:.0%}",
                f"{one.kept:.0%}",
            )
            for one in found.bins
        ],
    )
    sys.stdout.write("\n")
    print_table(
        ("band", "kept", "of", "share", "at least"),
        [
            (
                one.name,
                str(one.good),
                str(one.total),
                f"{one.good / one.total:.0%}",
                f"{one.bound:.0%}",
            )
            for one in found.bands
        ],
    )


def _number(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.3f}"
