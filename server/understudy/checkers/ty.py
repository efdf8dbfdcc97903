"""Ty, for projects that are configured for it: a type checker that is kept warm."""

from __future__ import annotations

import asyncio
import tomllib
from typing import TYPE_CHECKING

from understudy.checkers import Checker
from understudy.core.failures import UnavailableError
from understudy.core.plain_files import read_plain
from understudy.workspace.mirror import Mirror, Server
from understudy.workspace.python_env import find_environment
from understudy.workspace.served import look, place_of, shown
from understudy.workspace.tool_text import version_told
from understudy.workspace.tools import find_tool
from understudy.workspace.warm import Plan, WarmPool

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.config.settings import CheckerSettings
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_WATCHED = (".py", ".pyi", "pyproject.toml", "ty.toml")

_MAX_BYTES = 4_000_000


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(find_tool, "ty", view, settings)
    if view.notebook is not None:
        raise UnavailableError("Ty does not look at the cells of notebooks here.")
    root, path = place_of(view, "untitled.py")
    environment = await asyncio.to_thread(find_environment, root, view.environment)
    prefix = environment.prefix if environment is not None else None
    plan = Plan("ty", lambda: Mirror.start(_server(command, root, prefix)))
    warm = await _mirrors.get((command, root, prefix), plan)
    async with warm.turn(settings.timeout_s) as mirror:
        return await look(mirror, shown(view, path, ("python",)), view)


def _server(command: tuple[str, ...], root: Path, prefix: Path | None) -> Server:
    variables = {} if prefix is None else {"VIRTUAL_ENV": str(prefix)}
    return Server((*command, "server"), root, variables, watched=_WATCHED)


def _is_for(view: View, settings: CheckerSettings) -> bool:
    """Whether the project has a configuration for ty, or the user names a command for it."""
    root = view.root
    if settings.command or root is None:
        return bool(settings.command)
    if (root / "ty.toml").is_file():
        return True
    try:
        content = tomllib.loads(read_plain(root / "pyproject.toml", _MAX_BYTES).decode())
    except (OSError, ValueError, RecursionError):
        return False
    tool = content.get("tool")
    return isinstance(tool, dict) and "ty" in tool


async def _locate(view: View, settings: CheckerSettings) -> str:
    command = await asyncio.to_thread(find_tool, "ty", view, settings)
    return f"{command[0]} ({await version_told((command[0], '--version'), None, settings)})"


_mirrors = WarmPool[Mirror]()

CHECKER = Checker(
    id="ty",
    languages=frozenset({"python"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"ty"}),
    is_type_checker=True,
    applies=_is_for,
    close=_mirrors.close,
)
