"""From the start of the process to the `initialize` reply, and the memory that it takes."""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.client import Client
from tests.benchmarks.report import Report, median_ms, ms, percentile, ratio, times, verdict
from tests.benchmarks.servers import EMPTY_PYGLS, OPTIONS, OURS, RUFF, workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDS = 15
WARM_UP_S = 3.0
START_BAR, MEMORY_BAR = 1.25, 1.4


@dataclass
class Starts:
    """What the starts of one server took."""

    command: Sequence[str]
    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    rss_mib: list[float] = field(default_factory=list)

    def once(self, root: Path, home: Path) -> None:
        """Start the server once more."""
        with Client(self.command, home) as client:
            self.wall_s.append(client.initialize(root, OPTIONS).wall_s)
            self.cpu_s.append(client.cpu_s())
            self.rss_mib.append(client.rss_mib())


def main() -> None:
    ours, floor, peer = Starts(OURS), Starts(EMPTY_PYGLS), Starts(RUFF)
    with workspace() as (root, home):
        for server in (ours, floor, peer):
            Starts(server.command).once(root, home)  # Bytecode is written, files are in the cache.
        for _ in range(ROUNDS):
            for server in (ours, floor, peer):
                server.once(root, home)
        warm = [warm_rss(root, home) for _ in range(3)]
    publish(ours, floor, peer, warm)


def warm_rss(root: Path, home: Path) -> float:
    """Memory once the server has loaded in the background what the first command needs."""
    with Client(OURS, home) as client:
        client.initialize(root, OPTIONS)
        client.initialized()
        time.sleep(WARM_UP_S)
        client.barrier()
        return client.rss_mib()


def publish(ours: Starts, floor: Starts, peer: Starts, warm: list[float]) -> None:
    report = Report(
        "bench_start",
        "Start",
        "The process is started and `initialize` is sent, with the parameters of a real VS Code, "
        f"{ROUNDS} times.",
        (
            "What",
            "Understudy",
            "Floor: empty pygls server",
            "Ratio",
            "Peer: ruff",
            "Bar",
            "Verdict",
        ),
    )
    start, cpu, memory = (
        ratio(one, other)
        for one, other in zip(
            (ours.wall_s, ours.cpu_s, ours.rss_mib),
            (floor.wall_s, floor.cpu_s, floor.rss_mib),
            strict=True,
        )
    )
    report.add(
        "Start to `initialize` reply",
        *(median_ms(ours.wall_s), median_ms(floor.wall_s), times(start), median_ms(peer.wall_s)),
        *(f"≤ {START_BAR}x", verdict(met=start <= START_BAR)),
    )
    report.add(
        "… its p95",
        *(ms(percentile(one.wall_s, 95)) for one in (ours, floor)),
        "",
        ms(percentile(peer.wall_s, 95)),
    )
    report.add(
        "… processor time",
        *(median_ms(ours.cpu_s), median_ms(floor.cpu_s), times(cpu), median_ms(peer.cpu_s)),
    )
    report.add(
        "Resident memory after it",
        *(mib(ours.rss_mib), mib(floor.rss_mib), times(memory), mib(peer.rss_mib)),
        *(f"≤ {MEMORY_BAR}x", verdict(met=memory <= MEMORY_BAR)),
    )
    report.add(f"Resident memory {WARM_UP_S:.0f} s after `initialized`", mib(warm))
    report.publish()


def mib(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} MiB"


if __name__ == "__main__":
    main()
