"""`textDocument/didChange` on long documents, up to the moment when the server can answer again."""

from __future__ import annotations

import random
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.client import Client
from tests.benchmarks.report import (
    Report,
    calm_percentile,
    median_ms,
    ms,
    ratio,
    times,
    verdict,
)
from tests.benchmarks.servers import EMPTY_PYGLS, OPTIONS, OURS, RUFF, workspace

if TYPE_CHECKING:
    from tests.benchmarks.client import Message

LINES = 50_000
BULK = 1_000
BULK_BAR_S = 0.100


@dataclass(frozen=True, slots=True)
class Typing:
    """What is typed, and how often.

    Attributes:
        changes: how many changes one notification holds.
        floor_every: only every so many rounds the floor takes part, where it is very slow.
    """

    what: str
    text: str
    changes: int
    rounds: int
    floor_every: int = 1
    bar_s: float | None = None


def typings() -> tuple[Typing, ...]:
    long = "".join(f"value_{number} = {number}  # größer 😀\n" for number in range(LINES))
    one_line = "numbers = [" + "1, " * 350_000 + "]\n"
    return (
        Typing(f"One change, {LINES:,} lines", long, 1, 150),
        Typing(f"{BULK:,} changes at once, {LINES:,} lines", long, BULK, 12, 12, BULK_BAR_S),
        Typing("One change, one line of 1 MB", one_line, 1, 30),
    )


def main() -> None:
    report = Report(
        "bench_change",
        "Taking over what is typed",
        "`textDocument/didChange` and a request that nobody knows, until that is refused.",
        (
            *("What", "Understudy p50", "p99", "processor"),
            *("Floor: empty pygls server p50", "p99", "Ratio", "Peer: ruff p50", "p99"),
            *("Our worst", "Bar for our worst", "Verdict"),
        ),
        notes=[
            "Ruff parses and checks the document when it is asked for diagnostics, not here. "
            "The many changes at once are few rounds, so their p99 means little and the bar is for "
            "the worst of them; the floor is too slow to be measured there more than once."
        ],
    )
    with workspace() as (root, home), ExitStack() as stack:
        clients = [
            stack.enter_context(Client(command, home)) for command in (OURS, EMPTY_PYGLS, RUFF)
        ]
        for client in clients:
            client.initialize(root, OPTIONS)
            client.initialized()
        for number, typing in enumerate(typings()):
            measure(report, clients, typing, (root / f"typed_{number}.py").as_uri())
    report.publish()


def measure(report: Report, clients: list[Client], typing: Typing, uri: str) -> None:
    ours: list[float] = []
    floor: list[float] = []
    peer: list[float] = []
    for client in clients:
        client.open(uri, typing.text)
        client.barrier()
    places = random.Random(typing.what)  # noqa: S311 - the same places in every run
    cpu = -clients[0].cpu_s()
    pairs: list[tuple[float, float]] = []
    for version in range(2, typing.rounds + 2):
        changes = [change(typing.text, places) for _ in range(typing.changes)]
        ours.append(typed(clients[0], uri, version, changes))
        if version % typing.floor_every == 0:
            floor.append(typed(clients[1], uri, version, changes))
            pairs.append((ours[-1], floor[-1]))
        peer.append(typed(clients[2], uri, version, changes))
    cpu += clients[0].cpu_s()
    for client in clients:
        client.close(uri)
    p99 = calm_percentile(ours, 99)
    worst, bar = max(ours), typing.bar_s
    report.add(
        typing.what,
        *(median_ms(ours), ms(p99), ms(cpu / typing.rounds)),
        *(
            median_ms(floor),
            ms(calm_percentile(floor, 99)),
            times(ratio(*zip(*pairs, strict=True))),
        ),
        *(median_ms(peer), ms(calm_percentile(peer, 99))),
        ms(worst),
        *((f"< {ms(bar)}", verdict(met=worst < bar)) if bar is not None else ()),
    )


def change(text: str, places: random.Random) -> Message:
    """Type one character, on a line of the document or within its only one."""
    lines = text.count("\n")
    line = places.randrange(lines)
    column = places.randrange(8) if lines > 1 else places.randrange(len(text))
    place = {"line": line, "character": column}
    return {"range": {"start": place, "end": place}, "text": "x"}


def typed(client: Client, uri: str, version: int, changes: list[Message]) -> float:
    params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}
    return client.settle("textDocument/didChange", params)


if __name__ == "__main__":
    main()
