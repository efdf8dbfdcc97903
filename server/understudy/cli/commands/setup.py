"""`understudy setup`: print an editor's configuration, or write it where the editor reads it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.core.failures import BadRequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from understudy.editors import Editor


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "editor", nargs="?", metavar="EDITOR", help="one of those that are known; none lists them"
    )
    parser.add_argument(
        "--client", metavar="NAME", help="of several in the editor; otherwise the one installed"
    )
    parser.add_argument(
        "--language",
        action="append",
        metavar="ID",
        help="by its LSP id, such as `python`; repeat it for several (default: all that a checker "
        "knows, or `python` where the editor runs one server for a document)",
    )
    parser.add_argument(
        "--full-path", action="store_true", help="name the program with its path in any case"
    )
    parser.add_argument(
        "--path", type=Path, metavar="FILE", help="another file than the editor's usual one"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="merge it into the editor's file")
    what.add_argument("--remove", action="store_true", help="take it out of that file again")


def _run(arguments: Namespace) -> int:
    from understudy.cli import setting_up
    from understudy.editors.machine import this_machine

    if arguments.editor is None:
        setting_up.list_editors()
        return 0
    editor = _editor(arguments.editor)
    wish = setting_up.Wish(
        editor=editor,
        client=arguments.client,
        languages=_languages(arguments.language),
        full_path=arguments.full_path,
        path=arguments.path,
    )
    if arguments.write:
        setting_up.write(wish, this_machine())
    elif arguments.remove:
        setting_up.remove(wish, this_machine())
    else:
        setting_up.show(wish, this_machine())
    sys.stdout.flush()
    return 0


def _editor(name: str) -> Editor:
    """By its id, or by a program that it is."""
    from understudy.editors import all_editors

    for editor in all_editors().values():
        if name.lower() in (editor.id, *editor.programs):
            return editor
    known = ", ".join(f"`{one}`" for one in sorted(all_editors()))
    raise BadRequestError(f"`{name}` is no editor that is known here: {known} are.")


def _languages(given: list[str] | None) -> tuple[str, ...]:
    from understudy.languages import all_languages

    for one in given or ():
        if one not in all_languages():
            known = ", ".join(sorted(all_languages()))
            raise BadRequestError(f"`{one}` is no language that is known here. Known are: {known}.")
    return tuple(dict.fromkeys(given or ()))


COMMAND = Command(
    id="setup",
    help="Print or write what an editor needs to start Understudy",
    configure=_configure,
    run=_run,
)
