"""Recall: which part of the definitions that a function needs is shown, and how soon.

Needed are the definitions in other files of the same package that the function's names resolve to, by
jedi for Python, by the compiler for TypeScript and by Clang for C. A definition counts as shown when the line with its
name is. The peer is aider's repository map, for the same functions and budgets. `bench_recall.py
tuning` shows the packages that the rules were made with, and what is missed there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.peer import Installed, installed
from tests.benchmarks.recall import ours
from tests.benchmarks.recall.cases import PACKAGES, Share, cases
from tests.benchmarks.recall.ours import Shown, index_of, is_shown
from tests.benchmarks.report import Report, ms, percentile, verdict
from understudy.gathering.rows import words_in
from understudy.models.token_estimate import estimated

if TYPE_CHECKING:
    from tests.benchmarks.recall.cases import Case

BUDGETS = (500, 1_000, 2_000, 4_000)
BARS = {"python": (1_000, 0.90), "typescript": (1_000, 0.90), "c": (2_000, 0.75)}
"""By language: the budget, and the recall that is wanted there."""
TOKENS_AT = 1_000
_PEER_S = 900.0

Found = Mapping[int, Shown]


@dataclass
class Score:
    """Over all cases, by budget."""

    hits: dict[int, int] = field(default_factory=lambda: dict.fromkeys(BUDGETS, 0))
    tokens: dict[int, int] = field(default_factory=lambda: dict.fromkeys(BUDGETS, 0))
    seconds: list[float] = field(default_factory=list)
    needed: int = 0
    cases: int = 0

    def add(self, case: Case, found: Found) -> None:
        self.cases += 1
        self.needed += len(case.needed)
        for budget, shown in found.items():
            self.hits[budget] += sum(is_shown(case, one, shown) for one in case.needed)
            self.tokens[budget] += shown.tokens
            self.seconds.append(shown.seconds)

    def recall(self, budget: int) -> float:
        """The share of all needed definitions that is shown."""
        return self.hits[budget] / self.needed if self.needed else 0.0


def main() -> None:
    wanted: Share = "tuning" if "tuning" in sys.argv else "held-out"
    peer = installed("aider-chat")
    if peer.python is None:
        raise SystemExit(f"There are no cases without the peer. {peer.why_not}")
    report = Report(
        "bench_recall",
        "Recall of what a function needs",
        f"The part of the definitions in other files that a function's names resolve to and that is"
        f" shown within a budget of tokens, the file itself not counted; {wanted} packages."
        " *More selected* is a file of up to 60 lines, or eight lines more on either side, which cut"
        " into other functions: what the function itself needs is counted. *Time* is for gathering and"
        " packing once.",
        (
            *("Language", "Functions", "Needed", "What"),
            *(f"@{budget:,}" for budget in BUDGETS),
            *(f"tokens @{TOKENS_AT:,}", "Time p50", "p95", "Bar", "Verdict"),
        ),
    )
    for language in PACKAGES:
        _measure(language, wanted, peer, report)
    named = ", ".join(one for each in PACKAGES.values() for one in each[wanted])
    report.notes.append(
        f"Packages: {named}. The rules were made with other ones. The peer is {peer.name}, which is"
        " told the names of the function; tokens are counted with its vocabulary for both."
    )
    report.notes.append(
        "Recall on the commits of fixes is not measured: packages come as releases, which hold no"
        " history, and a fix can't be told from the rest of what lies between two of them."
    )
    if wanted == "held-out":
        report.publish()
    else:
        for row in report.rows:
            print(" | ".join(row))


def _measure(language: str, share: Share, peer: Installed, report: Report) -> None:
    assert peer.python is not None
    found = cases(language, share, peer.python)
    our_score, wide_score, peer_score = Score(), Score(), Score()
    shown = [ours.shown(case, BUDGETS, estimated) for case in found]
    answers = _ask_peer(peer.python, found, shown)
    for case, mine, (theirs, tokens) in zip(found, shown, answers, strict=True):
        exact = {b: Shown(one.texts, tokens[b], one.seconds) for b, one in mine.items()}
        our_score.add(case, exact)
        peer_score.add(case, theirs)
        wide_score.add(case, ours.shown(ours.wider(case), BUDGETS, estimated))
        if share == "tuning":
            _tell_missed(case, mine[BARS[language][0]])
    budget, least = BARS[language]
    is_met = verdict(met=our_score.recall(budget) >= least)
    _row(report, language, "Understudy", our_score, (f"≥ {least:.2f} @{budget:,}", is_met))
    _row(report, language, "Understudy, more selected", wide_score)
    _row(report, language, f"Peer: {peer.name}", peer_score)


def _row(
    report: Report, language: str, what: str, score: Score, judged: tuple[str, ...] = ()
) -> None:
    recalls = [f"{score.recall(budget):.2f}" for budget in BUDGETS]
    times = [ms(percentile(score.seconds, 50)), ms(percentile(score.seconds, 95))]
    mean = f"{score.tokens[TOKENS_AT] / max(score.cases, 1):.0f}"
    head = (language, f"{score.cases}", f"{score.needed}", what)
    report.add(*head, *recalls, mean, *times, *judged)


def _ask_peer(
    python: Path, found: Sequence[Case], shown: Sequence[Found]
) -> list[tuple[Found, dict[int, int]]]:
    """For each case what the peer shows, and how many tokens it counts in what we show."""
    asked = [
        json.dumps(
            {
                "root": str(case.root),
                "package": case.package if case.language == "python" else "",
                "path": case.path,
                "names": words_in(_text(case)),
                "budgets": BUDGETS,
                "counted": {budget: _framed(one) for budget, one in mine.items()},
            }
        )
        for case, mine in zip(found, shown, strict=True)
    ]
    script = Path(ours.__file__).with_name("aider_map.py")
    done = subprocess.run(
        [python, script],
        input="\n".join(asked),
        capture_output=True,
        text=True,
        timeout=_PEER_S,
        check=True,
    )
    answers: list[tuple[Found, dict[int, int]]] = []
    for line in done.stdout.splitlines():
        told = json.loads(line)
        maps = {
            int(b): Shown(_by_file(one["text"]), one["tokens"], one["s"])
            for b, one in told["maps"].items()
        }
        answers.append((maps, {int(b): tokens for b, tokens in told["counted"].items()}))
    return answers


def _text(case: Case) -> str:
    index = index_of(case)
    return "\n".join((index.text(case.path) or "").split("\n")[case.start : case.stop])


def _framed(shown: Shown) -> str:
    return "".join(f"From {path}:\n```\n{text}```\n\n" for path, text in shown.texts.items())


def _by_file(text: str) -> dict[str, str]:
    """The lines of a repository map by file: a heading ends with a colon, code follows a bar."""
    found: dict[str, str] = {}
    path = ""
    for line in text.split("\n"):
        if line.startswith("│"):
            found[path] = f"{found.get(path, '')}{line[1:]}\n"
        elif line.endswith(":"):
            path = line[:-1]
    return found


def _tell_missed(case: Case, shown: Shown) -> None:
    missed = [one[0] for one in case.needed if not is_shown(case, one, shown)]
    if missed:
        lines = f"{case.start + 1}-{case.stop}"
        print(f"{case.package} {case.path}:{lines} misses {missed} of {len(case.needed)}")


if __name__ == "__main__":
    main()
