"""ESLint with the project's own configuration, which is code: in trusted folders only."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from understudy.checkers import Checker, ToolMissingError
from understudy.core.failures import UnavailableError
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.eslint_child import ask_eslint, close_eslint, configurations
from understudy.workspace.foreign.document import Document
from understudy.workspace.foreign.eslint import eslint_suggestions
from understudy.workspace.foreign.exact import exact
from understudy.workspace.node_tools import find_package, version_of
from understudy.workspace.tools import find_tool, run_tool
from understudy.workspace.ts_text import TsText

if TYPE_CHECKING:
    from understudy.config.settings import CheckerSettings
    from understudy.workspace.view import View

_ARGUMENTS = ("--stdin", "--format=json", "--no-color", "--stdin-filename")
_DIRECTIVE = "directive"
_ABOUT_COMMENTS = (
    ("Unused eslint-", "unused-disable-directive"),
    ("Unused inline config", "unused-inline-config"),
    ("Failed to parse JSON", _DIRECTIVE),
)
_FOUND_NOTHING, _FOUND_SOMETHING = 0, 1


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    _require_trust(view)
    if view.root is None or view.path is None:
        raise UnavailableError("ESLint needs to know where in a project a file lies.")
    if settings.command:
        results = await _by_process(view, settings)
    else:
        results = await ask_eslint(view, view.root, settings)
    return await asyncio.to_thread(read_results, results, view)


def read_results(results: object, view: View) -> tuple[Diagnostic, ...]:
    """The diagnostics of ESLint's `LintResult` list about the view's text.

    Raises:
        UnavailableError: when ESLint failed, left the file out, or said something else.
    """
    if isinstance(results, dict) and results.get("failure"):
        raise UnavailableError(f"ESLint failed: {str(results['failure']).strip()[:300]}")
    try:
        if not isinstance(results, list) or len(results) != 1:
            raise UnavailableError("ESLint leaves this file out.")
        # ESLint counts without the byte order mark.
        mark = int(view.text.startswith("\ufeff"))
        text = TsText(view.text[mark:])
        return tuple(_diagnostic(one, text, view, mark) for one in results[0]["messages"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise UnavailableError(f"ESLint's answer can't be read: {error!r}.") from error


def _diagnostic(message: dict[str, Any], text: TsText, view: View, mark: int) -> Diagnostic:
    if not any(message.get(key) for key in ("ruleId", "fatal", "line")):
        raise UnavailableError(f"ESLint did not look: {message['message']}")
    suggestions = eslint_suggestions(message, Document(view.index, "utf-16"))
    return Diagnostic(
        source="eslint",
        code=message.get("ruleId") or _code(message),
        message=message["message"],
        span=_span(message, text, mark),
        severity=Severity.ERROR if message["severity"] == 2 else Severity.WARNING,
        suggestions=exact(suggestions, view.text),
    )


def _code(message: dict[str, Any]) -> str:
    """A name for what no rule found; a message without a place says that ESLint did not look.

    Of comments for ESLint it tells when they are not needed, or can't be understood.
    """
    said = message["message"]
    for words, code in _ABOUT_COMMENTS:
        if said.startswith(words):
            return code
    return "syntax-error" if message.get("fatal") else _DIRECTIVE


def _span(message: dict[str, Any], text: TsText, mark: int) -> Span:
    start = text.offset(message.get("line") or 1, message.get("column") or 1)
    end = start
    if message.get("endLine") and message.get("endColumn"):
        end = max(start, text.offset(message["endLine"], message["endColumn"]))
    return Span(start + mark, end + mark)


async def _by_process(view: View, settings: CheckerSettings) -> object:
    command = await asyncio.to_thread(find_tool, "eslint", view, settings)
    try:
        content = view.text.encode()
    except UnicodeEncodeError as error:
        raise UnavailableError("ESLint can't read a text that holds half a character.") from error
    finished = await run_tool(
        (*command, *_ARGUMENTS, str(view.path)),
        stdin=content,
        cwd=view.root,
        timeout_s=settings.timeout_s,
    )
    try:
        if finished.returncode not in (_FOUND_NOTHING, _FOUND_SOMETHING):
            return {"failure": finished.stderr.decode(errors="replace") or "no reason given"}
        return json.loads(finished.stdout)
    except (ValueError, RecursionError) as error:
        raise UnavailableError(f"ESLint's answer can't be read: {error!r}.") from error


def _require_trust(view: View) -> None:
    if not view.policy.may_run_workspace_tools:
        raise ToolMissingError(
            "The workspace is not trusted, so its ESLint configuration, which is code, was not run."
        )


def _is_for(view: View, settings: CheckerSettings) -> bool:
    """Whether the project uses ESLint."""
    return bool(settings.command) or next(configurations(view), None) is not None


async def _locate(view: View, settings: CheckerSettings) -> str:
    _require_trust(view)
    if settings.command:
        return (await asyncio.to_thread(find_tool, "eslint", view, settings))[0]
    package = await asyncio.to_thread(find_package, "eslint", view)
    return f"{package} ({await asyncio.to_thread(version_of, package)})"


CHECKER = Checker(
    id="eslint",
    languages=frozenset({"javascript", "javascriptreact", "typescript", "typescriptreact"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"eslint"}),
    applies=_is_for,
    close=close_eslint,
)
