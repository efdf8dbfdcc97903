"""Why these models, in words and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from understudy.core.plural import price
from understudy.core.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.engine.plans import Plan
    from understudy.engine.route import Rejected, Route
    from understudy.engine.scoring import Score
    from understudy.engine.why_route import Explained

_MOST_ALIKE = 3
"""How many models are named beside the first one of which the same is said."""
_HEADINGS = ("Model", "Score", "Success", "Prior", "Runs", "Cost", "Latency", "Words")
_PLAN_HEADINGS = ("Plan", "Worth", "Success", "Cost", "Latency")

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""Headings, and the rows below them."""


def route_lines(found: Explained) -> Iterator[str]:
    """The choice and where it comes from, without the scores."""
    chosen = found.route
    yield in_short(found)
    yield f"Chosen by: {chosen.provenance}"
    if chosen.together:
        yield f"Asked at the same time: {' and '.join(chosen.together)}"
    if chosen.warning:
        yield f"Warning: {chosen.warning}"
    yield from _not_asked(chosen.rejected)
    if found.features.words:
        named = ", ".join(found.features.words)
        yield f"The request reads {found.features.difficulty}: {named}"
    if found.share:
        who = f"ask {found.explores} first" if found.explores else "would ask another model first"
        yield f"Exploring: {found.share:.1%} of these requests {who}"
    for one in found.counts:
        yield f"Failed here of late: {one.model} {one.category} {one.number}x"
    for each in found.windows:
        yield f"Learned: {each.model} has a window of {each.tokens:,} tokens, not {each.before:,}"


def tables(chosen: Route) -> Iterator[Table]:
    """The plans that were compared, and the models; none where nothing was.

    A model's score is success less cost, latency and what the words take. Runs are told with what
    they weigh for this task and language, after they faded. Of a plan it is told what is expected
    until it ends, with the offline model before it.
    """
    if chosen.plans:
        yield _PLAN_HEADINGS, [_of_plan(one) for one in chosen.plans]
    if chosen.scores:
        yield _HEADINGS, [_of_score(one) for one in chosen.scores]


def _of_plan(plan: Plan) -> tuple[str, ...]:
    return (
        plan.name,
        f"{plan.total:.3f}",
        f"{plan.success:.3f}",
        f"-{plan.cost:.3f} ({price(plan.usd)})",
        f"-{plan.latency:.3f} ({plan.seconds:.1f} s)",
    )


def _of_score(one: Score) -> tuple[str, ...]:
    return (
        one.model,
        f"{one.total:.3f}",
        f"{one.success:.3f}" + (f" ± {one.spread:.2f}" if one.count else ""),
        f"{one.prior:.2f}",
        f"{one.count} ({one.runs:.1f})" if one.count else "0",
        f"-{one.cost:.3f} ({price(one.usd)})",
        f"-{one.latency:.3f} ({one.seconds:.1f} s)",
        f"{-one.words:+.3f}" if one.words else "0",
    )


def route_text(found: Explained) -> str:
    """All of it as plain text."""
    lines = [*route_lines(found)]
    for headings, rows in tables(found.route):
        lines += ["", *plain_table([headings, *rows])]
    return "".join(f"{line}\n" for line in lines)


def in_short(found: Explained) -> str:
    """The task and its models on one line."""
    return f"{found.task.id}: {' → '.join(found.route.models) or 'no model'}"


def _not_asked(rejected: Iterable[Rejected]) -> Iterator[str]:
    """One line for all models of which the same is to be said; most lack the same key or consent."""
    alike: dict[str, list[str]] = {}
    for one in rejected:
        alike.setdefault(one.why, []).append(one.model)
    for why, models in alike.items():
        others = models[1 : _MOST_ALIKE + 1]
        more = len(models) - 1 - len(others)
        named = ", ".join([*others, *([f"{more} more"] if more else [])])
        yield f"Not asked: {models[0]} {why}" + (f"; so it is with {named}" if named else "")


def as_json(found: Explained) -> dict[str, Any]:
    """The same for programs. Lists are empty where there is nothing to tell."""
    chosen = found.route
    return {
        "task": found.task.id,
        "language": found.inquiry.language or None,
        "models": list(chosen.models),
        "provenance": chosen.provenance,
        "warning": chosen.warning or None,
        "rejected": [{"model": one.model, "why": one.why} for one in chosen.rejected],
        "together": list(chosen.together),
        "plans": [{**asdict(one), "name": one.name, "total": one.total} for one in chosen.plans],
        "scores": [{**asdict(one), "total": one.total} for one in chosen.scores],
        "request": {"difficulty": found.features.difficulty, "words": list(found.features.words)},
        "exploration": {"share": found.share, "model": found.explores or None},
        "failures": [asdict(one) for one in found.counts],
        "windows": [asdict(one) for one in found.windows],
    }
