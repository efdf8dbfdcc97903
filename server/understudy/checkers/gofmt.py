"""gofmt: does a Go file parse?"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from understudy.checkers import Checker
from understudy.core.failures import UnavailableError
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.off_loop import held
from understudy.workspace.shadow import private_file
from understudy.workspace.tool_text import encoded, place, reason, word_at
from understudy.workspace.tools import find_tool, run_tool

if TYPE_CHECKING:
    from understudy.config.settings import CheckerSettings
    from understudy.workspace.view import View

_ARGUMENTS = ("-e", "-l")
"""All errors, not only ten; and no formatted text, only the name of a file that it would change."""
_PARSED, _BROKEN = 0, 2
_LINE = re.compile(r"^.*\.go:(?P<line>\d{1,9}):(?P<column>\d{1,9}): (?P<message>.*)$", re.MULTILINE)


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    """Over a file and not over standard input, where it would take a piece of a file for whole."""
    command = await asyncio.to_thread(find_tool, "gofmt", view, settings)
    content = encoded(view, "gofmt")
    async with held(private_file("text.go", content)) as file:
        finished = await run_tool(
            (*command, *_ARGUMENTS, str(file)),
            stdin=b"",
            cwd=file.parent,
            timeout_s=settings.timeout_s,
        )
    found = read_errors(finished.stderr, view)
    if finished.returncode == _PARSED or (finished.returncode == _BROKEN and found):
        return found
    raise UnavailableError(f"gofmt gave no answer: {reason(finished.stderr)}.")


async def _locate(view: View, settings: CheckerSettings) -> str:
    """Gofmt has no version of its own to tell."""
    command = await asyncio.to_thread(find_tool, "gofmt", view, settings)
    return command[0]


def read_errors(output: bytes, view: View) -> tuple[Diagnostic, ...]:
    """The syntax errors that gofmt writes; its columns are bytes, with a byte order mark."""
    index = view.index
    return tuple(
        Diagnostic(
            source="gofmt",
            code="syntax-error",
            message=found["message"],
            span=word_at(
                index.text, place(index, int(found["line"]), int(found["column"]), "utf-8")
            ),
            severity=Severity.ERROR,
        )
        for found in _LINE.finditer(output.decode(errors="replace"))
    )


CHECKER = Checker(
    id="gofmt",
    languages=frozenset({"go"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"gofmt", "syntax"}),
    parses=True,
    syntax_only=True,
)
