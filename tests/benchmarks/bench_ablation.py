"""What each tier of context is worth: the recall of `bench_recall.py` without it.

The same functions of the same held-out packages; tokens are counted by the estimate. A tier whose
pieces serve other ends than names, such as the project's rules, can only cost here.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.peer import installed
from tests.benchmarks.recall.cases import PACKAGES, cases
from tests.benchmarks.recall.ours import is_shown, others, shown_of
from tests.benchmarks.report import Report
from understudy.context.items import Tier
from understudy.context.packing import pack
from understudy.models.token_estimate import estimated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.recall.cases import Case

BUDGETS = (1_000, 2_000)
WITHOUT: tuple[Tier | None, ...] = (
    None,
    *(tier for tier in get_args(Tier) if tier != "target_file"),
)
"""The file that is worked on is counted nowhere, so it is not taken away."""

Key = tuple[Tier | None, int]


def main() -> None:
    peer = installed("aider-chat")
    if peer.python is None:
        raise SystemExit(f"There are no cases without jedi. {peer.why_not}")
    report = Report(
        "bench_ablation",
        "What each tier of context is worth",
        "The recall of the section on recall, same functions and packages, when one tier is taken"
        " away before packing; in brackets, what that changes. Tokens are estimated.",
        (
            *("Language", "Without"),
            *(f"Recall @{budget:,}" for budget in BUDGETS),
            *(f"tokens @{budget:,}" for budget in BUDGETS),
        ),
    )
    for language in PACKAGES:
        _measure(report, language, cases(language, "held-out", peer.python))
    report.notes.append(
        "The pieces of `patterns`, `examples` and `full_files` are no definitions that are needed, or"
        " are so by accident: what they are for, this bench can't see. Where recall rises without"
        " them, they took the room of something that was needed."
    )
    report.publish()


def _measure(report: Report, language: str, found: Sequence[Case]) -> None:
    hits, tokens = Counter[Key](), Counter[Key]()
    for case in found:
        items = others(case, estimated)
        for tier in WITHOUT:
            kept = [item for item in items if item.tier != tier]
            for budget in BUDGETS:
                shown = shown_of(pack(kept, budget, estimated, here=case.path))
                hits[tier, budget] += sum(is_shown(case, one, shown) for one in case.needed)
                tokens[tier, budget] += shown.tokens
    needed = sum(len(case.needed) for case in found)
    for tier in WITHOUT:
        recalls = [hits[tier, budget] / needed for budget in BUDGETS]
        changes = [(hits[tier, budget] - hits[None, budget]) / needed for budget in BUDGETS]
        told = [
            f"{recall:.3f}" + (f" ({change:+.3f})" if change else "")
            for recall, change in zip(recalls, changes, strict=True)
        ]
        means = [f"{tokens[tier, budget] / len(found):.0f}" for budget in BUDGETS]
        report.add(language, f"`{tier}`" if tier else "nothing", *told, *means)


if __name__ == "__main__":
    main()
