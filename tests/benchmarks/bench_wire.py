"""What a call costs this process beside what raw httpx costs, whole and for each streamed chunk."""

from __future__ import annotations

import contextlib
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.calling import Worker
from tests.benchmarks.faults import MANY_PIECES, ONE_PIECE, PIECES, SCRIPTS
from tests.benchmarks.peer import litellm
from tests.benchmarks.report import Report, verdict
from tests.providers.answers import Says

FAMILIES = {"openai": "OpenAI chat completions", "anthropic": "Anthropic messages"}
ROUNDS = 30
WARM_UP = 3
CALLS = {ONE_PIECE: 10, MANY_PIECES: 3}
PEER_CALLS = {ONE_PIECE: 2, MANY_PIECES: 1}
CALL_BAR_MS, CHUNK_BAR_MS = 0.5, 0.01
FLOORS = ("bytes", "by hand")


@dataclass
class Costs:
    """Processor time of one way to call in one family, in milliseconds by round.

    Attributes:
        call: of a call whose answer is one chunk.
        chunk: of each further chunk.
    """

    call: list[float] = field(default_factory=list)
    chunk: list[float] = field(default_factory=list)

    def add(self, one_ms: float, many_ms: float) -> None:
        """Take the mean of a round's calls, with one chunk and with many."""
        self.call.append(one_ms)
        self.chunk.append((many_ms - one_ms) / (PIECES - 1))


def main() -> None:
    peer = litellm()
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(Worker("scripted")).do(what="start")
        us = stack.enter_context(Worker("our_wire"))
        ways = dict.fromkeys((*FLOORS, "ours"), us)
        if peer.python is not None:
            ways["router"] = stack.enter_context(Worker("litellm_calls", peer.python))
        costs = {(family, way): Costs() for family in FAMILIES for way in ways}
        for at in range(WARM_UP + ROUNDS):
            for family, way in _turned(list(costs), at):
                means = [cpu_ms(ways[way], url, family, model, way) for model in CALLS]
                if at >= WARM_UP:
                    costs[family, way].add(*means)
    publish(costs, peer.name, peer.why_not)


def cpu_ms(worker: Worker, url: str, family: str, model: str, way: str) -> float:
    """The mean processor time of some calls, in milliseconds."""
    calls = (PEER_CALLS if way == "router" else CALLS)[model]
    took = worker.do(url=url, family=family, model=model, way=way, calls=calls)
    said = SCRIPTS[model][0]
    assert isinstance(said, Says)
    if way != "bytes" and took["text"] != said.text:
        raise SystemExit(f"`{way}` read another answer than was sent, so its time says nothing.")
    cpu_s: float = took["cpu_s"]
    return cpu_s * 1000 / calls


def _turned(values: list[tuple[str, str]], by: int) -> list[tuple[str, str]]:
    """The values in another order for each round, so that none always follows the same."""
    at = by % len(values)
    return values[at:] + values[:at]


def publish(costs: dict[tuple[str, str], Costs], peer: str, why_not: str) -> None:
    report = Report(
        "bench_wire",
        "Calls over HTTP",
        "Processor time of the calling process for streamed answers of a provider in another "
        f"process: for a call whose answer is one chunk, and for each further one of {PIECES} "
        f"chunks. {ROUNDS} rounds of {CALLS[ONE_PIECE]} and {CALLS[MANY_PIECES]} calls.",
        (
            "What",
            "httpx, bytes unread",
            "Floor: httpx, read by hand",
            "Understudy",
            "Added",
            f"Peer: {peer}'s Router",
            "Added",
            "Bar",
            "Verdict",
        ),
    )
    for family, title in FAMILIES.items():
        for what, bar_ms in (("call", CALL_BAR_MS), ("chunk", CHUNK_BAR_MS)):
            of = {way: getattr(found, what) for (one, way), found in costs.items() if one == family}
            added_ms = added(of["ours"], of["by hand"])
            known = (
                (cell(of["router"]), shown(added(of["router"], of["by hand"])))
                if "router" in of
                else ("", "")
            )
            report.add(
                f"{title}, per {what}",
                *(cell(of[way]) for way in (*FLOORS, "ours")),
                *(shown(added_ms), *known),
                *(f"≤ {bar_ms} ms", verdict(met=added_ms <= bar_ms)),
            )
    report.notes.append(
        "The floor is what one would write by hand for one provider on a day when nothing fails: "
        "it cuts the stream into events, decodes their JSON and joins the text. *Added* is the "
        "median of the rounds' differences to it."
    )
    if why_not:
        report.notes.append(f"The peer's columns are empty. {why_not}")
    report.publish()


def added(ours: list[float], floor: list[float]) -> float:
    """The median of the rounds' differences."""
    return statistics.median(one - other for one, other in zip(ours, floor, strict=True))


def cell(values: list[float]) -> str:
    return shown(statistics.median(values))


def shown(value_ms: float) -> str:
    """Milliseconds, down to a tenth of a microsecond: chunks are cheap."""
    return f"{value_ms:.2f} ms" if abs(value_ms) >= 0.1 else f"{value_ms:.4f} ms"


if __name__ == "__main__":
    main()
