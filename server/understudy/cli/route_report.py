"""`understudy route evaluate`: the router's choices, made again for every recorded run."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from understudy.core.plural import plural, price

if TYPE_CHECKING:
    from argparse import Namespace

    from understudy.engine.replay import Evaluation, Replayed, TooFew, Worth


def print_evaluation(arguments: Namespace) -> int:
    """Print regret and gain by task; exit code 1 where nothing can be compared yet."""
    from understudy.cli.configured import configured_at
    from understudy.config.paths import journal_file
    from understudy.engine.replay import evaluate
    from understudy.journal.trials import trials

    settings = configured_at(arguments.path).settings
    found = evaluate(trials(journal_file()), settings)
    if arguments.json:
        strategy = settings.routing.strategy
        sys.stdout.write(json.dumps(_as_json(found, strategy), indent=2) + "\n")
    else:
        _print(found)
    return 0 if found.replayed else 1


def _print(found: Evaluation) -> None:
    from understudy.cli.tables import print_table

    for task in found.replayed:
        sys.stdout.write(_sentence(task))
        print_table(
            ("Model", "Runs", "Success", "A run cost", "Chosen"),
            [_row(one, dict(task.choices)) for one in task.models],
        )
        sys.stdout.write("\n")
    if not found.too_few and not found.replayed:
        sys.stdout.write("No run that says something about a model has been recorded yet.\n")
    for few in found.too_few:
        sys.stdout.write(_lacking(few))


def _sentence(task: Replayed) -> str:
    return (
        f"{task.task}: the choices for {plural(task.runs, 'run')} succeed in {task.success:.0%};"
        f" always {task.best.model} (best): {task.best.success:.0%}, regret"
        f" {100 * task.regret:.1f} points; always {task.cheapest.model} (cheapest):"
        f" {task.cheapest.success:.0%}, gain {100 * task.gain:.1f} points.\n"
    )


def _row(worth: Worth, choices: dict[str, int]) -> tuple[str, ...]:
    success = f"{worth.success:.0%}"
    return (
        *(worth.model, str(worth.runs), success, price(worth.usd)),
        str(choices.get(worth.model, 0)),
    )


def _lacking(few: TooFew) -> str:
    from understudy.engine.replay import ENOUGH

    counts = ", ".join(f"{one.model} has {one.runs}" for one in few.models)
    return (
        f"{few.task}: too little to compare: two models with {plural(ENOUGH, 'run')} each are"
        f" needed, which is {plural(few.needed, 'run')} more ({counts}).\n"
    )


def _as_json(found: Evaluation, strategy: str) -> dict[str, Any]:
    return {
        "trials": found.trials,
        "strategy": strategy,
        "tasks": [_task(one) for one in found.replayed],
        "tooFew": [
            {
                "task": one.task,
                "runsNeeded": one.needed,
                "models": [_worth(each) for each in one.models],
            }
            for one in found.too_few
        ],
    }


def _task(task: Replayed) -> dict[str, Any]:
    return {
        "task": task.task,
        "runs": task.runs,
        "success": task.success,
        "alwaysBest": _worth(task.best),
        "alwaysCheapest": _worth(task.cheapest),
        "regret": task.regret,
        "gain": task.gain,
        "choices": dict(task.choices),
        "models": [_worth(one) for one in task.models],
    }


def _worth(worth: Worth) -> dict[str, Any]:
    return {**asdict(worth), "success": worth.success}
