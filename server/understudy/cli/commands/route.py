"""`understudy route`: which models are asked, in which order, and why."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.cli import Command
from understudy.core.failures import BadRequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from understudy.engine.router import Rejected, Route
    from understudy.engine.setup import Setup
    from understudy.engine.situation import Situation
    from understudy.tasks import Task

_MOST_ALIKE = 3
"""How many models are named beside the first one of which the same is said."""


def _configure(parser: ArgumentParser) -> None:
    topics = parser.add_subparsers(title="topics", metavar="<topic>", required=True)
    explain = topics.add_parser("explain", help="print which models are asked for a task, and why")
    explain.add_argument("--task", default="fix", metavar="ID", help="the task (default: fix)")
    explain.add_argument("--model", metavar="ID", help="as if this model were asked for")
    explain.add_argument("--json", action="store_true", help="print one JSON object")
    explain.add_argument(
        "--path", type=Path, default=Path(), metavar="DIR", help="the workspace folder"
    )
    explain.set_defaults(topic=_explain)


def _run(arguments: Namespace) -> int:
    code: int = arguments.topic(arguments)
    return code


def _explain(arguments: Namespace) -> int:
    from understudy.engine.router import route
    from understudy.engine.setup import set_up
    from understudy.workspace.roots import root_of

    path = arguments.path.resolve()
    if not path.is_dir():
        raise BadRequestError(f"`{path}` is not a folder.")
    setup = set_up(root_of(path))
    task = _task(arguments.task)
    found = route(task, setup.settings, arguments.model, _situation(setup))
    if arguments.json:
        sys.stdout.write(json.dumps(_as_json(task, found), indent=2) + "\n")
    else:
        _print(task, found)
    return 0 if found.models else 1


def _task(name: str) -> Task:
    from understudy.tasks import all_tasks

    tasks = all_tasks()
    if name not in tasks:
        known = ", ".join(f"`{one}`" for one in tasks)
        raise BadRequestError(f"There is no task `{name}`. Known tasks: {known}.")
    return tasks[name]


def _situation(setup: Setup) -> Situation:
    from understudy.config.paths import journal_file
    from understudy.engine.situation import CODING, Situation, situate
    from understudy.journal.ledger import Ledger

    settings = setup.settings
    path = journal_file()
    # Looking is no reason to make a journal.
    there = settings.journal.enabled and path.exists()
    ledger = Ledger(path if there else None, cooldown_s=settings.cascade.cooldown_seconds)
    layers = {key: layer.value for key, layer in setup.resolved.provenance.items()}
    try:
        return situate(settings, setup.policy, ledger, Situation(needs=CODING, layers=layers))
    finally:
        ledger.close()


def _print(task: Task, found: Route) -> None:
    from understudy.cli.tables import print_table
    from understudy.cli.text import printable

    chain = " → ".join(found.models) or "no model"
    lines = [f"{task.id}: {chain}", f"Chosen by: {found.provenance}"]
    lines += [f"Warning: {found.warning}"] if found.warning else []
    lines += _not_asked(found.rejected)
    sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))
    if found.scores:
        rows = [
            (
                one.model,
                f"{one.total:.3f}",
                f"{one.success:.3f}",
                f"-{one.cost:.3f}",
                f"-{one.latency:.3f}",
            )
            for one in found.scores
        ]
        print_table(("Model", "Score", "Success", "Cost", "Latency"), rows)


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


def _as_json(task: Task, found: Route) -> dict[str, Any]:
    return {
        "task": task.id,
        "models": list(found.models),
        "provenance": found.provenance,
        "warning": found.warning or None,
        "rejected": [{"model": one.model, "why": one.why} for one in found.rejected],
        "scores": [{**asdict(one), "total": one.total} for one in found.scores],
    }


COMMAND = Command(
    id="route",
    help="Show which models are asked, in which order, and why",
    configure=_configure,
    run=_run,
)
