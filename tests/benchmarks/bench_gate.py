"""The gate: from an edited text and what the checkers said about it to the verdict."""

from __future__ import annotations

import ast
import asyncio
import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.report import Report, median_ms, ms, percentile, ratio, times, verdict
from tests.benchmarks.sample import module
from tests.benchmarks.servers import workspace
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings, GateSettings, Settings
from understudy.core.minimise import minimise
from understudy.engine.checking import check
from understudy.engine.compare import compare
from understudy.engine.evidence import Facts
from understudy.engine.gate import judge
from understudy.engine.parsing import parses
from understudy.engine.problems import problems
from understudy.engine.scope import scope_of
from understudy.workspace.view import View

if TYPE_CHECKING:
    from understudy.core.text import Edit
    from understudy.engine.evidence import CheckReport

LINES = 2_000
ROUNDS = 60
BAR_S = 0.150
SETTINGS = Settings(checkers={"basedpyright": CheckerSettings(enabled=False)})


@dataclass(frozen=True, slots=True)
class Change:
    """An edited text, and what the checkers say before and after."""

    name: str
    before: View
    after: str
    said_before: tuple[CheckReport, ...]
    said_after: tuple[CheckReport, ...]


def main() -> None:
    report = Report(
        "bench_gate",
        "Judging one edit",
        f"Minimal edits, comparison of diagnostics, evidence and verdict for a file of {LINES:,} "
        f"lines, {ROUNDS} times, without the tools themselves.",
        ("Edit", "p50", "p95", "Floor: parse the text p50", "Ratio", "Bar for p95", "Verdict"),
    )
    with workspace() as (root, home):
        os.environ["UNDERSTUDY_HOME"] = str(home)
        for change in asyncio.run(changes(root)):
            measure(report, change)
    report.publish()


async def changes(root: Path) -> list[Change]:
    """One misspelt name put right, and the same name put right in a hundred places."""
    text = module(LINES)
    one = text.replace("return total\n", "return totl\n", 1).replace(
        "round(total, 2)", "round(totl, 2)", 1
    )
    many = text.replace("found = {}", "fnd = {}").replace("print(", "pritn(")
    return [
        await change("One line", one, text, root),
        await change("Many lines, many problems", many, text, root),
    ]


async def change(name: str, broken: str, mended: str, root: Path) -> Change:
    path = root / "sample.py"
    policy = Policy(Trust.TRUSTED)
    before = View(path.as_uri(), broken, policy, version=1, path=path, root=root)
    said_before = await check(before, SETTINGS)
    said_after = await check(replace(before, text=mended), SETTINGS)
    return Change(name, before, mended, said_before, said_after)


def measure(report: Report, change: Change) -> None:
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(ROUNDS):
        # A new view, so that nothing which an earlier round worked out is found there.
        before = replace(change.before)
        started = time.perf_counter()
        gate(change, before)
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        ast.parse(change.after)
        floor.append(time.perf_counter() - started)
    p95 = percentile(ours, 95)
    report.add(
        change.name,
        *(median_ms(ours), ms(p95), median_ms(floor), times(ratio(ours, floor))),
        *(f"< {ms(BAR_S)}", verdict(met=p95 < BAR_S)),
    )


def gate(change: Change, before: View) -> None:
    """What the engine does with a candidate once the checkers have spoken."""
    edits: tuple[Edit, ...] = minimise(before.text, change.after)
    target = problems(change.said_before)[0]
    comparison = compare(change.said_before, change.said_after, before, edits, target)
    facts = Facts(
        before=before,
        after=change.after,
        edits=edits,
        scope=scope_of(before, target.span),
        target=target,
        comparison=comparison,
        checks=change.said_after,
        parsed_before=parses(change.said_before),
        parses_after=parses(change.said_after),
    )
    judge(facts, GateSettings())


if __name__ == "__main__":
    main()
