"""Context for one function in a workspace of 10,000 files: gathered and packed, beside a running loop."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.bench_index import kept, pulse
from tests.benchmarks.installed import make_workspace
from tests.benchmarks.report import Report, ms, percentile, verdict
from understudy.config.policy import Policy
from understudy.context.packing import pack
from understudy.gathering.gather import gather
from understudy.gathering.making import Signals
from understudy.models.token_estimate import estimated
from understudy.workspace.view import View

if TYPE_CHECKING:
    from understudy.index.following import WorkspaceIndex

FILES = 10_000
FUNCTIONS = 60
ROUNDS = 5
BUDGET = 8_000
BAR_S, GAP_BAR_S = 0.020, 0.010
_count = lru_cache(maxsize=20_000)(estimated)
"""Counts are remembered, as those of `TokenCounter` are."""
_WORDS = ("self", "self", "self", "Promise", "struct")
"""Names by which files of several languages are found, about as there are files of each."""


@dataclass(frozen=True, slots=True)
class Place:
    """A function of the workspace."""

    view: View
    lines: range


@dataclass
class Spent:
    """Of every gathering: time, processor time of its thread, tokens."""

    wall_s: list[float]
    processor_s: list[float]
    tokens: list[int]


def main() -> None:
    report = Report(
        "bench_gather",
        "Context for one function",
        f"Gathering and packing for {FUNCTIONS} functions in {FILES:,} files with a budget of"
        f" {BUDGET:,} tokens, in a thread.",
        ("What", "p50", "p95", "Processor time p50", "p95", "Bar", "Verdict"),
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        os.environ["UNDERSTUDY_HOME"] = str(folder / "home")
        root = folder / "workspace"
        root.mkdir()
        make_workspace(root, FILES)
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        asyncio.run(_measure(report, root))
    report.publish()


async def _measure(report: Report, root: Path) -> None:
    async with kept(root) as index:
        await index.idle.wait()
        places = await asyncio.to_thread(_places, index, root)
        async with pulse() as idle:
            await asyncio.sleep(3.0)
        async with pulse() as busy:
            first, again = await _spent(index, places)
    _row(report, "In each document for the first time", first)
    met = percentile(again.wall_s, 95) <= BAR_S
    _row(report, f"Then {ROUNDS} times more", again, f"p95 ≤ {ms(BAR_S)}", verdict(met=met))
    gap, before = percentile(busy.gaps, 99), percentile(idle.gaps, 99)
    gaps = (f"≤ {ms(GAP_BAR_S)} more", verdict(met=gap - before <= GAP_BAR_S))
    report.add("Gaps of the loop meanwhile, p99", "", ms(gap), "", "", *gaps)
    report.add("Gaps of the loop before, p99", "", ms(before))
    mean = sum(again.tokens) / len(again.tokens)
    report.notes.append(f"{mean:.0f} tokens are chosen on average, of {BUDGET:,}.")


def _row(report: Report, what: str, spent: Spent, *judged: str) -> None:
    each = (spent.wall_s, spent.processor_s)
    report.add(what, *(ms(percentile(one, at)) for one in each for at in (50, 95)), *judged)


async def _spent(index: WorkspaceIndex, places: list[Place]) -> tuple[Spent, Spent]:
    """Of the first time in each document, and of the times right after."""
    first, again = Spent([], [], []), Spent([], [], [])
    for place in places:
        for number in range(1 + ROUNDS):
            wall, processor, tokens = await asyncio.to_thread(_once, index, place)
            spent = again if number else first
            spent.wall_s.append(wall)
            spent.processor_s.append(processor)
            spent.tokens.append(tokens)
    return first, again


def _once(index: WorkspaceIndex, place: Place) -> tuple[float, float, int]:
    start, used = time.perf_counter(), time.thread_time()
    items = gather(index.over(), place.view, place.lines, (), Signals(_count)).items
    packed = pack(items, BUDGET, _count, here=place.view.name)
    return time.perf_counter() - start, time.thread_time() - used, packed.tokens


def _places(index: WorkspaceIndex, root: Path) -> list[Place]:
    chance = random.Random(7)  # noqa: S311 - the same places every time
    asked = index.over()
    by_word = [list(asked.using(word, 2_000)) for word in _WORDS]
    found: list[Place] = []
    while len(found) < FUNCTIONS:
        path = chance.choice(chance.choice([paths for paths in by_word if paths]))
        facts, text = asked.facts(path), asked.text(path)
        if facts is None or text is None:
            continue
        ranges = [
            range(one.head, one.stop)
            for one in facts.definitions
            if one.kind in {"function", "method"} and 5 <= one.stop - one.head <= 60
        ]
        if ranges:
            place = root / path
            view = View(
                place.as_uri(), text, Policy(), language=facts.language, path=place, root=root
            )
            found.append(Place(view, chance.choice(ranges)))
    return found


if __name__ == "__main__":
    main()
