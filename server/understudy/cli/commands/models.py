"""`understudy models`: which models there are, and whether they can be asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.core.failures import BadRequestError
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from understudy.cli.checkup_view import Examined
    from understudy.engine.discovery import Discovery
    from understudy.engine.setup import Setup
    from understudy.models.importing import Figure
    from understudy.models.model import Model
    from understudy.models.refresh import Change

_MOST_CHANGES = 60
_MOST_DOUBTS = 20
_MOST_SHOWN = 40


def _configure(parser: ArgumentParser) -> None:
    parser.set_defaults(topic=_list, all=False, json=False, path=Path())
    topics = parser.add_subparsers(title="topics", metavar="<topic>")
    listing = topics.add_parser("list", help="list the models that can be asked")
    listing.add_argument("--all", action="store_true", help="list the whole catalogue")
    listing.set_defaults(topic=_list)
    info = topics.add_parser("info", help="print all about one model, and where it is from")
    info.add_argument("model", metavar="ID", help="a model's id or alias")
    info.set_defaults(topic=_info)
    doctor = topics.add_parser("doctor", help="look whether models can be asked")
    doctor.add_argument("models", nargs="*", metavar="ID", help="these models alone")
    doctor.add_argument("--ping", action="store_true", help="ask each one for a few tokens")
    doctor.set_defaults(topic=_doctor)
    discover = topics.add_parser("discover", help="look for model servers on this machine")
    discover.set_defaults(topic=_discover)
    for topic in (listing, info, doctor, discover):
        topic.add_argument("--json", action="store_true", help="print one JSON object")
        topic.add_argument(
            "--path", type=Path, default=Path(), metavar="DIR", help="the workspace folder"
        )
    refresh = topics.add_parser(
        "refresh", help="take prices and limits from a newer package or file"
    )
    refresh.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a wheel of litellm, its table of models, or the api.json of models.dev",
    )
    refresh.add_argument("--yes", action="store_true", help="do not ask")
    refresh.set_defaults(topic=_refresh)


def _run(arguments: Namespace) -> int:
    code: int = arguments.topic(arguments)
    return code


def _set_up(arguments: Namespace) -> Setup:
    from understudy.cli.configured import configured_at

    return configured_at(arguments.path)


def _up_to_date(arguments: Namespace) -> Setup:
    """The folder's settings, once the servers on this machine told which models they have."""
    from understudy.cli.local_servers import ask_local_servers

    setup = _set_up(arguments)
    ask_local_servers([setup])
    return setup


def _list(arguments: Namespace) -> int:
    from understudy.cli.models_view import HEADINGS, as_json, rows
    from understudy.cli.tables import print_table
    from understudy.models.registry import all_ids, find_model, known_models

    setup = _up_to_date(arguments)
    if arguments.all:
        found = (find_model(setup.settings, name) for name in all_ids(setup.settings))
        models = list({model.id: model for model in found if model is not None}.values())
    else:
        models = list(known_models(setup.settings).values())
    models = _as_learned(models, setup)
    if arguments.json:
        _print_json({"models": [as_json(model, setup.resolved) for model in models]})
    else:
        print_table(HEADINGS, rows(models))
    return 0


def _info(arguments: Namespace) -> int:
    from understudy.cli.models_view import as_json, facts
    from understudy.cli.tables import print_table
    from understudy.models.meant import no_such_model
    from understudy.models.registry import find_model

    setup = _up_to_date(arguments)
    model = find_model(setup.settings, arguments.model)
    if model is None:
        raise BadRequestError(no_such_model(arguments.model, setup.settings))
    (model,) = _as_learned([model], setup)
    formats, refused = _measured(model, setup)
    if arguments.json:
        shown = {
            one: {"replies": total, "readable": good} for one, (good, total) in formats.items()
        }
        own = {"edit_formats": shown, "refused": refused}
        _print_json({**as_json(model, setup.resolved), **own})
    else:
        _print(f"{model.id}: {model.summary}")
        told = [
            (one, f"{good} of {total} replies could be read", "measured")
            for one, (good, total) in formats.items()
        ]
        told += [(one, "is left out of requests", "refused by its provider") for one in refused]
        print_table(("", "Value", "From"), [*facts(model, setup.resolved), *told])
    return 0


def _measured(model: Model, setup: Setup) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """`(readable, all)` replies of a model by edit format, and the parts of requests it refuses."""
    from understudy.caches.store import open_caches
    from understudy.config.paths import cache_folder
    from understudy.edit_formats import all_edit_formats

    if not cache_folder().is_dir():
        return {}, []
    caches = open_caches(setup.settings.cache)
    try:
        found = {one: caches.read_so_far(model.id, one) for one in all_edit_formats()}
        refused = sorted(caches.refused(model.provider, model.name))
    finally:
        caches.close()
    return {one: counts for one, counts in found.items() if counts[1]}, refused


