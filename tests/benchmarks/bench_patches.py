"""The gate on patches that are known to be right or wrong, by the real checkers of four languages.

`bench_patches.py --list` prints each patch with its verdict instead; languages may be named.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.patch_ablation import EVIDENCE, without
from tests.benchmarks.patch_figures import (
    Scored,
    aurc,
    auroc,
    base_rate_shift,
    calibration,
    risk_coverage,
    tier,
)
from tests.benchmarks.report import Report, verdict
from tests.patch_cases import LANGUAGES, patches
from tests.patch_gate import JudgedPatch, judged
from tests.patch_proof import faults
from tests.patch_tools import missing_for
from understudy.engine.evidence import BANDS, Band

_NAME = "bench_patches"


def main(arguments: list[str]) -> None:
    named = [one for one in arguments if one in LANGUAGES] or LANGUAGES
    languages = [one for one in named if not missing_for(one)]
    found = asyncio.run(judged([one for name in languages for one in patches(name)]))
    if "--list" in arguments:
        for one in sorted(found, key=lambda one: (one.patch.label, one.trial.verdict.score)):
            verdict_on = one.trial.verdict
            print(f"{one.patch.label:5} {one.patch.kind:11} {verdict_on.band.value:7}", end=" ")
            print(f"{verdict_on.score:.3f} {one.patch.id} {' '.join(verdict_on.hard_stops)}")
        return
    parts = {
        "All": found,
        "Tuning half": [one for one in found if one.patch.base.part == "tuning"],
        "Held-out half": [one for one in found if one.patch.base.part == "held-out"],
    }
    bands(parts, {one: missing_for(one) for one in LANGUAGES if one not in languages})
    scores(parts)
    curve(parts)
    ablation(parts["Held-out half"])


def bands(parts: dict[str, list[JudgedPatch]], lost: dict[str, str]) -> None:
    """How many right and wrong patches come to each band, and whether the bar is met."""
    report = Report(
        _NAME,
        "The gate on right and wrong patches",
        "Every patch of `tests/corpus/patches` through the gate as `understudy gate --jsonl --auto`"
        " judges it, with the real checkers. In each band: right + wrong ones. Labels are proved by"
        " the languages' own tools and by running what the patch is to do.",
        ("Patches", "Number", *(band.value for band in BANDS), "Automatic tier: right", *_BARS),
    )
    for name, found in parts.items():
        report.add(name, *_counts(found), "", "")
        if name == "All":
            for language in LANGUAGES:
                own = [one for one in found if one.patch.base.language == language]
                if own:
                    report.add(f"… {language}", *_counts(own))
    report.add(*_bar(parts["All"]))
    kinds = Counter(
        one.patch.kind
        for one in parts["All"]
        if not one.is_right and one.trial.verdict.band in {Band.AUTO, Band.CONFIRM}
    )
    of = Counter(one.patch.kind for one in parts["All"] if not one.is_right)
    told = ", ".join(f"{kind} {kinds[kind]} of {of[kind]}" for kind in sorted(of))
    report.notes.append(f"Wrong patches that reach `confirm` or better, by kind: {told}.")
    if lost:
        report.notes.append(f"Not judged: {' '.join(lost.values())}")
    report.publish()


_BARS = ("Bar", "Verdict")


def _counts(found: list[JudgedPatch]) -> tuple[str, ...]:
    counted = Counter((one.trial.verdict.band, one.is_right) for one in found)
    cells = [f"{counted[band, True]} + {counted[band, False]}" for band in BANDS]
    auto = tier(_scored(found), Band.AUTO)
    told = "none came to it"
    if auto.precision is not None:
        told = (
            f"{auto.right} of {auto.total}, at least {auto.bound:.1%}; covers {auto.coverage:.0%}"
        )
    return f"{len(found)}", *cells, told


def _bar(found: list[JudgedPatch]) -> tuple[str, ...]:
    """Whether everything is blocked of which a language's own tools say that it is no repair."""
    languages = {one.patch.base.language for one in found}
    known = {name: fault for language in languages for name, fault in faults(language).items()}
    faulty = [one for one in found if one.patch.id in known and known[one.patch.id].by == "tool"]
    free = [one.patch.id for one in faulty if one.trial.verdict.band is not Band.BLOCK]
    for name in free:
        print(f"above `block`: {name}: {known[name].text}")
    name = "Do not parse, keep their diagnostic or bring one"
    cells = ("", "", "", f"0 + {len(faulty) - len(free)}", "")
    return name, f"{len(faulty)}", *cells, "all are blocked", verdict(met=not free)


