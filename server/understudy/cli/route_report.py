"""`understudy route evaluate`: the router's choices, made again for every recorded run."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from understudy.core.plural import plural, price
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from understudy.engine.replayed import (
        Evaluation,
        Margin,
        Record,
        Replayed,
        Row,
        TooFew,
        Unknown,
    )

_HEADINGS = ("Choice", "Models", "First", "Success", "A run costs", "Takes", "Worth", "Asked")
_MOST_CHOICES = 5
_MOST_UNKNOWN = 5
_UNKNOWN = (
    "What a model that was not asked would have done is known to nobody. It is expected to do what it"
    " did at the same task, in the same language and around the same time; where it was never asked,"
    " what it did elsewhere. The router decided who was asked, so a model that was left early, or only"
    " got what others had failed at, may be better or worse than it looks, and `±` (two standard"
    " deviations) says how few runs there are, and nothing about that."
)


def print_evaluation(arguments: Namespace) -> int:
    """Print by task what the choices are worth; exit code 1 where nothing can be compared yet."""
    from understudy.cli.configured import configured_at
    from understudy.config.paths import journal_file
    from understudy.engine.replay import evaluate
    from understudy.journal.trials import trials

    settings = configured_at(arguments.path).settings
    found = evaluate(trials(journal_file()), settings)
    strategy = settings.routing.strategy
    if arguments.json:
        sys.stdout.write(strict_json(_as_json(found, strategy), indent=2) + "\n")
    else:
        _print(found, strategy)
    return 0 if found.replayed else 1


def _print(found: Evaluation, strategy: str) -> None:
    for one in found.replayed:
        _print_one(one)
    if found.together is not None:
        _print_one(found.together)
    if found.replayed:
        _say(f"Worth is success less what cost and time take off by `{strategy}`. {_UNKNOWN}")
    if not found.too_few and not found.replayed:
        _say("No run that says something about a model has been recorded yet.")
    for few in found.too_few:
        _say(_lacking(few))
    if found.never and found.trials:
        _say(f"Not known, since no run asked them: {_some(found.never, _MOST_UNKNOWN)}.")


def _print_one(task: Replayed) -> None:
    """One task, or all together."""
    from understudy.cli.tables import print_table

    _say(f"{task.task or 'All tasks'}: {plural(task.runs, 'run')}")
    print_table(_HEADINGS, [_cells(*each) for each in _rows(task)])
    for line in _lines(task):
        _say(line)
    _say("")


def _rows(task: Replayed) -> Iterator[tuple[str, str, Row]]:
    """What is compared: what it is called, its models, and what it is worth."""
    yield "the router", "see below", task.router
    yield "best fixed plan", task.best.name, task.best
    yield "best single model", task.model.name, task.model
    yield "cheapest model", task.cheapest.name, task.cheapest
    yield "oracle", task.oracle.name, task.oracle


def _cells(called: str, models: str, row: Row) -> tuple[str, ...]:
    return (
        *(called, models, f"{row.first:.0%}", f"{row.success:.0%}"),
        *(price(row.usd), f"{row.seconds:.1f} s", f"{row.value:.3f}", str(row.asked)),
    )


def _lines(task: Replayed) -> Iterator[str]:
    """What follows from the rows, what was chosen, and what is behind all of it."""
    over = f"always {task.best.name} (best fixed plan)"
    yield f"Gain in worth over {over}: {points(task.gain)}."
    over = f"those of always {task.model.name} (best single model)"
    yield f"Gain of first choices in success over {over}: {points(task.first_gain)}."
    chosen = [f"{name} ({number})" for name, number in task.choices]
    yield f"Chosen: {_some(chosen, _MOST_CHOICES)}."
    yield f"Recorded: {', '.join(_recorded(one) for one in task.models)}."
    if task.unknown:
        told = _some([seldom(one) for one in task.unknown], _MOST_UNKNOWN)
        yield f"Not known: {told}. The gains say little about what these would have done."


def points(margin: Margin) -> str:
    """A gain in words: in tenths of points, with its error, and whether it says anything."""
    told = f"{100 * margin.by:+z.1f} ± {100 * margin.error:.1f} points"
    return told if margin.sure else f"{told}, no more than chance may do"


def _some(told: Sequence[str], most: int) -> str:
    """The first of several, and how many more there are."""
    more = len(told) - most
    return ", ".join([*told[:most], *([f"{more} more"] if more > 0 else [])])


def seldom(one: Unknown) -> str:
    """How seldom a model was asked, in words."""
    where = f" in {one.language}" if one.language else ""
    return f"{one.model} was asked {plural(one.runs, 'time')}{where}"


def _recorded(one: Record) -> str:
    return f"{one.model} succeeded in {one.good / one.runs:.0%} of {plural(one.runs, 'run')}"


def _lacking(few: TooFew) -> str:
    from understudy.engine.replayed import ENOUGH

    counts = ", ".join(f"{one.model} has {one.runs}" for one in few.models)
    return (
        f"{few.task}: too little to compare: two models with {plural(ENOUGH, 'run')} each are"
        f" needed, which is {plural(few.needed, 'run')} more ({counts})."
    )


def _say(line: str) -> None:
    from understudy.cli.text import printable

    sys.stdout.write(f"{printable(line)}\n")


def _as_json(found: Evaluation, strategy: str) -> dict[str, Any]:
    """The same for programs. Shares and worth are of 1, gains too."""
    together = found.together
    return {
        "trials": found.trials,
        "strategy": strategy,
        "note": _UNKNOWN,
        "tasks": [_task(one) for one in found.replayed],
        "allTasks": None if together is None else _task(together),
        "tooFew": [
            {
                "task": one.task,
                "runsNeeded": one.needed,
                "models": [asdict(each) for each in one.models],
            }
            for one in found.too_few
        ],
        "neverAsked": list(found.never),
    }


def _task(task: Replayed) -> dict[str, Any]:
    return {
        "task": task.task or None,
        "runs": task.runs,
        "router": asdict(task.router),
        "bestPlan": asdict(task.best),
        "bestModel": asdict(task.model),
        "cheapest": asdict(task.cheapest),
        "oracle": asdict(task.oracle),
        "gain": _margin(task.gain),
        "firstGain": _margin(task.first_gain),
        "plans": [asdict(one) for one in task.plans],
        "choices": dict(task.choices),
        "models": [asdict(one) for one in task.models],
        "unknown": [asdict(one) for one in task.unknown],
    }


def _margin(margin: Margin) -> dict[str, Any]:
    return {**asdict(margin), "sure": margin.sure}
