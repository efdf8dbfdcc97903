"""Repairs of the kinds that may be applied unseen from the start, and how many were right."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.benchmarks.report import Report, verdict
from understudy.core.binomial import lower_bound
from understudy.engine.strata import CERTAIN, SHIPPED


@dataclass
class Kinds:
    """By the gate's kind, how many repairs gave the same code and how many there were."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def judge(self, kind: str, *, right: bool) -> None:
        """Count a repair for its kind, if that is one that may be applied unseen from the start."""
        if kind in SHIPPED:
            counts = self.counts.setdefault(kind, [0, 0])
            counts[0] += right
            counts[1] += 1

    def report(self) -> Report:
        """What the kinds that may be applied unseen were worth."""
        report = Report(
            "bench_repair_kinds",
            "Repairs that may be applied unseen",
            "The same broken functions. What is right gave the code that was there before; the lower "
            "bound is exact (Clopper and Pearson), at 95 %.",
            ("Kind", "Right", "Of", "Lower bound", "Shipped counts", "Bar", "Verdict"),
        )
        for kind, (good, total) in sorted(self.counts.items()):
            bound, shipped = lower_bound(good, total), SHIPPED[kind]
            report.add(
                *(f"`{kind}`", str(good), str(total), f"{bound:.1%}"),
                *(f"{shipped.good} of {shipped.total}", f"≥ {CERTAIN:.0%}"),
                verdict(met=bound >= CERTAIN),
            )
        return report