def scores(parts: dict[str, list[JudgedPatch]]) -> None:
    """How well the scores order the patches, and how far they are from what is."""
    shift = base_rate_shift(_offered(parts["Tuning half"]))
    report = Report(
        f"{_NAME}_scores",
        "The gate's scores on right and wrong patches",
        "Over all patches, where those that a hard stop rejects stand last, and over those that none"
        " rejects. Expected calibration error (ECE) by 10 bins of equal mass. *Moved*: with"
        f" {shift:+.2f} added to the log-odds, fitted to the tuning half, which has fewer right"
        " patches than models write.",
        (
            *("Patches", "Number", "Right", "AUROC", "AURC", "ECE", "Brier", "Brier skill"),
            *("ECE moved", "Brier moved", "Skill moved"),
        ),
    )
    for name, found in parts.items():
        for kind, own in (("all", _scored(found)), ("not rejected", _offered(found))):
            plain, moved = calibration(own), calibration(own, shift)
            report.add(
                f"{name}, {kind}",
                f"{plain.total}",
                f"{plain.good / plain.total:.1%}",
                *map(_three, (auroc(own), aurc(own), plain.ece, plain.brier, plain.skill)),
                *map(_three, (moved.ece, moved.brier, moved.skill)),
            )
    report.publish()


def curve(parts: dict[str, list[JudgedPatch]]) -> None:
    """The risk-coverage curve."""
    report = Report(
        f"{_NAME}_curve",
        "Risk by coverage of right and wrong patches",
        "The best patches by their score, and the share of wrong ones among them. Of equal scores"
        " the wrong ones are taken first. A gate that knew all would have no risk up to the share of"
        " right ones.",
        ("Coverage", *(f"{name}: risk (lowest score)" for name in parts)),
    )
    curves = [risk_coverage(_scored(found)) for found in parts.values()]
    for steps in zip(*curves, strict=True):
        report.add(f"{steps[0][0]:.0%}", *(f"{risk:.1%} ({low:.2f})" for _, risk, low in steps))
    report.publish()


def ablation(found: list[JudgedPatch]) -> None:
    """What is lost without each kind of evidence."""
    report = Report(
        f"{_NAME}_ablation",
        "What each kind of evidence is worth",
        "The held-out half judged without one kind of evidence: its coefficient is 0, or, of what"
        " rejects outright, nobody looked and all seems well.",
        ("Without", "AUROC", "Change", "Wrong not rejected", "Automatic tier: right", "At least"),
    )
    whole = auroc(_scored(found)) or 0.0
    report.add("nothing left out", f"{whole:.3f}", "", *_tiers(_scored(found)))
    for evidence in EVIDENCE:
        left = without(evidence, found)
        area = auroc(left) or 0.0
        report.add(evidence.name, f"{area:.3f}", f"{area - whole:+.3f}", *_tiers(left))
    report.publish()


def _tiers(found: list[Scored]) -> tuple[str, ...]:
    auto = tier(found, Band.AUTO)
    wrong = sum(one.is_offered and not one.is_right for one in found)
    return f"{wrong}", f"{auto.right} of {auto.total}", f"{auto.bound:.1%}"


def _scored(found: list[JudgedPatch]) -> list[Scored]:
    return [Scored(one.patch.id, one.trial.verdict, one.is_right) for one in found]


def _offered(found: list[JudgedPatch]) -> list[Scored]:
    return [one for one in _scored(found) if one.is_offered]


def _three(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main(sys.argv[1:])
