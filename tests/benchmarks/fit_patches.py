"""Fit those coefficients of the gate for which only the corpus of patches tells anything.

    UNDERSTUDY_NODE_MODULES=…/node_modules python tests/benchmarks/fit_patches.py

Only the tuning half is looked at, and of it only what no hard stop rejects: coefficients of what
rejects were counted elsewhere. All other coefficients stay; the share of right patches is no
property of models' edits, so an intercept takes it up and is thrown away. A ridge penalty draws
each coefficient to what stood there by assumption, or to 0, and no evidence may change its side:
what speaks against an edit keeps doing so.
"""

from __future__ import annotations

import asyncio
import sys
from math import fsum
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.patch_cases import LANGUAGES, patches
from tests.patch_gate import JudgedPatch, judged
from tests.patch_tools import missing_for
from understudy.core.refit import share
from understudy.engine.gate_weights import WEIGHTS

ASSUMED = {
    "silenced": 0.0,
    "hatch": 0.0,
    "only_deleted": 0.0,
    "near_name": 0.0,
    "scope": 1.0,
}
"""What is fitted, and what it is drawn to."""
RIDGE = 0.125
"""The penalty for the square of a coefficient's distance, in units of the log-likelihood. Beforehand
it is believed to be 2 or less, as most coefficients are that were counted."""
ROUNDS = 4_000
STEP = 0.02


def main() -> None:
    languages = [one for one in LANGUAGES if not missing_for(one)]
    chosen = [one for name in languages for one in patches(name) if one.base.part == "tuning"]
    found = [one for one in asyncio.run(judged(chosen)) if not one.trial.verdict.hard_stops]
    print(f"{len(found)} patches of the tuning half in {', '.join(languages)}")
    rows = [_row(one) for one in found]
    offsets = [
        one.trial.verdict.log_odds - _known(row) for one, row in zip(found, rows, strict=True)
    ]
    right = [one.is_right for one in found]
    fitted, intercept = fit(rows, offsets, right)
    print(f"intercept {intercept:+.2f} (thrown away)")
    for name, value in fitted.items():
        seen = [good for row, good in zip(rows, right, strict=True) if row[name]]
        print(f"{name:18} {value:5.2f}  seen in {len(seen)}, of which {sum(seen)} right")


def fit(
    rows: list[dict[str, float]], offsets: list[float], right: list[bool]
) -> tuple[dict[str, float], float]:
    """The coefficients and the intercept, by gradient ascent on the penalised likelihood."""
    fitted, intercept = dict(ASSUMED), 0.0
    for _ in range(ROUNDS):
        misses = [
            good - share(offset + intercept + fsum(fitted[name] * row[name] for name in fitted))
            for row, offset, good in zip(rows, offsets, right, strict=True)
        ]
        intercept += STEP * fsum(misses) / 10
        for name, value in fitted.items():
            slope = fsum(miss * row[name] for miss, row in zip(misses, rows, strict=True))
            slope -= 2 * RIDGE * (value - ASSUMED[name])
            fitted[name] = max(value + STEP * slope / 10, 0.0)
    return fitted, intercept


def _row(one: JudgedPatch) -> dict[str, float]:
    """Of each coefficient that is fitted, what it is multiplied by."""
    told = {reason.signal: reason for reason in one.trial.verdict.reasons}
    row = dict.fromkeys(ASSUMED, 0.0)
    for name in ASSUMED:
        if name in told and told[name].value is not None:
            row[name] = (told[name].value or 0.0) - WEIGHTS[name].neutral
    return row


def _known(row: dict[str, float]) -> float:
    """What the coefficients as they are now add."""
    return fsum(WEIGHTS[name].log_odds * value for name, value in row.items())


if __name__ == "__main__":
    main()
