"""Clang, or GCC where there is no Clang, over standard input and without writing anything.

Options come from the project's `compile_commands.json`. Both compilers print the same form of
text, which has been stable for much longer than their JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.checkers import Checker, ToolMissingError
from understudy.core.failures import UnavailableError
from understudy.workspace.compile_commands import flags_for
from understudy.workspace.compiler_text import (
    broke_down,
    has_errors,
    own_findings,
    stopped_elsewhere,
)
from understudy.workspace.tool_text import encoded, reason, tell_version
from understudy.workspace.tools import Surroundings, find_tool, run_tool

if TYPE_CHECKING:
    from understudy.config.settings import CheckerSettings
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_PROGRAMS = ("clang", "gcc")
_FOR_BOTH = (
    *("-fsyntax-only", "-fdiagnostics-parseable-fixits", "-fno-diagnostics-color"),
    *("-Wno-pragma-once-outside-header", "-Wno-unused-command-line-argument"),
)
_FOR_CLANG = ("-ferror-limit=0", "-fdiagnostics-print-source-range-info")
_FOR_GCC = ("-fmax-errors=0", "-fdiagnostics-column-unit=byte", "-fno-diagnostics-show-caret")
_VARIABLES = {"LC_ALL": "C.UTF-8"}
"""Messages in English; what is understood by words would else depend on who asks."""
_ANSWERED = (0, 1)


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(_find, view, settings)
    content = encoded(view, "The compiler")
    flags = await asyncio.to_thread(_flags, view)
    is_clang = "clang" in Path(command[0]).name
    folder = view.root if view.path is None else view.path.parent
    finished = await run_tool(
        (
            *command,
            *_FOR_BOTH,
            *(_FOR_CLANG if is_clang else _FOR_GCC),
            *flags,
            *("-x", "c++" if view.language == "cpp" else "c", "-"),
        ),
        stdin=content,
        cwd=Surroundings(folder, _VARIABLES),
        timeout_s=settings.timeout_s,
    )
    if why := stopped_elsewhere(finished.stderr):
        raise UnavailableError(why)
    crashed = broke_down(finished.stderr) or finished.returncode not in _ANSWERED
    if crashed or (finished.returncode and not has_errors(finished.stderr)):
        raise UnavailableError(f"The compiler gave no answer: {reason(finished.stderr)}.")
    path = view.path
    return own_findings(finished.stderr, view.index, is_clang=is_clang, path=path)


async def _locate(view: View, settings: CheckerSettings) -> str:
    name = Path((await asyncio.to_thread(_find, view, settings))[0]).name
    return await tell_version(name, ("--version",), view, settings)


def _find(view: View, settings: CheckerSettings) -> tuple[str, ...]:
    for program in _PROGRAMS:
        with contextlib.suppress(ToolMissingError):
            return find_tool(program, view, settings)
    return find_tool(_PROGRAMS[0], view, settings)


def _flags(view: View) -> tuple[str, ...]:
    """The project's own options; where they are not known, the usual warnings."""
    known = None if view.path is None else flags_for(view.path, view.root)
    return ("-Wall",) if known is None else known


CHECKER = Checker(
    id="clang",
    languages=frozenset({"c", "cpp"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"clang", "gcc", "clangd"}),
    staged=True,
)
