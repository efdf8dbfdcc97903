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
from understudy.core.failures import UnavailableError
from understudy.core.lines import LineIndex, units_to_column
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.lsp_child import LspChild
from understudy.workspace.python_env import find_environment
from understudy.workspace.tools import find_tool, run_tool

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task, TimerHandle
    from collections.abc import Iterable, Iterator

    from understudy.config.settings import CheckerSettings
    from understudy.workspace.view import View

_PROGRAMS = ("basedpyright-langserver", "pyright-langserver")
_IDLE_S = 300.0
_ENVIRONMENT = {"NODE_OPTIONS": "--max-old-space-size=3072", "PYTHONSAFEPATH": "1"}
"""Node ends itself above this many MiB; interpreters that it asks import nothing from a folder."""
_CAPABILITIES = {
    "textDocument": {"diagnostic": {"dynamicRegistration": False}},
    "workspace": {"configuration": True, "workspaceFolders": True},
}
_SEVERITIES = {1: Severity.ERROR, 2: Severity.WARNING, 3: Severity.INFORMATION, 4: Severity.HINT}


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(_find, view, settings)
    root = view.root or (view.path.parent if view.path is not None else None)
    if root is None:
        raise UnavailableError("Basedpyright needs a folder, and this document has none.")
    path = view.path or root / "untitled.py"
    uri = path.with_suffix(".py" if path.suffix == ".ipynb" else path.suffix).as_uri()
    place = _Place(root, view.environment, trusted=view.policy.may_run_workspace_tools)
    key = (asyncio.get_running_loop(), place, command)
    server = _servers.setdefault(key, _Server(place, command))
    if view.notebook is None:
        items = await server.pull(uri, view.text)
        return await asyncio.to_thread(lambda: read_items(items, view.index))
    if not await asyncio.to_thread(others_parse, view.notebook):
        raise UnavailableError(
            "Another cell of the notebook does not parse, so basedpyright can't look."
        )
    program, start = await asyncio.to_thread(joined, view)
    items = await server.pull(uri, program)
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
    finished = await run_tool(
        (str(teller), "--version"), stdin=b"", cwd=view.root, timeout_s=settings.timeout_s
    )
    version = finished.stdout.decode(errors="replace").partition("\n")[0].strip()
    return f"{program} ({version})"


async def _close() -> None:
    """End the servers of this event loop; others went with theirs."""
    loop = asyncio.get_running_loop()
    servers = [server for key, server in _servers.items() if key[0] is loop]
    _servers.clear()
    async with asyncio.TaskGroup() as group:
        for server in servers:
            group.create_task(server.close())


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


class _Server:
    """One workspace's server: started when needed, again when it died, ended when idle."""

    def __init__(self, place: _Place, command: tuple[str, ...]) -> None:
        self._place = place
        self._command = command
        self._turn = asyncio.Lock()
        self._start_task: Task[LspChild] | None = None
        self._open_uri = ""
        self._version = 0
        self._idle: TimerHandle | None = None
        self._retiring: Task[None] | None = None

    async def pull(self, uri: str, text: str) -> object:
        """The items of the diagnostic report about `text`, shown as the document `uri`."""
        async with self._turn:
            self._rest(None)
            try:
                child = await self._ready()
                await self._show(child, uri, text)
                document = {"textDocument": {"uri": uri}}
                report = await child.request("textDocument/diagnostic", document)
            finally:
                self._rest(asyncio.get_running_loop())
        return report.get("items") if isinstance(report, dict) else None

    async def close(self) -> None:
        """End the server, whatever it is doing."""
        self._rest(None)
        start, self._start_task = self._start_task, None
        if start is None:
            return
        start.cancel()
        with contextlib.suppress(asyncio.CancelledError, UnavailableError):
            await (await start).close()

    async def _ready(self) -> LspChild:
        """The running server. A check that gives up does not stop the start for the next one."""
        if self._start_task is not None and _has_failed(self._start_task):
            await self.close()
        if self._start_task is None:
            self._open_uri = ""
            self._start_task = asyncio.create_task(self._start())
        return await asyncio.shield(self._start_task)

    async def _start(self) -> LspChild:
        settings = await asyncio.to_thread(_server_settings, self._place)

        def answer(method: str, params: Any) -> Any:
            if method != "workspace/configuration":
                return None
            return [settings.get(item.get("section", ""), {}) for item in params["items"]]

        return await LspChild.start(
            (*self._command, "--stdio"),
            self._place.root,
            answer,
            extra=_ENVIRONMENT,
            options={"capabilities": _CAPABILITIES},
        )

    async def _show(self, child: LspChild, uri: str, text: str) -> None:
        """Make `text` the only open document, so that no candidate is seen by another's check."""
        self._version += 1
        if self._open_uri == uri:
            document: dict[str, Any] = {"uri": uri, "version": self._version}
            change = {"textDocument": document, "contentChanges": [{"text": text}]}
            await child.notify("textDocument/didChange", change)
            return
        if self._open_uri:
            await child.notify("textDocument/didClose", {"textDocument": {"uri": self._open_uri}})
        document = {"uri": uri, "languageId": "python", "version": self._version, "text": text}
        await child.notify("textDocument/didOpen", {"textDocument": document})
        self._open_uri = uri

    def _rest(self, loop: AbstractEventLoop | None) -> None:
        """Stop the idle clock; with a loop, start it anew."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = None if loop is None else loop.call_later(_IDLE_S, self._retire)

    def _retire(self) -> None:
        self._retiring = asyncio.create_task(self._close_in_turn())

    async def _close_in_turn(self) -> None:
        async with self._turn:
            await self.close()


_servers: dict[tuple[AbstractEventLoop, _Place, tuple[str, ...]], _Server] = {}


def _has_failed(start: Task[LspChild]) -> bool:
    if not start.done():
        return False
    return start.cancelled() or start.exception() is not None or not start.result().alive


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
    close=_close,
)
