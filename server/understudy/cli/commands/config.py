"""`understudy config`: what is set, where it comes from, and what can be set."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.core.failures import BadRequestError
from understudy.core.plain_files import is_folder
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from understudy.config.layers import Resolved


def _configure(parser: ArgumentParser) -> None:
    topics = parser.add_subparsers(title="topics", metavar="<topic>", required=True)
    show = topics.add_parser("show", help="print each value with the layer that set it")
    show.add_argument("--json", action="store_true", help="print one JSON object")
    show.add_argument(
        "--path", type=Path, default=Path(), metavar="DIR", help="the workspace folder"
    )
    show.set_defaults(topic=_show)
    schema = topics.add_parser("schema", help="print the JSON Schema of config.toml")
    schema.set_defaults(topic=_schema)
    reference = topics.add_parser("reference", help="print the reference page")
    reference.add_argument(
        "--write", type=Path, metavar="DIR", help="write the page and the schema into a folder"
    )
    reference.set_defaults(topic=_reference)
    path = topics.add_parser("path", help="print where the user's config.toml lies")
    path.set_defaults(topic=_path)


def _run(arguments: Namespace) -> int:
    arguments.topic(arguments)
    return 0


def _show(arguments: Namespace) -> None:
    from understudy.config.layers import resolve
    from understudy.config.source import load_sources
    from understudy.engine.setup import known_ids

    root = arguments.path.resolve()
    if not is_folder(root):
        raise BadRequestError(f"`{root}` is not a folder.")
    resolved = resolve(load_sources(root), known_ids(), root)
    rows = list(_rows(resolved))
    problems = [problem.message for problem in resolved.problems]
    if arguments.json:
        settings = {key: {"value": value, "layer": layer} for key, value, layer in rows}
        _print(strict_json({"settings": settings, "problems": problems}, indent=2))
        return
    _print(*_columns([(key, strict_json(value), layer) for key, value, layer in rows]))
    # Values may be read by a program, and a complaint is none.
    sys.stderr.write("".join(f"understudy: {problem}\n" for problem in problems))


def _rows(resolved: Resolved) -> Iterable[tuple[str, object, str]]:
    from understudy.config.assembly import flatten, masked
    from understudy.config.problems import Layer, dotted

    for path, value in flatten(resolved.settings):
        key = dotted(path)
        yield key, _plain(masked(path, value)), str(resolved.provenance.get(key, Layer.BUILT_IN))


def _plain(value: object) -> object:
    """A value in JSON's types."""
    if isinstance(value, frozenset | tuple):
        return sorted(value) if isinstance(value, frozenset) else list(value)
    return str(value) if isinstance(value, Path) else value


def _columns(rows: list[tuple[str, str, str]]) -> list[str]:
    keys = max(len(key) for key, _, _ in rows)
    values = max(len(value) for _, value, _ in rows)
    return [f"{key:<{keys}}  {value:<{values}}  {layer}" for key, value, layer in rows]


def _schema(_arguments: Namespace) -> None:
    from understudy.config.reference import schema_text

    sys.stdout.write(schema_text())


def _reference(arguments: Namespace) -> None:
    from understudy.config import reference

    if arguments.write is None:
        sys.stdout.write(reference.markdown())
        return
    try:
        paths = reference.write(arguments.write)
    except OSError as failure:
        message = f"`{arguments.write}` can't be written: {failure.strerror}."
        raise BadRequestError(message) from failure
    _print(*(f"Wrote {path}" for path in paths))


def _path(_arguments: Namespace) -> None:
    from understudy.config.paths import config_file

    _print(str(config_file()))


def _print(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


COMMAND = Command(
    id="config",
    help="Show what is set and where it comes from",
    configure=_configure,
    run=_run,
)
