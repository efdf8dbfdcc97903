"""Listing code actions: no model, no tool, no disk, however many problems the editor tells of."""

from __future__ import annotations

import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.client import Client
from tests.benchmarks.report import (
    Report,
    calm_percentile,
    median_ms,
    ms,
    ratio,
    times,
    verdict_in_noise,
)
from tests.benchmarks.sample import module
from tests.benchmarks.servers import ONE_ACTION, OPTIONS, OURS, RUFF, workspace

if TYPE_CHECKING:
    from tests.benchmarks.client import Message

ROUNDS = 1_000
WARM_UP_ROUNDS = 20
DIAGNOSTICS = 500
BAR_S = 0.020


@dataclass
class Answers:
    """One server with the documents open, and how long its answers took."""

    client: Client
    wall_s: list[float] = field(default_factory=list)
    cpu_s: float = 0.0

    def once(self, params: Message) -> None:
        before = self.client.cpu_s()
        self.wall_s.append(self.client.request("textDocument/codeAction", params).wall_s)
        self.cpu_s += self.client.cpu_s() - before


def main() -> None:
    report = Report(
        "bench_actions",
        "Listing code actions",
        f"`textDocument/codeAction` with {DIAGNOSTICS} diagnostics in its context, {ROUNDS} times, "
        "at one line and for the whole file.",
        (
            *("What", "Understudy p50", "p99", "processor", "Floor: one fixed action p50", "p99"),
            *("Ratio", "Peer: ruff p50", "p99", "Bar for our p99", "Verdict"),
        ),
    )
    with workspace() as (root, home), ExitStack() as stack:
        clients = [
            stack.enter_context(Client(command, home)) for command in (OURS, ONE_ACTION, RUFF)
        ]
        for client in clients:
            client.initialize(root, OPTIONS)
            client.initialized()
        for lines in (500, 10_000):
            measure(report, clients, root, lines)
    report.publish()


def measure(report: Report, clients: list[Client], root: Path, lines: int) -> None:
    text = module(lines)
    uri = (root / f"sample_{lines}.py").as_uri()
    for client in clients:
        client.open(uri, text)
        client.barrier()
    problems = diagnostics(text)
    line = problems[DIAGNOSTICS // 2]["range"]
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": lines, "character": 0}}
    for what, place in ((f"{lines} lines, one line", line), (f"{lines} lines, all", whole)):
        params = {
            "textDocument": {"uri": uri},
            "range": place,
            "context": {"diagnostics": problems, "triggerKind": 1},
        }
        servers = [Answers(client) for client in clients]
        for _ in range(WARM_UP_ROUNDS):
            for server in servers:
                server.client.request("textDocument/codeAction", params)
        for _ in range(ROUNDS):
            for server in servers:
                server.once(params)
        add(report, what, servers)
    for client in clients:
        client.close(uri)


def diagnostics(text: str) -> list[Message]:
    """As many diagnostics as editors send at worst, spread over the text, as Pylance words them."""
    lines = text.split("\n")
    step = max(len(lines) // DIAGNOSTICS, 1)
    found = []
    for number in range(DIAGNOSTICS):
        line = number * step % len(lines)
        start, end = {"line": line, "character": 0}, {"line": line, "character": len(lines[line])}
        item: dict[str, Any] = {
            "range": {"start": start, "end": end},
            "message": f'"name_{number}" is not defined',
            "severity": 2,
            "code": "reportUndefinedVariable",
            "codeDescription": {"href": "https://example.org/reportUndefinedVariable"},
            "source": "Pylance",
        }
        found.append(item)
    return found


def add(report: Report, what: str, servers: list[Answers]) -> None:
    ours, floor, peer = servers
    p99 = calm_percentile(ours.wall_s, 99)
    report.add(
        what,
        *(median_ms(ours.wall_s), ms(p99), ms(ours.cpu_s / ROUNDS)),
        *(median_ms(floor.wall_s), ms(calm_percentile(floor.wall_s, 99))),
        times(ratio(ours.wall_s, floor.wall_s)),
        *(ms(statistics.median(peer.wall_s)), ms(calm_percentile(peer.wall_s, 99))),
        *(f"< {ms(BAR_S)}", verdict_in_noise(p99, BAR_S, peer.wall_s, 99)),
    )


if __name__ == "__main__":
    main()
