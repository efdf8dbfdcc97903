"""The index of a workspace of 10,000 files: made, loaded again and asked, beside a running loop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

import psutil

from tests.benchmarks.installed import make_workspace
from tests.benchmarks.report import Report, ms, percentile, times, verdict, verdict_in_noise
from understudy.context.bounded_tree import fresh_tree
from understudy.core.failures import UnavailableError
from understudy.index.files import read, source_language, text_of
from understudy.index.following import WorkspaceIndex
from understudy.languages import grammar_of
from understudy.workspace.ignore import walk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

FILES = 10_000
COLD_BAR_S, WARM_BAR_S, GAP_BAR_S = 20.0, 1.0, 0.010
FLOOR_EVERY = 10
MB = 1_000_000


@dataclass
class Pulse:
    """How long a loop that does nothing else was kept from running, again and again."""

    gaps: list[float] = field(default_factory=list)

    async def beat(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            self.gaps.append(max(now - last - 0.001, 0.0))
            last = now


@contextlib.asynccontextmanager
async def pulse() -> AsyncIterator[Pulse]:
    found = Pulse()
    task = asyncio.create_task(found.beat())
    try:
        yield found
    finally:
        task.cancel()
        await asyncio.wait({task})


@contextlib.asynccontextmanager
async def kept(root: Path) -> AsyncIterator[WorkspaceIndex]:
    index = WorkspaceIndex(root, told=True)
    task = asyncio.create_task(index.run())
    try:
        yield index
    finally:
        task.cancel()
        await asyncio.wait({task})


def main() -> None:
    report = Report(
        "bench_index",
        "The index of a workspace",
        "",
        ("What", "Measured", "Floor: parse alone", "Ratio", "Bar", "Verdict"),
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        os.environ["UNDERSTUDY_HOME"] = str(folder / "home")
        root = folder / "workspace"
        root.mkdir()
        size = make_workspace(root, FILES)
        report.about = (
            f"{FILES:,} source files of installed packages and libraries, {size / MB:.0f} MB."
        )
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        asyncio.run(measure(report, root))
    report.notes.append(
        "The index is made in a process of low priority; *processor time* is that process's, and the"
        f" floor is what parsing the same files takes, measured on every {FLOOR_EVERY}th right"
        " after it. A gap is how much later than wanted a loop in the server's process runs on; the"
        " same loop was watched before, while nothing was done."
    )
    report.publish()


async def measure(report: Report, root: Path) -> None:
    async with pulse() as idle:
        await asyncio.sleep(3.0)
    before = psutil.Process().memory_info().rss
    async with pulse() as busy:
        worker_s, peak = await cold(report, root)
    floor = parse_alone(root) * FLOOR_EVERY
    report.rows[0] = (
        "Cold, processor time",
        f"{worker_s:.1f} s",
        f"{floor:.1f} s",
        times(worker_s / floor),
        f"≤ {COLD_BAR_S:.0f} s",
        verdict(met=worker_s <= COLD_BAR_S),
    )
    add_gaps(report, "The loop meanwhile", busy, idle)
    async with pulse() as busy:
        await warm(report, root)
    add_gaps(report, "The loop, warm load and questions", busy, idle)
    grown = psutil.Process().memory_info().rss - before
    report.add("Memory of the process that reads", f"{peak / MB:.0f} MB at most")
    report.add("Memory that the server needs more", f"{grown / MB:.0f} MB")


async def cold(report: Report, root: Path) -> tuple[float, int]:
    """Processor time and memory of the process that reads everything."""
    report.add("Cold, processor time")
    began = time.perf_counter()
    async with kept(root) as index:
        while index.looked_at < FILES // 20:  # noqa: ASYNC110 - nobody tells of that
            await asyncio.sleep(0.01)
        last = await asyncio.to_thread(lambda: list(walk(root))[-200:])
        asked = [path.relative_to(root).as_posix() for path in last]
        took = [await timed(partial(index.over().facts, path)) for path in asked]
        worker = await reading(index)
        await index.idle.wait()
        elapsed = time.perf_counter() - began
        used = worker.cpu_times()
        peak = worker.memory_info().rss
    report.add("Cold, all in all", f"{elapsed:.1f} s")
    report.add(
        "Meanwhile, what a file holds that was not read yet",
        f"p50 {ms(statistics.median(took))}, p95 {ms(percentile(took, 95))}",
    )
    return used.user + used.system, peak


async def warm(report: Report, root: Path) -> None:
    began = time.perf_counter()
    async with kept(root) as index:
        while not await asyncio.to_thread(index.over().named, "main", 1):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.001)
        first = time.perf_counter() - began
        worker = await reading(index)
        await index.idle.wait()
        whole = time.perf_counter() - began
        used = worker.cpu_times()
        report.add(
            "Warm, until it answers",
            ms(first),
            *("", "", f"≤ {ms(WARM_BAR_S)}", verdict(met=first <= WARM_BAR_S)),
        )
        report.add("Warm, until every file was looked at", f"{whole:.2f} s")
        report.add("Warm, processor time", f"{used.user + used.system:.2f} s")
        await questions(report, index)


async def questions(report: Report, index: WorkspaceIndex) -> None:
    disk = index.over()
    paths = disk.ending("__init__.py")[:300]
    names = ["main", "Path", "parse", "__init__", "Error", "encode", "Node", "get", "run", "open"]
    asked: dict[str, list[Callable[[], object]]] = {
        "what a file holds": [partial(disk.facts, path) for path in paths],
        "whether a file is there": [partial(disk.has, path) for path in paths],
        "where a name is defined": [partial(disk.named, name) for name in names],
        "where a name is used": [partial(disk.using, name) for name in names],
    }
    for what, each in asked.items():
        took = [await timed(one) for one in each]
        text = f"p50 {ms(statistics.median(took))}, p95 {ms(percentile(took, 95))}"
        report.add(f"Asked {what}", text)


async def timed(what: Callable[[], object]) -> float:
    """How long a question takes, in the thread that it is asked in."""

    def ask() -> float:
        began = time.perf_counter()
        what()
        return time.perf_counter() - began

    return await asyncio.to_thread(ask)


async def reading(index: WorkspaceIndex) -> psutil.Process:
    """The process that reads."""
    while index.worker_id is None:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.001)
    return psutil.Process(index.worker_id)


def parse_alone(root: Path) -> float:
    """Processor time of parsing a part of the files and doing nothing with it."""
    texts = []
    for number, path in enumerate(walk(root)):
        language = source_language(path.name)
        grammar = grammar_of(language) if language is not None else None
        if number % FLOOR_EVERY == 0 and grammar is not None:
            texts.append((text_of(read(path).raw, python=language == "python"), grammar))
    began = time.process_time()
    for text, grammar in texts:
        with contextlib.suppress(UnavailableError):
            fresh_tree(text, grammar)
    return time.process_time() - began


def add_gaps(report: Report, what: str, busy: Pulse, idle: Pulse) -> None:
    worst = max(busy.gaps)
    tail = f"p99 {ms(percentile(busy.gaps, 99))}, at most {ms(worst)}"
    before = f"idle: at most {ms(max(idle.gaps))}"
    report.add(
        f"{what}: gaps",
        f"{tail} ({before})",
        *("", "", f"≤ {ms(GAP_BAR_S)}", verdict_in_noise(worst, GAP_BAR_S, idle.gaps, 99.9)),
    )


if __name__ == "__main__":
    main()
