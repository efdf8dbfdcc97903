"""The file with the gate's refitted coefficients: plain text, to be read and compared.

It lies in the user's state folder. What it says counts only if it is about the coefficients that this
version brings, and within their bounds; else these count.
"""

from __future__ import annotations

import json
import logging
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.config.paths import state_folder
from understudy.core.failures import UnavailableError
from understudy.core.plain_files import read_plain
from understudy.core.replacing import replace_text
from understudy.engine.refitted import REFITTABLE, is_allowed
from understudy.journal.gate_refit import Change, Proof, Refit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger("understudy.engine")

_MOST_BYTES = 100_000
_HEAD = (
    "# The gate's coefficients, refitted to what became of your edits: `old` is what Understudy",
    "# brings, `new` what counts. `understudy gate reset` goes back.",
)
_PROOF = ("labels", "held_out", "gain", "low", "high", "brier_before", "brier_after")


@dataclass(frozen=True, slots=True)
class RefitRecord:
    """What the file says.

    Attributes:
        refit: None where the coefficients that came along count.
        after_us: edits that were judged until then are not learned from any more.
    """

    refit: Refit | None = None
    after_us: int = 0


def refit_file() -> Path:
    """Where the file lies."""
    return state_folder() / "gate-weights.toml"


def refit_in_force() -> Refit | None:
    """The refitted coefficients that count. Reads a file; never raises."""
    return read_refit().refit


def read_refit() -> RefitRecord:
    """What the file says; nothing where it is missing or says something that can't be. Never raises."""
    path = refit_file()
    try:
        told = tomllib.loads(read_plain(path, _MOST_BYTES).decode("utf-8"))
        return _record(told)
    except FileNotFoundError:
        return RefitRecord()
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as fault:
        log.warning("`%s` is left out: %s.", path, fault)
        return RefitRecord()


def write_refit(record: RefitRecord) -> Path:
    """Write the file whole, or leave it as it was.

    Raises:
        UnavailableError: when it can't be written.
    """
    path = refit_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_text(path, refit_text(record), durable=True)
    except OSError as failure:
        raise UnavailableError(f"`{path}` can't be written: {failure.strerror}.") from failure
    return path


def refit_text(record: RefitRecord) -> str:
    """The file's text."""
    return "".join(f"{line}\n" for line in (*_HEAD, "", *_lines(record)))


def _lines(record: RefitRecord) -> Iterator[str]:
    refit = record.refit
    yield f"state = {json.dumps('shipped' if refit is None else 'refitted')}"
    yield f"after_us = {record.after_us}"
    if refit is None:
        return
    yield f"until_us = {refit.until_us}"
    if refit.proof is not None:
        yield ""
        yield "[proof]"
        for name in _PROOF:
            yield f"{name} = {getattr(refit.proof, name)!r}"
    yield ""
    yield "[intercept]"
    yield "old = 0.0"
    yield f"new = {refit.intercept!r}"
    for name in REFITTABLE:
        if (one := refit.changes.get(name)) is not None:
            yield ""
            yield f"[weights.{name}]"
            yield from (f"{key} = {getattr(one, key)!r}" for key in ("old", "new", "neutral"))


def _record(told: dict[str, Any]) -> RefitRecord:
    after_us = int(told.get("after_us", 0))
    if told.get("state") != "refitted":
        return RefitRecord(None, after_us)
    proof = told.get("proof")
    weights = told.get("weights", {})
    changes = {
        str(name): Change(float(one["old"]), float(one["new"]), float(one["neutral"]))
        for name, one in weights.items()
    }
    refit = Refit(
        intercept=float(told["intercept"]["new"]),
        changes=changes,
        proof=None if proof is None else Proof(*(proof[name] for name in _PROOF)),
        until_us=int(told.get("until_us", 0)),
    )
    if not is_allowed(refit):
        log.warning("`%s` is about other coefficients, or out of bounds.", refit_file())
        return RefitRecord(None, after_us)
    return RefitRecord(refit, after_us)
