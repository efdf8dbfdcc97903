"""How well the gate judges, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.tables import plain_table
from understudy.engine.calibration import Bin
from understudy.engine.refitting import ENOUGH_EACH, ENOUGH_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.engine.calibration import Calibration
    from understudy.engine.refitting import Tried
    from understudy.engine.strata import Standing
    from understudy.journal.gate_refit import Refit

_UNKNOWN = "-"
_FILLED = 10
"""Fewer problems say nothing in a line of their own."""
_VERDICTS = {
    "too_few": (
        "Too few problems were judged to refit the coefficients: {total} of the {enough} that it takes,"
        " {right} of them right and {wrong} wrong, of which it takes {each} each."
    ),
    "no_better": "Refitted coefficients are not certainly better, so those that came along stay.",
    "refitted": "Refitted coefficients are better.",
    "kept": "The coefficients stay as they were refitted before.",
    "demoted": "The refitted coefficients are no better any more, so those that came along count again.",
    "to_demote": (
        "The refitted coefficients are no better any more: the next refit goes back to those that came"
        " along."
    ),
}


def report_lines(found: Calibration) -> Iterator[str]:
    """Tables: how the scores did, by score and by band, and what each kind of edit has proved."""
    if found.total:
        yield from _score_lines(found)
    else:
        yield "No edit was judged yet by what became of it."
    yield ""
    yield "Kinds of edits; from 95% on, they may be applied without asking:"
    rows = [
        (one.stratum, f"{one.good:.0f}", f"{one.total:.0f}", f"{one.bound:.1%}", tier(one))
        for one in found.strata
    ]
    yield from plain_table([("kind", "right", "of", "at least", "tier"), *rows])
    if found.fits:
        yield ""
        yield "Fitted to what became of your edits:"
        rows = [
            (one.model, one.task, one.language, str(one.total), f"{one.shift:+.2f}")
            for one in found.fits
        ]
        yield from plain_table([("model", "task", "language", "problems", "log-odds"), *rows])


def tried_lines(tried: Tried) -> Iterator[str]:
    """What came of trying to refit: the proof, the tables before and after, and the coefficients."""
    yield verdict(tried)
    if tried.proof is not None and tried.before is not None and tried.after is not None:
        one = tried.proof
        yield (
            f"On {one.held_out} later problems its predictions were {one.gain:+.3f} nats better for"
            f" each, from {one.low:+.3f} to {one.high:+.3f} with a confidence of 95%."
        )
        for name, found in (("as they came", tried.before), ("refitted", tried.after)):
            yield ""
            yield f"Later problems by coefficients {name}. {figures(found)}"
            yield from bin_lines(found)
    if tried.refit is not None:
        yield ""
        yield from _weight_lines(tried.refit, tried.in_use)


def verdict(tried: Tried) -> str:
    """What came of trying to refit, in a sentence."""
    is_ahead = tried.verdict == "demoted" and tried.in_use is not None
    return _VERDICTS["to_demote" if is_ahead else tried.verdict].format(
        total=tried.total,
        enough=ENOUGH_LABELS,
        right=_count(tried.right),
        wrong=_count(tried.total - tried.right),
        each=ENOUGH_EACH,
    )


def _weight_lines(refit: Refit, in_use: Refit | None) -> Iterator[str]:
    """The coefficients that changed, as they were brought and as they are or would be."""
    count = "count" if refit == in_use else "would count after `understudy gate refit`"
    yield f"Coefficients that {count}, refitted to what became of your edits:"
    rows = [("(of every edit)", "+0.00", f"{refit.intercept:+.2f}")]
    rows += [(name, f"{one.old:.2f}", f"{one.new:.2f}") for name, one in refit.changes.items()]
    yield from plain_table([("coefficient", "brought", "refitted"), *rows])


def tier(one: Standing) -> str:
    """The best band that a kind of edit can come to."""
    if one.is_certain:
        return "auto"
    return "confirm (was wrong too often of late)" if one.drifted else "confirm"


def figures(found: Calibration) -> str:
    """The figures of the scores as a whole, as a sentence."""
    return (
        f"Brier {_number(found.brier)}, skill {_number(found.skill)}, calibration error"
        f" {_number(found.ece)}, AUROC {_number(found.auroc)}."
    )


def bin_lines(found: Calibration) -> list[str]:
    """The reliability table. Bins of fewer than ten problems are shown as one with their neighbours."""
    rows = [
        (f"{one.low:.2f}-{one.high:.2f}", str(one.total), f"{one.predicted:.0%}", f"{one.kept:.0%}")
        for one in _filled(found.bins)
    ]
    return plain_table([("score", "problems", "expected", "kept"), *rows])


def _filled(bins: Iterable[Bin]) -> list[Bin]:
    filled: list[Bin] = []
    for one in bins:
        is_thin = bool(filled) and filled[-1].total < _FILLED
        filled.append(_both(filled.pop(), one) if is_thin else one)
    if len(filled) > 1 and filled[-1].total < _FILLED:
        filled[-2:] = [_both(*filled[-2:])]
    return filled


def _both(one: Bin, other: Bin) -> Bin:
    total = one.total + other.total
    return Bin(
        low=one.low,
        high=other.high,
        total=total,
        predicted=(one.predicted * one.total + other.predicted * other.total) / total,
        kept=(one.kept * one.total + other.kept * other.total) / total,
    )


def headline(found: Calibration) -> str:
    """What became of edits, in a sentence."""
    if not found.total:
        return "No edit was judged yet by what became of it."
    return (
        f"{_count(found.good)} of {found.total} problems were solved by an edit that was kept."
        f" {figures(found)}"
    )


def _score_lines(found: Calibration) -> Iterator[str]:
    yield headline(found)
    yield ""
    yield from bin_lines(found)
    yield ""
    rows = [
        (
            one.name,
            _count(one.good),
            str(one.total),
            f"{one.good / one.total:.0%}",
            f"{one.bound:.0%}",
        )
        for one in found.bands
    ]
    yield from plain_table([("band", "kept", "of", "share", "at least"), *rows])


def _count(good: float) -> str:
    """Edits, of which a changed one counts by what is left of it."""
    return f"{round(good, 1):g}"


def _number(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.3f}"
