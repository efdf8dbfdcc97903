"""`understudy lessons`: what was learned from failures, and what you say of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.cli.lessons_handed import configure_contribute, contribute
from understudy.cli.lessons_taken import (
    configure_import,
    configure_revoke,
    take_back,
    take_over,
)
from understudy.core.failures import BadRequestError, FailureCategory
from understudy.core.strict_json import strict_json
from understudy.learning.lesson import KINDS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

    from understudy.config.settings import Settings
    from understudy.engine.lessons_listed import Listed, Place

_SAID = {
    "accept": "use a lesson from now on",
    "reject": "never use a lesson, and never be asked about it again",
    "pause": "use a lesson no longer, anywhere",
    "resume": "use a lesson again",
    "remove": "delete a lesson's file",
}
_USUAL = "lint_failure"


def _configure(parser: ArgumentParser) -> None:
    _shared(parser, default=True)
    parser.set_defaults(what=_list)
    actions = parser.add_subparsers(title="actions", metavar="<action>")
    for name, text, what in (
        ("list", "print all lessons, those that wait for you first", _list),
        ("show", "print a lesson with its evidence", _show),
        *((name, text, _say) for name, text in _SAID.items()),
        ("off", "use a lesson no longer in this workspace", _say),
        ("edit", "put a lesson into other words, and use it", _say),
        ("merge", "make one lesson of two", _say),
    ):
        action = actions.add_parser(name, help=text)
        _shared(action)
        if name != "list":
            action.add_argument("id", metavar="ID", help="the lesson's id, or the beginning of it")
        if name == "edit":
            action.add_argument("words", metavar="WORDS", help="the new words")
        if name == "merge":
            action.add_argument("into", metavar="INTO", help="the lesson that stays")
        action.set_defaults(what=what, action="off_here" if name == "off" else name)
    _configure_add(actions.add_parser("add", help="write a lesson of your own, which is used"))
    for name, text, configure, carry_out in (
        (
            "contribute",
            "show what others could get of your lessons, or hand it over",
            configure_contribute,
            _contribute,
        ),
        ("import", "put lessons of others into the queue", configure_import, _import),
        ("revoke", "delete all lessons that came from a source", configure_revoke, _revoke),
    ):
        action = actions.add_parser(name, help=text)
        _shared(action)
        configure(action)
        action.set_defaults(what=carry_out)


def _configure_add(add: ArgumentParser) -> None:
    _shared(add)
    add.add_argument(
        "words",
        nargs="?",
        default="",
        metavar="WORDS",
        help="what to do, in a sentence for the model",
    )
    add.add_argument(
        "--from-run",
        metavar="RUN",
        help="have what this run failed by and what solved it: a lesson that waits for your review",
    )
    categories = [category.value for category in FailureCategory]
    add.add_argument(
        "--category",
        choices=categories,
        default=_USUAL,
        metavar="NAME",
        help=f"the kind of failure that it is about (default: {_USUAL})",
    )
    for name, text in (
        ("code", "a tool's code for the failure, such as F821"),
        ("symbol", "the module or name that it is about"),
        ("language", "only for this language"),
        ("model", "only for this model; `*` stands for anything"),
        ("task", "only for this task"),
        ("path", "only for files of this pattern, as in .gitignore"),
    ):
        add.add_argument(f"--{name}", default="", metavar=name.upper(), help=text)
    add.add_argument(
        "--remedy",
        choices=KINDS,
        default=KINDS[0],
        help="what WORDS are: words for the prompt, or the name of a strategy",
    )
    add.add_argument(
        "--workspace", action="store_true", help="keep it in this workspace, to be committed"
    )
    add.set_defaults(what=_add)


def _shared(parser: ArgumentParser, *, default: bool = False) -> None:
    """Options that stand before or behind the action."""
    given = "." if default else argparse.SUPPRESS
    parser.add_argument(
        "--folder", default=given, metavar="FOLDER", help="the workspace (default: this folder)"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if default else argparse.SUPPRESS,
        help="print JSON",
    )


def _run(arguments: Namespace) -> int:
    code: int | None = arguments.what(arguments)
    return code or 0


def _place(arguments: Namespace) -> Place:
    from understudy.cli.configured import configured_at
    from understudy.engine.lessons_listed import Place
    from understudy.workspace.roots import root_of

    folder = Path(arguments.folder)
    setup = configured_at(folder)
    return Place(setup.settings, root_of(folder.resolve()))


def _list(arguments: Namespace) -> None:
    from understudy.cli.tables import print_table
    from understudy.cli.text import printable
    from understudy.engine.lessons_listed import as_json, left_out, listed_lessons
    from understudy.engine.lessons_text import HEADINGS, table_row

    place = _place(arguments)
    found = listed_lessons(place)
    for one in left_out(place.root):
        sys.stderr.write(f"understudy: {printable(str(one))} It is left out.\n")
    if arguments.json:
        _print_json([as_json(one) for one in found])
    elif found:
        print_table(HEADINGS, [tuple(map(printable, table_row(one))) for one in found])
    else:
        sys.stdout.write("Nothing has been learned yet.\n")


def _show(arguments: Namespace) -> None:
    from understudy.cli.text import printable
    from understudy.engine.lessons_listed import as_json
    from understudy.engine.lessons_text import details

    one = _named(arguments)
    if arguments.json:
        _print_json(as_json(one))
    else:
        sys.stdout.write("".join(f"{printable(line)}\n" for line in details(one).splitlines()))


def _named(arguments: Namespace) -> Listed:
    from understudy.engine.lessons_listed import left_out, listed_lessons

    place = _place(arguments)
    lessons = listed_lessons(place)
    exact = [one for one in lessons if one.lesson.id == arguments.id]
    found = exact or [one for one in lessons if one.lesson.id.startswith(arguments.id)]
    broken = [one for one in left_out(place.root) if Path(one.path).stem == arguments.id]
    if len(found) != 1 and broken:
        raise BadRequestError(f"The lesson `{arguments.id}` is left out: {broken[0]}")
    if len(found) != 1:
        raise BadRequestError(
            f"There is no lesson `{arguments.id}`, or there are several that begin so."
        )
    return found[0]


def _say(arguments: Namespace) -> None:
    from understudy.engine.lessons_listed import carry_out
    from understudy.learning.reviewing import Review

    place = _place(arguments)
    told = carry_out(
        Review(
            arguments.action,
            arguments.id,
            body=getattr(arguments, "words", ""),
            into=getattr(arguments, "into", ""),
            workspace=place.workspace,
        ),
        place,
    )
    _tell(arguments, told)


def _add(arguments: Namespace) -> None:
    from understudy.config.paths import journal_file
    from understudy.core.clock import now_us
    from understudy.learning.lesson import Lesson, Remedy, Scope, Trigger
    from understudy.learning.registry import Registry
    from understudy.learning.reviewing import add

    place = _place(arguments)
    if arguments.from_run:
        from understudy.engine.remembering import remember_run

        told = remember_run(arguments.from_run, arguments.words, place.settings.learning)
        _tell(arguments, told)
        return
    if not arguments.words.strip():
        raise BadRequestError("Say in a sentence what to do, or give `--from-run`.")
    scope = Scope(
        model=arguments.model,
        language=arguments.language,
        task=arguments.task,
        path_glob=arguments.path,
        level="workspace" if arguments.workspace else "user",
    )
    trigger = Trigger(FailureCategory(arguments.category), arguments.code, symbol=arguments.symbol)
    lesson = Lesson("", trigger, Remedy(arguments.remedy, arguments.words), scope)
    made = add(lesson, Registry(journal_file(), now_us), place.root, place.workspace)
    told = f"The lesson `{made.id}` is in use from now on: {made.path}"
    _tell(arguments, told + _of_no_model(arguments.model, place.settings))


def _of_no_model(pattern: str, settings: Settings) -> str:
    """A remark on a lesson for a model that nobody knows; empty else."""
    from fnmatch import fnmatchcase

    from understudy.models.registry import all_ids

    if not pattern or any(fnmatchcase(one, pattern) for one in all_ids(settings)):
        return ""
    return f"\nNo model is known here whose id is `{pattern}`, so it waits for one."


def _contribute(arguments: Namespace) -> int:
    return contribute(arguments, _place(arguments))


def _import(arguments: Namespace) -> int:
    take_over(arguments, _place(arguments))
    return 0


def _revoke(arguments: Namespace) -> int:
    take_back(arguments, _place(arguments))
    return 0


def _tell(arguments: Namespace, text: str) -> None:
    if arguments.json:
        _print_json({"told": text})
    else:
        sys.stdout.write(text + "\n")


def _print_json(value: Any) -> None:
    sys.stdout.write(strict_json(value, indent=2, ensure_ascii=False) + "\n")


COMMAND = Command(
    id="lessons",
    help="Show what was learned from failures; accept, edit, reject, pause or add lessons",
    configure=_configure,
    run=_run,
)
