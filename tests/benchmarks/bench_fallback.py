"""From a fault of the first model to the answer of the second."""

from __future__ import annotations

import contextlib
import socket
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.calling import Worker
from tests.benchmarks.faults import FAULTS, GOOD, GOOD_TEXT, HANG, NOBODY
from tests.benchmarks.peer import litellm
from tests.benchmarks.report import Report, ms, verdict

if TYPE_CHECKING:
    from tests.benchmarks.faults import Fault

ALL = (*FAULTS, HANG)
SILENCE_S = 0.5
"""How long the first model may be silent: our hedge delay, the peer's time-out."""
BAR_S = 0.020


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault, once.

    Attributes:
        asked_s: from the moment when the fault was known until the second model had the request;
            None when it never was.
        answered_s: until the caller had the second model's answer; None when it never did.
        call_s: the same from the start of the call.
        calls: how often the first model was asked.
        instead: what the caller got in place of the answer.
    """

    asked_s: float | None
    answered_s: float | None
    call_s: float | None
    calls: int
    instead: str = ""
    cut: bool = False


@dataclass
class Contender:
    """Somebody who is to get past the faults.

    Attributes:
        rounds: how often each fault is met; a round before them is not counted, unless there is
            only one.
        retries: of the same model; None is the contender's own choice.
    """

    name: str
    worker: Worker | None
    rounds: int
    retries: int | None = None
    trials: dict[str, list[Trial]] = field(default_factory=lambda: {one.id: [] for one in ALL})

    def meet(self, fault: Fault, server: Worker, url: str) -> None:
        """Meet a fault once more."""
        if self.worker is None:
            return
        with _nobody() if fault.id == NOBODY else contextlib.nullcontext(url) as first:
            got = self.worker.do(
                way="fall back",
                urls=[first, url],
                first=fault.id,
                second=GOOD,
                silence_s=SILENCE_S,
                retries=self.retries,
            )
        self.trials[fault.id].append(_trial(fault, got, server.do(what="asked")))

    @property
    def numbers(self) -> range:
        """The numbers of its rounds; 0 is the one that is not counted."""
        return range(1, 2) if self.rounds == 1 else range(self.rounds + 1)

    @property
    def cut(self) -> str:
        """How many cut answers were given out as whole ones."""
        trials = [trial for fault in ALL if fault.cuts for trial in self.trials[fault.id]]
        return f"{sum(trial.cut for trial in trials)} of {len(trials)}"

    def answered(self, fault: Fault) -> bool:
        """Whether the second model's answer came every time."""
        trials = self.trials[fault.id]
        return bool(trials) and all(one.answered_s is not None for one in trials)


