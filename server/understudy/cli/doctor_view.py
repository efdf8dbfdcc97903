"""`understudy doctor` for people: findings by topic, with what to do below each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from understudy.cli.text import print_hanging, printable
from understudy.engine.doctor_text import conclusion
from understudy.engine.finding import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from understudy.engine.finding import Finding

_STYLES = {
    State.OK: "green",
    State.NOTE: "dim",
    State.PROBLEM: "yellow",
    State.BROKEN: "bold red",
}
_STATE_WIDTH = max(len(state) for state in State) + 2
_SUBJECT_WIDTH = 14
"""Subjects that leave no blank in it are paths, which get a line of their own."""


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print all findings, and at the end how many of them want attention."""
    for topic, group in groupby(findings, key=lambda finding: finding.topic):
        console.print(Text(topic.capitalize(), style="bold"))
        for finding in group:
            print_finding(console, finding)
        console.print()
    state, text = conclusion(findings)
    console.print(Text(text, style=_STYLES[state]))


def print_finding(console: Console, finding: Finding) -> None:
    """Print one finding with its state before it, and what to do below it."""
    head = Text("  ").append(f"{finding.state.value:<{_STATE_WIDTH}}", _STYLES[finding.state])
    indent = head.cell_len
    subject = printable(finding.subject)
    if len(subject) >= _SUBJECT_WIDTH:
        console.print(head.append(subject), soft_wrap=True)
        head = Text(" " * indent)
    else:
        head.append(f"{subject:<{_SUBJECT_WIDTH}}")
        indent = head.cell_len
    print_hanging(console, head.append(printable(finding.text)), indent)
    if finding.remedy:
        remedy = Text(" " * indent).append(printable(finding.remedy), "cyan")
        print_hanging(console, remedy, indent)
