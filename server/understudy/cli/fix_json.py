"""`understudy fix --json`: what other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.cli.files import shown_path
from understudy.core.diff import unified
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.cli.fixing import FileResult
    from understudy.engine.outcome import Outcome


def json_text(results: Iterable[FileResult]) -> str:
    """One object with `results`: one entry for each diagnostic, by file, in the order of work.

    `path` starts at the current folder where the file lies below it. `line` counts from 1 in the
    file as it was. `diff` starts from the file with the diffs of the entries before it whose band
    is auto or confirm, so that these can be carried out one after the other; of several syntax
    errors that were proved together, each starts from the text without the others. Where nothing is
    offered, `band`, `confidence`, `model` and `diff` are null, and `evidence` says why.
    """
    entries = [_entry(result, outcome) for result in results for outcome in result.outcomes]
    return strict_json({"results": entries}, indent=2) + "\n"


def _entry(result: FileResult, outcome: Outcome) -> dict[str, object]:
    candidate, diagnostic = outcome.offered, outcome.diagnostic
    path = shown_path(result.job.source.path)
    entry: dict[str, object] = {
        "path": path,
        "line": result.line(outcome),
        "code": diagnostic.code if diagnostic else "",
        "message": diagnostic.message if diagnostic else "",
        "band": None,
        "confidence": None,
        "evidence": [why_not(result, outcome)],
        "model": None,
        "diff": None,
        "seconds": round(outcome.seconds, 6),
    }
    if candidate is not None:
        verdict = candidate.verdict
        after = outcome.view.edited(candidate.edits).text
        entry |= {
            "band": verdict.band.value,
            "confidence": round(verdict.score, 4),
            "evidence": [candidate.why, *(each.evidence for each in verdict.reasons)],
            "model": candidate.model,
            "diff": unified(outcome.view.text, after, path),
        }
    return entry


def why_not(result: FileResult, outcome: Outcome) -> str:
    """Why nothing is offered for a diagnostic, as a sentence."""
    if outcome in result.gone_along:
        return "It went away with the edit for another problem."
    return outcome.reason
