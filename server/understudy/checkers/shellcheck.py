"""ShellCheck, over its standard input, with the project's own `.shellcheckrc`."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

from understudy.checkers import Checker
from understudy.core.failures import UnavailableError
from understudy.core.text import Edit, Span
from understudy.workspace.diagnostics import Diagnostic, Severity, Suggestion
from understudy.workspace.tool_text import encoded, reason, tell_version, word_at
from understudy.workspace.tools import find_tool, run_tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.config.settings import CheckerSettings
    from understudy.core.lines import LineIndex
    from understudy.workspace.view import View

_ARGUMENTS = ("--format=json1", "--color=never")
"""Version 1 of the format counts a tab as one column; the older one counts it as up to eight."""
_FOUND_NOTHING, _FOUND_SOMETHING = 0, 1
_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFORMATION,
    "style": Severity.HINT,
}
_SHELLS = {".bash": "bash", ".bats": "bats", ".dash": "dash", ".ksh": "ksh"}
"""What ShellCheck would know from a file's name, which standard input has not."""
_SAYS_ITSELF = re.compile(r"\ufeff?(?:#!|\s*#\s*shellcheck\s+shell=)")


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(find_tool, "shellcheck", view, settings)
    finished = await run_tool(
        (*command, *_ARGUMENTS, *_shell(view), "-"),
        stdin=encoded(view, "ShellCheck"),
        cwd=view.root if view.path is None else view.path.parent,
        timeout_s=settings.timeout_s,
    )
    if finished.returncode not in (_FOUND_NOTHING, _FOUND_SOMETHING):
        raise UnavailableError(f"ShellCheck gave no answer: {reason(finished.stderr)}.")
    found = await asyncio.to_thread(read_json1, finished.stdout, view.index)
    if finished.returncode == _FOUND_SOMETHING and not found:
        raise UnavailableError("ShellCheck says that it found something, and not what.")
    return found


async def _locate(view: View, settings: CheckerSettings) -> str:
    return await tell_version("shellcheck", ("--version",), view, settings)


def read_json1(output: bytes, index: LineIndex) -> tuple[Diagnostic, ...]:
    """The findings in the output of `shellcheck --format=json1`.

    Raises:
        UnavailableError: when the output is something else.
    """
    try:
        return tuple(_diagnostic(item, index) for item in json.loads(output)["comments"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnavailableError(f"ShellCheck's answer can't be read: {error!r}.") from error


def _shell(view: View) -> tuple[str, ...]:
    if view.path is None or _SAYS_ITSELF.match(view.text):
        return ()
    shell = _SHELLS.get(view.path.suffix.lower())
    return () if shell is None else (f"--shell={shell}",)


def _diagnostic(item: dict[str, Any], index: LineIndex) -> Diagnostic:
    span = _span(item, index)
    return Diagnostic(
        source="shellcheck",
        code=f"SC{item['code']}",
        message=item["message"],
        span=span if span.end > span.start else word_at(index.text, span.start),
        severity=_SEVERITIES[item["level"]],
        suggestions=tuple(_suggestions(item, index)),
    )


def _suggestions(item: dict[str, Any], index: LineIndex) -> Iterator[Suggestion]:
    """ShellCheck's fix. It promises nothing: quoting a variable changes what is split.

    Of two insertions at one place it does not say which comes first.
    """
    replacements = (item.get("fix") or {}).get("replacements") or ()
    edits = tuple(Edit(_span(one, index), one["replacement"]) for one in replacements)
    if edits and len({edit.span for edit in edits}) == len(edits):
        yield Suggestion(f"Mend SC{item['code']}", edits)


def _span(item: dict[str, Any], index: LineIndex) -> Span:
    """Lines and columns count from 1, columns in code points."""
    start = index.offset(item["line"] - 1, item["column"] - 1)
    return Span(start, max(start, index.offset(item["endLine"] - 1, item["endColumn"] - 1)))


CHECKER = Checker(
    id="shellcheck",
    languages=frozenset({"shellscript"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"shellcheck"}),
    parses=True,
    bug_families=frozenset({"SC"}),
)
