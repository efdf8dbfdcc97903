"""How much strategies help, for people and for programs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from understudy.core.clock import iso_time
from understudy.core.plural import plural
from understudy.core.tables import plain_table
from understudy.engine.effectiveness import retired
from understudy.journal.run_text import NOTHING, moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.engine.effectiveness import Effect, State

HEADINGS = (
    *("strategy", "used", "cleared", "95% range", "solved", "against plain", "tokens", "seconds"),
    *("last", "state"),
)
_STATES: dict[State, str] = {
    "baseline": "the plain question",
    "in_use": "in use",
    "measured": "being measured",
    "retired": "retired",
}
_NONE = "No model was asked once more yet, so there is nothing to tell of strategies.\n"


def report(found: Sequence[Effect]) -> str:
    """A text with a table for each model, category of failures and language."""
    return "\n".join(_lines(found)) + "\n" if found else _NONE


def summary(found: Sequence[Effect]) -> str:
    """All of it in a sentence."""
    if not found:
        return _NONE.strip()
    uses, cleared = sum(one.uses for one in found), sum(one.cleared for one in found)
    helping = {one.strategy for one in found if one.is_helping}
    tried = {one.strategy for one in found if one.state == "in_use"} - helping
    gone = sorted({one.strategy for one in retired(found)})
    text = f"{plural(uses, 'failed edit')} asked about again or mended, {cleared} cleared"
    if helping:
        text += f"; helps: {', '.join(sorted(helping))}"
    if tried:
        text += f"; in use, but not seen to help yet: {', '.join(sorted(tried))}"
    if gone:
        text += f"; retired for some failures: {', '.join(gone)}"
    return f"{text}."


def effect_json(one: Effect) -> dict[str, Any]:
    """One strategy in one case, in stable words."""
    low, high = one.bounds
    return {
        "strategy": one.strategy,
        "model": one.case.model,
        "category": one.case.category,
        "language": one.case.language,
        "attempts": one.uses,
        "successes": one.cleared,
        "successRate": one.rate,
        "ci95": [low, high],
        "changed": one.results[1],
        "same": one.results[2],
        "worse": one.results[3],
        "solved": one.solved,
        "first": {"attempts": one.firsts[1], "successes": one.firsts[0]},
        "lift": one.lift,
        "expected": one.expected,
        "avgTokensAdded": one.tokens,
        "avgSeconds": one.seconds,
        "lastUsed": iso_time(one.last_us),
        "state": one.state,
    }


def _lines(found: Sequence[Effect]) -> Iterator[str]:
    for case, group in groupby(found, key=lambda one: one.case):
        yield f"{case.model}, {case.category}, {case.language}"
        rows = [HEADINGS, *(_row(one) for one in group)]
        yield from (f"  {line}" for line in plain_table(rows))
        yield ""
    yield (
        "`cleared`: after the question, or the mending, nothing was wrong any more. `against plain`"
        " compares the first tries of runs alone, since later ones get the harder cases."
    )
    for one in retired(found):
        yield _why_retired(one)


def _row(one: Effect) -> tuple[str, ...]:
    low, high = one.bounds
    return (
        one.strategy,
        str(one.uses),
        f"{one.cleared} ({one.rate:.0%})",
        f"{low:.0%} to {high:.0%}",
        str(one.solved),
        NOTHING if one.lift is None else f"{100 * one.lift:+.0f} points",
        f"{one.tokens:+.0f}",
        f"{one.seconds:.1f}",
        moment(one.last_us),
        _STATES[one.state],
    )


def _why_retired(one: Effect) -> str:
    where = f"`{one.strategy}` is retired for {one.case.category} of {one.case.model}"
    again = "It is tried again once these have faded."
    if not one.firsts[1]:
        return f"{where}: it mended {one.cleared} of {one.uses}. {again}"
    return (
        f"{where}: as the first try it cleared {one.firsts[0]} of {one.firsts[1]} in"
        f" {one.case.language}, which is no more than the plain question does. {again}"
    )
