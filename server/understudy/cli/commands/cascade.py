"""`understudy cascade`: what would happen if models failed, and what their order saved."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.cli import Command
from understudy.cli.cascade_report import print_report
from understudy.cli.last_days import add_days
from understudy.core.failures import BadRequestError
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from understudy.config.settings import Settings
    from understudy.engine.cascade import Decision
    from understudy.engine.script import Scripted
    from understudy.engine.simulation import Simulation
    from understudy.models.registry import Model

_MOST_BYTES = 1_000_000


def _configure(parser: ArgumentParser) -> None:
    topics = parser.add_subparsers(title="topics", metavar="<topic>", required=True)
    simulate = topics.add_parser("simulate", help="print what a list of failures would lead to")
    simulate.add_argument(
        "script",
        metavar="FILE",
        help='one JSON object a line, as `{"model": "acme/a", "category": "type_error"}`;'
        " `-` reads standard input",
    )
    simulate.add_argument(
        "--model",
        action="append",
        default=[],
        dest="models",
        metavar="ID",
        help="a model of the chain, repeated in its order; the configured route without it",
    )
    simulate.add_argument("--yes", action="store_true", help="agree to what would be asked")
    simulate.set_defaults(topic=_simulate)
    report = topics.add_parser(
        "report", help="print what asking cheaper models first saved, as the journal has it"
    )
    add_days(report)
    report.set_defaults(topic=print_report)
    for topic in (simulate, report):
        topic.add_argument("--json", action="store_true", help="print one JSON object")
        topic.add_argument(
            "--path", type=Path, default=Path(), metavar="DIR", help="the workspace folder"
        )


def _run(arguments: Namespace) -> int:
    code: int = arguments.topic(arguments)
    return code


def _simulate(arguments: Namespace) -> int:
    from understudy.cli.configured import configured_at
    from understudy.cli.text import printable
    from understudy.engine.script import read_script
    from understudy.engine.simulation import simulate, trace_lines

    settings = configured_at(arguments.path).settings
    script = read_script(_text(arguments.script))
    order = _order(arguments.models, settings)
    _require_models(script, order)
    simulation = simulate(order, script, settings, agrees=arguments.yes)
    if arguments.json:
        sys.stdout.write(strict_json(_as_json(simulation), indent=2) + "\n")
    else:
        sys.stdout.write("".join(f"{printable(line)}\n" for line in trace_lines(simulation)))
    return 0 if simulation.passed else 1


def _text(name: str) -> str:
    from understudy.core.plain_files import read_plain

    try:
        if name == "-":
            return sys.stdin.read(_MOST_BYTES)
        return read_plain(Path(name), _MOST_BYTES).decode()
    except (OSError, ValueError) as failure:
        why = getattr(failure, "strerror", None) or "it is no UTF-8"
        raise BadRequestError(f"`{name}` can't be read: {why}.") from failure


def _order(names: list[str], settings: Settings) -> list[Model]:
    from understudy.cli.text import printable
    from understudy.engine.router import route
    from understudy.engine.simulation import unknown_model
    from understudy.models.meant import no_such_model
    from understudy.models.registry import find_model
    from understudy.tasks.fix import TASK

    wanted = names or route(TASK, settings).models
    found = {name: find_model(settings, name) for name in wanted}
    for name in (name for name, model in found.items() if model is None):
        sys.stderr.write(
            f"understudy: {printable(no_such_model(name, settings))} It is taken for a cloud's"
            " model of unknown price.\n"
        )
    return [found[name] or unknown_model(name) for name in wanted]


def _require_models(script: Iterable[Scripted], order: Iterable[Model]) -> None:
    """Refuse a script of which a part could never happen, which is a slip as a rule."""
    ids = [model.id for model in order]
    strange = dict.fromkeys(one.model for one in script if one.model not in {"", *ids})
    if strange:
        named = ", ".join(f"`{model}`" for model in strange)
        there = ", ".join(f"`{model}`" for model in ids) or "none"
        raise BadRequestError(
            f"The script tells of {named}, and the models that are asked are {there}. Name each"
            " with `--model`, in its order."
        )


def _as_json(simulation: Simulation) -> dict[str, Any]:
    return {
        "passed": simulation.passed or None,
        "calls": simulation.calls,
        "seconds": simulation.seconds,
        "trace": [_decision(one) for one in simulation.trace],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    step = decision.step
    return {
        "failed": decision.failed or None,
        "category": decision.category.value if decision.category else None,
        "fingerprint": decision.fingerprint or None,
        "action": step.action,
        "model": step.model or None,
        "how": step.how if step.model else None,
        "afterS": step.after_s,
        "why": step.why,
        "line": step.line,
    }


COMMAND = Command(
    id="cascade",
    help="Show what would happen if models failed, and what their order saved",
    configure=_configure,
    run=_run,
)
