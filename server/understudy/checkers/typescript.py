"""TypeScript: the compiler's own server, kept warm, with the project's `tsconfig.json`.

Up to version 6 it is `tsserver`, which also proposes fixes for nearly every error; from version 7
on the compiler is a language server.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.checkers import Checker, ToolMissingError
from understudy.workspace.mirror import Mirror, Server
from understudy.workspace.node_tools import find_package, node_command, version_of
from understudy.workspace.served import look, place_of, shown
from understudy.workspace.tools import find_tool
from understudy.workspace.ts_findings import look_by_tsserver
from understudy.workspace.tsserver import TsServer
from understudy.workspace.warm import Plan, WarmPool

if TYPE_CHECKING:
    from understudy.config.settings import CheckerSettings
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_LANGUAGES = {
    "typescript": ".ts",
    "typescriptreact": ".tsx",
    "javascript": ".js",
    "javascriptreact": ".jsx",
}

_NOT_CHECKED = "@ts-nocheck"
_PROBE = "\n;(0).understudyProbe;\n"
"""What is an error wherever types are looked at, and correct JavaScript."""
_NO_SUCH_PROPERTY = "2339"
_WATCHED = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json")


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command, is_lsp = await asyncio.to_thread(_find, view, settings)
    root, path = place_of(view, f"untitled{_LANGUAGES[view.language]}")
    documents = shown(view, path, _LANGUAGES)
    if is_lsp:
        plan = Plan("TypeScript", lambda: Mirror.start(Server(command, root, watched=_WATCHED)))
        warm = await _mirrors.get((command, root), plan)
        async with warm.turn(settings.timeout_s) as mirror:
            return await look(mirror, documents, view)
    started = Plan("TypeScript", lambda: TsServer.start(command, root))
    server = await _servers.get((command, root), started)
    async with server.turn(settings.timeout_s) as ts:
        return await look_by_tsserver(ts, documents, view)


async def _only_parses(view: View, settings: CheckerSettings) -> bool:
    """Whether types are left alone: in JavaScript without `checkJs`, and where a comment says so.

    Which of that holds depends on configurations that extend each other, so it is tried.
    """
    if view.language.startswith("typescript") and _NOT_CHECKED not in view.text:
        return False
    found = await _run(replace(view, text=view.text + _PROBE), settings)
    size = len(view.text)
    return not any(one.code == _NO_SUCH_PROPERTY and one.span.start >= size for one in found)


async def _locate(view: View, settings: CheckerSettings) -> str:
    command, _ = await asyncio.to_thread(_find, view, settings)
    if settings.command:
        return command[0]
    package = await asyncio.to_thread(find_package, "typescript", view)
    return f"{package} ({await asyncio.to_thread(version_of, package)})"


async def _close() -> None:
    await _servers.close()
    await _mirrors.close()


_servers = WarmPool[TsServer]()
_mirrors = WarmPool[Mirror]()


def _find(view: View, settings: CheckerSettings) -> tuple[tuple[str, ...], bool]:
    """The command that starts the server, and whether it speaks the language server protocol."""
    if settings.command:
        command = find_tool("tsserver", view, settings)
        return command, "--lsp" in command
    package = find_package("typescript", view)
    if (script := package / "lib" / "tsserver.js").is_file():
        return node_command(script, view), False
    if (script := package / "lib" / "getExePath.js").is_file():
        return (*node_command(script.with_name("tsc.js"), view), "--lsp", "--stdio"), True
    raise ToolMissingError(f"The TypeScript in `{package}` has no server that is known here.")


CHECKER = Checker(
    id="typescript",
    languages=frozenset(_LANGUAGES),
    run=_run,
    locate=_locate,
    sources=frozenset({"ts", "typescript", "tsserver", "javascript", "js", "vtsls", "deno-ts"}),
    is_type_checker=True,
    only_parses=_only_parses,
    close=_close,
)
