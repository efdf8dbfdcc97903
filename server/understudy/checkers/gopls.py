"""Gopls: Go's own language server, kept warm, where it is installed.

It sees the candidate in place of the file on disk, and knows the whole module.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.checkers import Checker
from understudy.workspace.mirror import Mirror, Server
from understudy.workspace.served import look, place_of, shown
from understudy.workspace.tool_text import version_told
from understudy.workspace.tools import find_tool
from understudy.workspace.warm import Plan, WarmPool

if TYPE_CHECKING:
    from understudy.config.settings import CheckerSettings
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_ENVIRONMENT = {
    "GOFLAGS": "-mod=readonly",
    "GOPROXY": "off",
    "GOSUMDB": "off",
    "GOTOOLCHAIN": "local",
    "GOTELEMETRY": "off",
}
"""Nothing is downloaded, and `go.mod` is not written."""
_OPTIONS = {"symbolScope": "workspace", "vulncheck": "Off"}
_WATCHED = (".go", "go.mod", "go.sum", "go.work")
_SOURCES = frozenset({"compiler", "syntax", "go list"})


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(find_tool, "gopls", view, settings)
    root, path = place_of(view, "untitled.go")
    server = Server(command, root, _ENVIRONMENT, {"gopls": _OPTIONS}, _OPTIONS, _WATCHED)
    plan = Plan("gopls", lambda: Mirror.start(server))
    warm = await _mirrors.get((command, root), plan)
    async with warm.turn(settings.timeout_s) as mirror:
        found = await look(mirror, shown(view, path, ("go",)), view)
    return tuple(map(_named, found))


def _named(found: Diagnostic) -> Diagnostic:
    """Analyzers report under their own names, with the code `default`."""
    if found.source in _SOURCES:
        return found
    code = found.source if found.code in {"", "default"} else found.code
    return replace(found, source="gopls", code=code)


async def _locate(view: View, settings: CheckerSettings) -> str:
    command = await asyncio.to_thread(find_tool, "gopls", view, settings)
    return f"{command[0]} ({await version_told((command[0], 'version'), None, settings)})"


_mirrors = WarmPool[Mirror]()

CHECKER = Checker(
    id="gopls",
    languages=frozenset({"go"}),
    run=_run,
    locate=_locate,
    staged=True,
    sources=frozenset({"compiler", "syntax", "go list"}),
    close=_mirrors.close,
)
