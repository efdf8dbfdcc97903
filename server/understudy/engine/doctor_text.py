"""What the doctor found, in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from understudy.core.tables import plain_table
from understudy.engine.finding import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.engine.finding import Finding


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """All findings by topic as plain text, with what to do below each."""
    for topic, group in groupby(findings, key=lambda finding: finding.topic):
        yield topic.capitalize()
        rows = []
        for finding in group:
            rows.append((finding.state.value, finding.subject, finding.text))
            if finding.remedy:
                rows.append(("", "", finding.remedy))
        yield from (f"  {line}" for line in plain_table(rows))


def conclusion(findings: Iterable[Finding]) -> tuple[State, str]:
    """How it stands as a whole, and a sentence about it."""
    found = list(findings)
    states = {finding.state for finding in found}
    if State.BROKEN in states:
        return State.BROKEN, "Fixes can't be proved as it is: see what is broken."
    if is_misconfigured(found):
        return (
            State.PROBLEM,
            "Understudy works, but not as it is configured: see the problems above.",
        )
    if State.PROBLEM in states:
        return State.PROBLEM, "Understudy works; see the problems above."
    return State.OK, "Everything that is needed is there."


def is_misconfigured(findings: Iterable[Finding]) -> bool:
    """Whether some settings do not count, and others may be switched off on their account."""
    return any(one.topic == "configuration" and one.state is State.PROBLEM for one in findings)


def in_short(findings: Sequence[Finding]) -> str:
    """The conclusion for somebody who does not see the findings: with the first that matters."""
    state, last = conclusion(findings)
    if state is State.OK:
        return last
    first, *others = (finding for finding in findings if finding.state is state)
    more = f" ({len(others)} more: see `understudy doctor`.)" if others else ""
    words = f"{first.subject}: {first.text.rstrip('.')}. {first.remedy}".rstrip()
    return f"{words}{more}"
