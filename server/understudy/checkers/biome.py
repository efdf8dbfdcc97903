"""Biome, for projects that are configured for it, in a tree that stands for the project.

What it reads from its standard input it writes back, without findings, and its language server
leaves a daemon behind; so it gets a file of its own beside links to everything else.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from understudy.checkers import Checker, ToolMissingError
from understudy.core.failures import UnavailableError
from understudy.core.text import Edit, Span
from understudy.workspace.diagnostics import Diagnostic, Severity, Suggestion
from understudy.workspace.foreign.exact import exact
from understudy.workspace.node_tools import find_package, node_command
from understudy.workspace.shadow import shadow
from understudy.workspace.tool_text import version_told
from understudy.workspace.tools import find_tool, run_tool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from understudy.config.settings import CheckerSettings
    from understudy.core.lines import LineIndex
    from understudy.workspace.tools import Finished
    from understudy.workspace.view import View

_ARGUMENTS = ("lint", "--reporter=rdjson", "--max-diagnostics=none", "--colors=off")
_CONFIGS = ("biome.json", "biome.jsonc", ".biome.json", ".biome.jsonc")
_SEVERITIES = {
    "ERROR": Severity.ERROR,
    "WARNING": Severity.WARNING,
    "INFO": Severity.INFORMATION,
}
_FOUND_SOMETHING = 1
_LEFT_OUT = b"No files were processed"


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(_find, view, settings)
    if view.root is None or view.path is None:
        raise UnavailableError("Biome needs to know where in a project a file lies.")
    try:
        content = view.text.encode()
    except UnicodeEncodeError as error:
        raise UnavailableError("Biome can't read a text that holds half a character.") from error
    async with _tree(shadow(view.root, view.path, content)) as (folder, path):
        finished = await run_tool(
            (*command, *_ARGUMENTS, str(path.relative_to(folder))),
            stdin=b"",
            cwd=folder,
            timeout_s=settings.timeout_s,
        )
    return await asyncio.to_thread(_read, finished, view)


@asynccontextmanager
async def _tree(
    made: AbstractContextManager[tuple[Path, Path]],
) -> AsyncIterator[tuple[Path, Path]]:
    """The tree, made and removed off the loop; removed as well when the check gives up meanwhile."""
    making = asyncio.ensure_future(asyncio.to_thread(made.__enter__))
    try:
        yield await asyncio.shield(making)
    finally:
        await asyncio.wait([making])
        if making.exception() is None:
            await asyncio.to_thread(made.__exit__, None, None, None)


def _read(finished: Finished, view: View) -> tuple[Diagnostic, ...]:
    if _LEFT_OUT in finished.stderr:
        raise UnavailableError("Biome leaves this file out.")
    if not finished.stdout.strip():
        said = finished.stderr.decode(errors="replace").strip()[:300]
        raise UnavailableError(f"Biome gave no answer: {said or 'it ended without a word'}")
    found = read_rdjson(finished.stdout, view)
    if finished.returncode and not (finished.returncode == _FOUND_SOMETHING and found):
        raise UnavailableError(f"Biome ended with code {finished.returncode} and named no reason.")
    return found


def read_rdjson(output: bytes, view: View) -> tuple[Diagnostic, ...]:
    """The diagnostics in Biome's `rdjson` report about the view's text.

    The format is reviewdog's; lines and columns count from 1, columns in code points.

    Raises:
        UnavailableError: when the output is something else.
    """
    try:
        entries = json.loads(output)["diagnostics"]
        own = (one for one in entries if one["location"]["path"].endswith(_name_of(view)))
        return tuple(_diagnostic(one, view.index) for one in own if one["location"].get("range"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnavailableError(f"Biome's answer can't be read: {error!r}.") from error


def _name_of(view: View) -> str:
    return view.path.name if view.path is not None else ""


def _diagnostic(entry: dict[str, Any], index: LineIndex) -> Diagnostic:
    rule = str((entry.get("code") or {}).get("value") or "")
    return Diagnostic(
        source="biome",
        code="syntax-error" if rule == "parse" else rule,
        message=entry["message"],
        span=_span(entry["location"]["range"], index),
        severity=_SEVERITIES.get(entry.get("severity", "ERROR"), Severity.ERROR),
        suggestions=exact(_suggestions(entry.get("suggestions") or (), index), index.text),
    )


def _suggestions(entries: Iterable[dict[str, Any]], index: LineIndex) -> Iterator[Suggestion]:
    """Biome writes the pieces of one fix as a suggestion each, and does not say if it is safe."""
    edits = tuple(Edit(_span(one["range"], index), one["text"]) for one in entries)
    if edits:
        yield Suggestion("Biome's fix", edits)


def _span(places: dict[str, dict[str, int]], index: LineIndex) -> Span:
    start = _offset(places["start"], index)
    return Span(start, max(start, _offset(places["end"], index)))


def _offset(place: dict[str, int], index: LineIndex) -> int:
    return index.offset(place["line"] - 1, place["column"] - 1)


def _find(view: View, settings: CheckerSettings) -> tuple[str, ...]:
    """The package's own program does without Node; which one it is depends on the system."""
    if settings.command:
        return find_tool("biome", view, settings)
    try:
        package = find_package("@biomejs/biome", view)
    except ToolMissingError:
        return find_tool("biome", view, settings)
    native = [path for path in package.parent.glob("cli-*/biome*") if path.is_file()]
    if len(native) == 1:
        return (str(native[0]),)
    return node_command(package / "bin" / "biome", view)


def _is_for(view: View, settings: CheckerSettings) -> bool:
    """Whether the project is configured for Biome."""
    return bool(settings.command) or any(
        (one / name).is_file() for one in _above(view) for name in _CONFIGS
    )


def _above(view: View) -> Iterator[Path]:
    if view.root is not None and view.path is not None:
        yield from (folder for folder in view.path.parents if folder.is_relative_to(view.root))


async def _locate(view: View, settings: CheckerSettings) -> str:
    command = await asyncio.to_thread(_find, view, settings)
    return f"{command[0]} ({await version_told((*command, '--version'), None, settings)})"


CHECKER = Checker(
    id="biome",
    languages=frozenset({"javascript", "javascriptreact", "typescript", "typescriptreact"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"biome"}),
    applies=_is_for,
)