@contextlib.contextmanager
def _nobody() -> Any:
    """An address at which nobody listens: the port is taken, so that nobody can come to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def _trial(fault: Fault, got: dict[str, Any], asked: list[dict[str, Any]]) -> Trial:
    firsts = [one for one in asked if one["model"] != GOOD]
    seconds = [one for one in asked if one["model"] == GOOD]
    known_at = _known_at(fault, got, firsts)
    answered = got["text"] == GOOD_TEXT
    return Trial(
        asked_s=seconds[0]["at"] - known_at if seconds else None,
        answered_s=got["ended_at"] - known_at if answered else None,
        call_s=got["ended_at"] - got["started_at"] if answered else None,
        calls=len(firsts),
        instead="" if answered else _instead(got),
        cut=fault.cuts and not answered and bool(got["text"]),
    )


def _known_at(fault: Fault, got: dict[str, Any], firsts: list[dict[str, Any]]) -> float:
    """When the last byte of the fault was sent; when the first model was asked, if it sent none."""
    if fault.id == NOBODY:
        refused: float = got["connected_at"]
        return refused
    first = firsts[0]
    known: float = first["at"] if fault is HANG else first["finished_at"]
    return known


def _instead(got: dict[str, Any]) -> str:
    if got["text"] is None:
        return f"error: {got['error']}"
    return "cut answer as a success" if got["text"] else "empty answer as a success"


def main() -> None:
    peer = litellm()
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(Worker("scripted"))
        url = server.do(what="start")
        other = None
        if peer.python is not None:
            other = stack.enter_context(Worker("litellm_calls", peer.python))
        contenders = [
            Contender("Understudy", stack.enter_context(Worker("our_cascade")), 5),
            Contender(f"Peer: {peer.name}'s Router, no retries", other, 5, retries=0),
            Contender("Peer, as it comes", other, 1),
        ]
        for at in range(1 + max(one.rounds for one in contenders)):
            for fault in ALL:
                for one in contenders:
                    if at in one.numbers:
                        one.meet(fault, server, url)
            if at == 0:
                for one in contenders:
                    one.trials = {fault.id: [] for fault in ALL}
    publish(contenders, peer.why_not)


def publish(contenders: list[Contender], why_not: str) -> None:
    ours, *_ = contenders
    report = Report(
        "bench_fallback",
        "The next model's answer",
        "The first of two models fails, the second one answers at once. Time from the moment when "
        "the fault is known, which is when its last byte was sent, until the caller has the second "
        f"model's answer; {ours.rounds} rounds.",
        ("Fault", *_headings(contenders), "Bar", "Verdict"),
    )
    for fault in ALL:
        bar_s = BAR_S + (SILENCE_S if fault is HANG else 0)
        met = ours.answered(fault) and _median(ours, fault) < bar_s
        report.add(
            fault.title,
            *(cell for one in contenders for cell in _cells(one, fault)),
            *(f"< {ms(bar_s)}", verdict(met=met)),
        )
    counts = [sum(map(one.answered, ALL)) for one in contenders]
    report.add(
        "Answered by the second model",
        *_spread([f"{count} of {len(ALL)}" for count in counts], contenders),
        *("all", verdict(met=counts[0] == len(ALL))),
    )
    report.add(
        "Cut answers returned as a success",
        *_spread([one.cut for one in contenders], contenders),
        *("0", verdict(met=ours.cut.startswith("0 "))),
    )
    report.notes.append(
        "All replies are streams. The peer hands out pieces as they come, so it raises where an "
        "answer had begun; Understudy waits for the end. *Asked*: until the second model's server "
        "had the request. *Calls*: how often the first model was asked. A refused connection is "
        "counted from the first refusal, which comes as soon as a connection is tried; from the "
        f"start of the call, it takes {_from_start(contenders)}. A hang is counted from the "
        f"request's arrival, and its limit is {ms(SILENCE_S)} for both. Understudy does what it "
        "does in an editor: it looks whether the text may be sent, reserves a budget and keeps its "
        "counts in a database; what stands before the first question and the proof of the edit are "
        "not counted."
    )
    if why_not:
        report.notes.append(f"The peer's columns are empty. {why_not}")
    report.publish()


def _from_start(contenders: list[Contender]) -> str:
    """How long it takes each from the start of the call until the answer, after a refusal."""
    told = []
    for one in contenders:
        times = [each.call_s for each in one.trials[NOBODY] if each.call_s is not None]
        if times:
            told.append(f"{ms(statistics.median(times))} ({one.name})")
    return ", ".join(told) or "for ever"


def _headings(contenders: list[Contender]) -> list[str]:
    ours, *others = contenders
    return [f"{ours.name}: asked", "answered", "calls", *(one.name for one in others)]


def _cells(one: Contender, fault: Fault) -> list[str]:
    """Our three cells, or a peer's one."""
    trials = one.trials[fault.id]
    if one.worker is None:
        return [""]
    failed = next((trial.instead for trial in trials if trial.answered_s is None), "")
    answered = failed or ms(_median(one, fault))
    if one.name != "Understudy":
        return [answered]
    asked = [trial.asked_s for trial in trials if trial.asked_s is not None]
    return [
        ms(statistics.median(asked)) if asked else "never",
        answered,
        str(round(statistics.median(trial.calls for trial in trials))),
    ]


def _median(one: Contender, fault: Fault) -> float:
    times = [trial.answered_s for trial in one.trials[fault.id] if trial.answered_s is not None]
    return statistics.median(times) if times else float("inf")


def _spread(values: list[str], contenders: list[Contender]) -> list[str]:
    """One value for each contender, in the columns of `_headings`."""
    ours, *others = values
    known = [value if one.worker else "" for value, one in zip(others, contenders[1:], strict=True)]
    return ["", ours, "", *known]


if __name__ == "__main__":
    main()
