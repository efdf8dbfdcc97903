"""Basedpyright (or Pyright): a private language server per workspace, kept warm between checks.

It sees the candidate text as an open document and never the file on disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.checkers import Checker, ToolMissingError
from understudy.context.notebook import joined, others_parse
from understudy.context.unwritten_modules import without_unwritten
from understudy.core.failures import UnavailableError
from understudy.core.lines import LineIndex, units_to_column
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.foreign.related import related_places
from understudy.workspace.mirror import Mirror, Server, Shown
from understudy.workspace.python_env import find_environment
from understudy.workspace.tool_text import version_told
from understudy.workspace.tools import find_tool
from understudy.workspace.warm import Plan, WarmPool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.config.settings import CheckerSettings
    from understudy.workspace.view import View

_PROGRAMS = ("basedpyright-langserver", "pyright-langserver")
_ENVIRONMENT = {"NODE_OPTIONS": "--max-old-space-size=3072", "PYTHONSAFEPATH": "1"}
"""Node ends itself above this many MiB; interpreters that it asks import nothing from a folder."""
_SEVERITIES = {1: Severity.ERROR, 2: Severity.WARNING, 3: Severity.INFORMATION, 4: Severity.HINT}


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(_find, view, settings)
    root = view.root or (view.path.parent if view.path is not None else None)
    if root is None:
        raise UnavailableError("Basedpyright needs a folder, and this document has none.")
    path = view.path or root / "untitled.py"
    uri = path.with_suffix(".py" if path.suffix == ".ipynb" else path.suffix).as_uri()
    place = _Place(root, view.environment, trusted=view.policy.may_run_workspace_tools)
    look = _Look(place, command, settings.timeout_s)
    if view.notebook is None:
        beside = (one for one in view.beside if one.language == "python")
        others = [Shown(one.path.as_uri(), "python", one.text) for one in beside]
        items = await look.at([*others, Shown(uri, "python", view.text)])
        return await asyncio.to_thread(
            lambda: without_unwritten(read_items(items, view.index), view)
        )
    if not await asyncio.to_thread(others_parse, view.notebook):
        raise UnavailableError(
            "Another cell of the notebook does not parse, so basedpyright can't look."
        )
    program, start = await asyncio.to_thread(joined, view)
    items = await look.at([Shown(uri, "python", program)])
    found = await asyncio.to_thread(lambda: read_items(items, LineIndex(program)))
    return tuple(_in_cell(found, Span(start, start + len(view.text))))


def _in_cell(found: Iterable[Diagnostic], cell: Span) -> Iterator[Diagnostic]:
    """What was found within a cell, in its own code points."""
    for one in found:
        if cell.start <= one.span.start <= cell.end:
            span = Span(one.span.start - cell.start, min(one.span.end, cell.end) - cell.start)
            yield replace(one, span=span)


async def _locate(view: View, settings: CheckerSettings) -> str:
    program = Path((await asyncio.to_thread(_find, view, settings))[0])
    teller = program.with_name(program.name.replace("-langserver", ""))
    if teller == program:
        return str(program)
    return f"{program} ({await version_told((str(teller), '--version'), view.root, settings)})"


def read_items(items: object, index: LineIndex) -> tuple[Diagnostic, ...]:
    """The diagnostics of a pull report; its columns count UTF-16 units.

    Raises:
        UnavailableError: when they are not what the protocol says.
    """
    if not isinstance(items, list):
        raise UnavailableError("Basedpyright's answer holds no diagnostics.")
    try:
        return tuple(_diagnostic(item, index) for item in items)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnavailableError(f"Basedpyright's answer can't be read: {error!r}.") from error


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a server works: a folder, the environment that settings choose, and its trust."""

    root: Path
    chosen: Path | None
    trusted: bool


@dataclass(frozen=True, slots=True)
class _Look:
    """One check: the server that is asked, and how long it may take."""

    place: _Place
    command: tuple[str, ...]
    timeout_s: float

    async def at(self, documents: list[Shown]) -> list[Any]:
        """What the server says about the last of the documents when it sees them all."""
        plan = Plan("basedpyright", lambda: _start(self.place, self.command))
        server = await _servers.get((self.place, self.command), plan)
        async with server.turn(self.timeout_s) as mirror:
            await mirror.show(documents)
            return await mirror.pull(documents[-1].uri)


async def _start(place: _Place, command: tuple[str, ...]) -> Mirror:
    sections = await asyncio.to_thread(_server_settings, place)
    server = Server(
        (*command, "--stdio"), place.root, _ENVIRONMENT, sections, watched=(".py", ".pyi", ".toml")
    )
    return await Mirror.start(server)


_servers = WarmPool[Mirror]()


def _find(view: View, settings: CheckerSettings) -> tuple[str, ...]:
    for program in _PROGRAMS:
        with contextlib.suppress(ToolMissingError):
            return find_tool(program, view, settings, bundled=True)
    return find_tool(_PROGRAMS[0], view, settings, bundled=True)


def _server_settings(place: _Place) -> dict[str, Any]:
    """What the server learns from us, by section; a project's own configuration goes first.

    Without a `pythonPath`, the server runs the interpreter that it finds in the workspace. So it
    is always given one, which lies inside the workspace only where that is trusted; packages of
    the others are found by their folders.
    """
    environment = find_environment(place.root, place.chosen)
    analysis: dict[str, Any] = {
        "diagnosticMode": "openFilesOnly",
        "typeCheckingMode": "standard",
    }
    python = _without_our_packages()
    if environment is not None and place.trusted:
        python = _interpreter(environment.prefix) or python
    elif environment is not None:
        analysis["extraPaths"] = [str(path) for path in environment.site_packages]
    return {
        "python": {"pythonPath": str(python), "analysis": analysis},
        "python.analysis": analysis,
        "basedpyright": {"analysis": analysis},
        "basedpyright.analysis": analysis,
        "pyright": {},
    }


def _without_our_packages() -> Path:
    """An interpreter that does not offer what Understudy depends on as installed in a workspace."""
    base: str = getattr(sys, "_base_executable", "")
    return Path(base) if base and Path(base).is_file() else Path(sys.executable)


def _interpreter(prefix: Path) -> Path | None:
    places = ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe")
    return next((prefix / place for place in places if (prefix / place).is_file()), None)


def _diagnostic(item: dict[str, Any], index: LineIndex) -> Diagnostic:
    severity = _SEVERITIES.get(item.get("severity", 1), Severity.ERROR)
    code = item.get("code")
    if not code and severity is Severity.ERROR:
        code = "syntax-error"
    start = _offset(item["range"]["start"], index)
    return Diagnostic(
        source="basedpyright",
        code=str(code or ""),
        message=item["message"],
        span=Span(start, max(start, _offset(item["range"]["end"], index))),
        severity=severity,
        related=related_places(item.get("relatedInformation")),
    )


def _offset(position: dict[str, int], index: LineIndex) -> int:
    line = position["line"]
    return index.offset(line, units_to_column(index.content(line), position["character"], "utf-16"))


CHECKER = Checker(
    id="basedpyright",
    languages=frozenset({"python"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"basedpyright", "pyright", "pylance"}),
    is_type_checker=True,
    close=_servers.close,
)
