"""ESLint inside a Node that is kept running: loading it and its plugins takes most of a check."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from understudy.config.settings import CheckerSettings
from understudy.workspace.line_child import LineChild
from understudy.workspace.node_tools import NODE_ENVIRONMENT, find_package
from understudy.workspace.tools import find_tool
from understudy.workspace.warm import Plan, WarmPool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from understudy.workspace.view import View

_SCRIPT = """
const api = require(process.argv[1]);
const lines = require("node:readline").createInterface({ input: process.stdin });
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
const ready = (async () => {
  const ESLint = api.loadESLint ? await api.loadESLint({ cwd: process.cwd() }) : api.ESLint;
  return new ESLint({ cwd: process.cwd() });
})();
async function look({ text, path }) {
  try {
    return await (await ready).lintText(text, { filePath: path, warnIgnored: true });
  } catch (error) {
    return { failure: String((error && error.message) || error) };
  }
}
let last = ready.catch(() => undefined).then(() => write("{}\\n"));
lines.on("line", (line) => {
  const { id, question } = JSON.parse(line);
  last = last.then(() => look(question))
    .then((answer) => write(JSON.stringify({ id, answer }) + "\\n"));
});
lines.on("close", () => process.exit(0));
"""
"""What plugins print goes to where nobody reads it; only answers go to the output."""
_CONFIGS = (
    *(f"eslint.config.{suffix}" for suffix in ("js", "mjs", "cjs", "ts", "mts", "cts")),
    *(f".eslintrc{suffix}" for suffix in ("", ".js", ".cjs", ".yaml", ".yml", ".json")),
)

_children = WarmPool[LineChild]()
close_eslint = _children.close


def configurations(view: View) -> Iterator[tuple[str, int, int]]:
    """ESLint's configuration files beside a document and above it: path, time and size."""
    if view.root is None or view.path is None:
        return
    for folder in view.path.parents:
        if folder.is_relative_to(view.root):
            yield from _states(folder)


def _states(folder: Path) -> Iterator[tuple[str, int, int]]:
    for name in _CONFIGS:
        try:
            seen = os.stat(folder / name)  # noqa: PTH116 - many of these, for each check
        except OSError:
            continue
        yield str(folder / name), seen.st_mtime_ns, seen.st_size


async def ask_eslint(view: View, root: Path, settings: CheckerSettings) -> Any:
    """What ESLint's own `lintText` gives for a document, or `{"failure": …}`.

    A change of the configuration starts another child: Node never loads a module twice.

    Raises:
        UnavailableError: when there is no ESLint or no Node, or they gave no answer.
    """
    package, node, states = await asyncio.to_thread(_found, view)
    command = (*node, "-e", _SCRIPT, str(package))
    plan = Plan("ESLint", lambda: LineChild.start(command, root, NODE_ENVIRONMENT, "ESLint"))
    warm = await _children.get((command, root, states), plan)
    async with warm.turn(settings.timeout_s) as child:
        return await child.ask({"text": view.text, "path": str(view.path)})


def _found(view: View) -> tuple[Path, tuple[str, ...], tuple[tuple[str, int, int], ...]]:
    node = find_tool("node", view, CheckerSettings())
    return find_package("eslint", view), node, tuple(configurations(view))
