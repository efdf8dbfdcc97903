"""How long replies take to be read, beside a floor, and how that grows with their size."""

from __future__ import annotations

import difflib
import time
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.benchmarks.report import Report, median_ms, ms, percentile, ratio, times, verdict
from tests.reply_cases import ROOT, seen
from understudy.config.policy import Policy
from understudy.edit_formats import Region
from understudy.reading.places import keyed
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

P95_BAR_S = 0.005
SIZES_KB = (40, 80, 160, 320, 640)
GROWTH_BAR = 2.3
ROUNDS = 5
PASSES = 3
_LEAST_S = 1e-6

Reply = tuple[str, Region, str, str]
"""A reply, what it may rewrite, its format, and the text that is meant."""


def measure_speed(replies: Sequence[Reply]) -> None:
    """A row for each format: every reply once, in turns with the floor."""
    report = Report(
        "bench_read_speed",
        "Reading replies: time",
        "Every reply to the held-out Python of the section above, from its text to the edited "
        f"document, the best of {PASSES} passes over all of them, damaged and hopeless ones among "
        "them. Only a whole file that lacks definitions is parsed.",
        (
            *("Format", "Replies", "p50", "p95", "Max", "p95, longer replies per 10 KB"),
            *("Floor: difflib of the two texts p50", "Ratio", "Bar for p95 per 10 KB", "Verdict"),
        ),
    )
    by_format: dict[str, list[Reply]] = {}
    for reply in replies:
        by_format.setdefault(reply[2], []).append(reply)
    for edit_format, some in by_format.items():
        passes = [_passed(some) for _ in range(PASSES)]
        ours, floor = (
            [min(each) for each in zip(*one, strict=True)] for one in zip(*passes, strict=True)
        )
        p95 = percentile(ours, 95)
        sized = [
            one / max(len(text) / 10_000, 1) for one, (text, *_) in zip(ours, some, strict=True)
        ]
        per_10_kb = percentile(sized, 95)
        report.add(
            *(edit_format, f"{len(some)}", median_ms(ours), ms(p95), ms(max(ours))),
            *(ms(per_10_kb), median_ms(floor), times(ratio(ours, floor)), f"< {ms(P95_BAR_S)}"),
            verdict(met=per_10_kb < P95_BAR_S),
        )
    report.publish()


def _passed(replies: Sequence[Reply]) -> tuple[list[float], list[float]]:
    """How long each reply takes, and its floor."""
    ours, floor = [], []
    for text, region, edit_format, after in replies:
        # The reply before this one was often about the same file.
        keyed.cache_clear()
        ours.append(_timed(seen, text, region, edit_format))
        floor.append(_timed(_differences, region.view.text, after))
    return ours, floor


def measure_growth() -> None:
    """Replies of four sizes: the time of each size, and for 10 KB of the largest."""
    report = Report(
        "bench_read_growth",
        "Reading long replies",
        "Replies of several sizes, each twice as long as the one before, in every format's "
        f"reader: processor time, the best of {ROUNDS}. Linear growth is twice the time for each "
        "step; that of all steps is their geometric mean.",
        (
            *("Reply", *(f"{size} KB" for size in SIZES_KB), "Growth at each step", "Of all"),
            *(
                "Per 10 KB",
                "Floor: split into lines",
                "Bar per 10 KB, and for all steps",
                "Verdict",
            ),
        ),
    )
    for name, (edit_format, write) in _LONG.items():
        spent, floor = [], []
        for size in SIZES_KB:
            text, region = write(size * 1_000)
            spent.append(_least(seen, text, region, edit_format))
            floor.append(max(_least(text.split, "\n"), _LEAST_S))
        steps = [new / old for old, new in pairwise(spent)]
        growth = (spent[-1] / spent[0]) ** (1 / len(steps))
        per_10_kb = spent[-1] / (SIZES_KB[-1] / 10)
        report.add(
            *(name, *map(ms, spent), ", ".join(f"{step:.1f}" for step in steps), f"{growth:.2f}"),
            *(ms(per_10_kb), times(spent[-1] / floor[-1])),
            f"< {ms(P95_BAR_S)}, ≤ {GROWTH_BAR}",
            verdict(met=per_10_kb < P95_BAR_S and growth <= GROWTH_BAR),
        )
    report.publish()


def _least(function: Callable[..., object], *arguments: object) -> float:
    """The least processor time, which other programs hardly change."""
    found = []
    for _ in range(ROUNDS):
        started = time.process_time()
        function(*arguments)
        found.append(time.process_time() - started)
    return min(found)


def _timed(function: Callable[..., object], *arguments: object) -> float:
    started = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - started


def _differences(before: str, after: str) -> None:
    lines = before.split("\n"), after.split("\n")
    difflib.SequenceMatcher(None, *lines, autojunk=False).get_opcodes()


def _module(size: int) -> str:
    part = "def f_{n}(a, b):\n    total_{n} = a + b\n    if total_{n} > {n}:\n        return a\n    return b\n\n\n"
    found: list[str] = []
    length = number = 0
    while length < size:
        found.append(part.format(n=number))
        length += len(found[-1])
        number += 1
    return "".join(found)


def _region(text: str) -> Region:
    path = ROOT / "long.py"
    view = View(f"file://{path}", text, Policy(), language="python", path=path, root=ROOT)
    return Region(view, range(len(view.index)))


_SMALL = _region(_module(2_000))
_THOUGHT = "Let me see.\n"
_BLOCK = "<<<<<<< SEARCH\n    total_3 = a + b\n=======\n    total_3 = a - b\n>>>>>>> REPLACE\n"


def _whole_file(size: int) -> tuple[str, Region]:
    text = _module(size)
    return f"```python\n{text.replace('a + b', 'a - b')}```\n", _region(text)


def _block_in_long_file(size: int) -> tuple[str, Region]:
    return _BLOCK, _region(_module(size))


def _block_behind(piece: str) -> Callable[[int], tuple[str, Region]]:
    return lambda size: (piece * (size // len(piece)) + "\n" + _BLOCK, _SMALL)


def _only(piece: str) -> Callable[[int], tuple[str, Region]]:
    return lambda size: (piece * (size // len(piece)), _SMALL)


_LONG: dict[str, tuple[str, Callable[[int], tuple[str, Region]]]] = {
    "A whole file": ("whole_file", _whole_file),
    "One block, and a file of this size": ("search_replace", _block_in_long_file),
    "One block behind sentences": ("search_replace", _block_behind("The total is wrong. ")),
    "One block behind thoughts": (
        "search_replace",
        lambda size: (f"<think>\n{_THOUGHT * (size // len(_THOUGHT))}</think>\n{_BLOCK}", _SMALL),
    ),
    "Unclosed braces": ("json", _only('{"a": ')),
    "Hunks that fit nowhere": ("unified_diff", _only("@@ -1 +1 @@\n-x\n+y\n")),
    "Search marks": ("search_replace", _only("<<<<<<< SEARCH\n")),
    "Patches": ("apply_patch", _only("*** Begin Patch\n*** Update File: long.py\n@@\n")),
    "Fences": ("region", _only("```python\n")),
    "Blank lines": ("", _only("\n")),
}
