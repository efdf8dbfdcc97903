"""Checkers that users describe in their settings: a command, and how its output is read."""

from __future__ import annotations

import asyncio
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.checkers import Checker, all_checkers
from understudy.config.own_checkers import OWN_KEYS
from understudy.core.failures import UnavailableError
from understudy.languages import all_languages
from understudy.workspace.diagnostics import Severity
from understudy.workspace.line_matching import matched_lines
from understudy.workspace.line_output import LineReader
from understudy.workspace.off_loop import held
from understudy.workspace.sarif import SarifReader
from understudy.workspace.shadow import private_file, shadow
from understudy.workspace.tool_text import reason
from understudy.workspace.tools import find_tool, run_tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.config.settings import CheckerSettings, Settings
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.tools import Finished
    from understudy.workspace.view import View

_FILE = "{file}"
_FOUND_NOTHING, _FOUND_SOMETHING = 0, 1
"""The exit codes by which most linters tell that they looked."""
_STANDARD_INPUT = frozenset({"-", "stdin", "<stdin>", "/dev/stdin", "<standard input>"})


def own_checkers(settings: Settings) -> dict[str, Checker]:
    """The checkers that the settings describe, by their ids; none has that of a built-in one."""
    return {
        name: _checker(name, described)
        for name, described in settings.checkers.items()
        if described.is_own and name not in all_checkers()
    }


def doubts_about_checkers(settings: Settings) -> Iterator[tuple[tuple[str, str, str], str]]:
    """What is wrong about descriptions: a setting each, and a clause that follows its name."""
    built_in = all_checkers()
    usual = type(settings.checker(""))()
    for name, described in settings.checkers.items():
        given = [key for key in OWN_KEYS if getattr(described, key) != getattr(usual, key)]
        if not given:
            continue
        if name in built_in:
            yield ("checkers", name, given[0]), f"has no effect, because `{name}` is built in"
        elif described.enabled and not described.is_own:
            what = "`command`, `languages` and `output`, with `pattern` for `regex`"
            yield ("checkers", name, given[0]), f"is not enough: a checker of your own needs {what}"


def _checker(name: str, described: CheckerSettings) -> Checker:
    return Checker(
        id=name,
        languages=described.languages,
        run=partial(_run, name),
        locate=partial(_locate, name),
        sources=frozenset({name}),
        is_type_checker=described.is_type_checker,
    )


async def _run(name: str, view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(find_tool, name, view, settings)
    try:
        content = view.text.encode()
    except UnicodeEncodeError as error:
        raise UnavailableError(
            f"`{name}` can't read a text that holds half a character."
        ) from error
    async with held(_place(view, settings, content)) as place:
        finished = await run_tool(
            _filled(command, place, settings),
            stdin=content if settings.stdin else b"",
            cwd=place.folder,
            timeout_s=settings.timeout_s,
        )
        said = await _lines(finished, settings)
        found = await asyncio.to_thread(_read, name, finished, said, (view, settings, place))
    if settings.is_type_checker:
        return tuple(one for one in found if one.severity is Severity.ERROR)
    return found


async def _locate(name: str, view: View, settings: CheckerSettings) -> str:
    return (await asyncio.to_thread(find_tool, name, view, settings))[0]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a tool runs, and the file that it is told about.

    Attributes:
        real: the document's own path, where it has one.
    """

    folder: Path | None
    file: Path
    real: Path | None

    def is_own(self, printed: str) -> bool:
        """Whether a path, as the tool wrote it, means the document."""
        if printed in _STANDARD_INPUT:
            return True
        whole = _plain((self.folder or Path.cwd()) / printed)
        return whole in {_plain(each) for each in (self.file, self.real) if each is not None}


@contextmanager
def _place(view: View, settings: CheckerSettings, content: bytes) -> Iterator[_Place]:
    name = view.path.name if view.path is not None else f"untitled{_suffix(view.language)}"
    if settings.stdin:
        folder = view.root or (view.path.parent if view.path is not None else None)
        yield _Place(folder, view.path or Path(name), view.path)
    elif view.root is None or view.path is None or not view.path.is_relative_to(view.root):
        with private_file(name, content) as file:
            yield _Place(file.parent, file, view.path)
    else:
        with shadow(view.root, view.path, content) as (tree, file):
            yield _Place(tree, file, view.path)


def _filled(command: tuple[str, ...], place: _Place, settings: CheckerSettings) -> tuple[str, ...]:
    """The command with the file's path. A tool that reads a file must be told which."""
    if not settings.stdin and not any(_FILE in part for part in command[1:]):
        return (*command, str(place.file))
    return (command[0], *(part.replace(_FILE, str(place.file)) for part in command[1:]))


async def _lines(finished: Finished, settings: CheckerSettings) -> list[dict[str, str]]:
    """The groups of the lines that the settings' pattern is found in; none where there is none."""
    if settings.output == "sarif":
        return []
    output = finished.stdout + b"\n" + finished.stderr
    return await matched_lines(output, settings.pattern, settings.timeout_s)


def _read(
    name: str,
    finished: Finished,
    said: list[dict[str, str]],
    asked: tuple[View, CheckerSettings, _Place],
) -> tuple[Diagnostic, ...]:
    view, settings, place = asked
    severity = Severity(settings.severity)
    if settings.output == "sarif":
        sarif = SarifReader(name, view.index, place.is_own, severity)
        return sarif.read(finished.stdout, finished.returncode)
    reader = LineReader(name, view.index, place.is_own, severity)
    found, matched = reader.read(said)
    looked = finished.returncode == _FOUND_NOTHING or (
        finished.returncode == _FOUND_SOMETHING and matched
    )
    if not looked:
        why = reason(finished.stderr or finished.stdout)
        raise UnavailableError(f"`{name}` ended with code {finished.returncode}: {why}.")
    return found


def _suffix(language: str) -> str:
    known = all_languages().get(language)
    return min(known.suffixes, default="") if known is not None else ""


def _plain(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