def _as_learned(models: list[Model], setup: Setup) -> list[Model]:
    """The models with what their own calls have taught. Makes no cache where there is none."""
    from understudy.caches.store import open_caches
    from understudy.config.paths import cache_folder
    from understudy.models.learned import told_at, with_learned

    if not cache_folder().is_dir():
        return models
    caches = open_caches(setup.settings.cache)
    try:
        return [
            with_learned(one, caches.limit(one.provider, one.name, since=told_at(one)))
            for one in models
        ]
    finally:
        caches.close()


def _doctor(arguments: Namespace) -> int:
    import asyncio

    from rich.console import Console

    from understudy.cli.checkup_view import as_json, print_examined
    from understudy.cli.local_servers import ask_local_servers
    from understudy.engine.models_doctor import models_to_examine

    setup = _set_up(arguments)
    asked = ask_local_servers([setup])
    models = _as_learned(models_to_examine(setup.settings, arguments.models), setup)
    examined = asyncio.run(_examine(models, setup, arguments, asked))
    if arguments.json:
        _print_json(as_json(examined, (problem.message for problem in setup.problems)))
    else:
        print_examined(Console(highlight=False, emoji=False), examined)
    return int(bool(setup.problems) or not examined.usable)


async def _examine(
    models: Sequence[Model], setup: Setup, arguments: Namespace, asked: Sequence[Discovery]
) -> Examined:
    from understudy.cli.checkup_view import Examined
    from understudy.engine.finding import State
    from understudy.engine.models_doctor import examine_models
    from understudy.engine.silent_providers import examine_silent
    from understudy.wire.transport import close

    try:
        checkups = await examine_models(models, setup, ping=arguments.ping)
        silent = () if arguments.models else await examine_silent(setup, State.BROKEN, asked)
        return Examined(checkups, silent)
    finally:
        await close()


def _discover(arguments: Namespace) -> int:
    import asyncio

    from understudy.cli.models_found import as_json, lines

    setup = _set_up(arguments)
    found = asyncio.run(_look(setup))
    if arguments.json:
        _print_json({"servers": [as_json(one) for one in found]})
    else:
        _print(*lines(found))
    return 0


async def _look(setup: Setup) -> tuple[Discovery, ...]:
    from understudy.engine.discovery import discover
    from understudy.wire.transport import close

    try:
        return await discover(setup.settings, setup.policy.clouds)
    finally:
        await close()


def _refresh(arguments: Namespace) -> int:
    from understudy.models.refresh import read_renewal, take_over

    renewal = read_renewal(arguments.file)
    _print(*(_doubt(one) for one in renewal.odd[:_MOST_DOUBTS]))
    if len(renewal.odd) > _MOST_DOUBTS:
        _print(f"… and {len(renewal.odd) - _MOST_DOUBTS} more figures that are none.")
    if not renewal.changes:
        _print(f"{renewal.source} says nothing new.")
        return 0
    _print(*(_change(one) for one in renewal.changes[:_MOST_CHANGES]))
    if len(renewal.changes) > _MOST_CHANGES:
        _print(f"… and {len(renewal.changes) - _MOST_CHANGES} more changes.")
    if not (arguments.yes or _agreed()):
        _print("Nothing was changed.")
        return 1
    try:
        path = take_over(renewal)
    except OSError as failure:
        raise BadRequestError(f"The catalogue can't be written: {failure.strerror}.") from failure
    _print(f"Kept in `{path}`. To go back, delete that file.")
    return 0


def _doubt(figure: Figure) -> str:
    from understudy.cli.text import printable

    shown = printable(repr(figure.value)[:_MOST_SHOWN])
    return f"! {figure.model}: `{figure.field}` is {shown}, so what was known stays"


def _change(change: Change) -> str:
    if change.what == "new":
        return f"+ {change.model}"
    before, after = (
        "?" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
        for value in (change.before, change.after)
    )
    return f"  {change.model}: {change.what} {before} → {after}"


def _agreed() -> bool:
    """Whether the person at the terminal says yes; nobody there is a no."""
    if not sys.stdin.isatty():
        return False
    sys.stdout.write("Take this over? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _print_json(value: object) -> None:
    _print(strict_json(value, indent=2))


def _print(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


COMMAND = Command(
    id="models",
    help="Show which models there are, and whether they can be asked",
    configure=_configure,
    run=_run,
)
