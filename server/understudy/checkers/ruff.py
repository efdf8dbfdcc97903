"""Ruff with the user's own configuration, as a process that reads its standard input.

Its language server answers many times faster, but not always the same: it passes over excluded
documents, for one, and reads configuration only when told. So it is asked in place of the process
about those documents only for which both said the same, as long as no configuration file changes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.checkers import Checker
from understudy.core.failures import UnavailableError
from understudy.workspace.ruff_child import RuffPlace, ask_ruff, close_ruff, sees
from understudy.workspace.ruff_config import State, config_states
from understudy.workspace.ruff_output import read_entries, read_ruff_json
from understudy.workspace.tool_text import version_told
from understudy.workspace.tools import find_tool, run_tool
from understudy.workspace.view import Notebook

if TYPE_CHECKING:
    from asyncio import Task

    from understudy.config.settings import CheckerSettings
    from understudy.workspace.diagnostics import Diagnostic, Suggestion
    from understudy.workspace.view import View

_CHECK = "check"
_ARGUMENTS = (
    "--output-format=json",
    "--no-cache",
    "--no-fix",
    "--no-fix-only",
    "--no-force-exclude",
    "--stdin-filename",
)
_FOUND_NOTHING, _FOUND_SOMETHING = 0, 1
_PYTHON_SUFFIXES = frozenset({".py", ".pyi", ".pyw"})


@dataclass(frozen=True, slots=True)
class _Belief:
    """What was learned about the warm server and one document.

    Attributes:
        states: of the configuration files, when it was learned.
        is_true: whether the server says what the process says; None while that is found out.
    """

    states: tuple[State, ...]
    is_true: bool | None = None


_beliefs: OrderedDict[RuffPlace, _Belief] = OrderedDict()
_MAX_BELIEFS = 256
_SERVER_S = 2.0
"""What the server has not said by then the process is asked, which still has time."""
_QUIET_S = 1.0
"""How long after a first check the server is compared with it: starting it would slow down the very
request that is under way."""
_comparisons: set[Task[None]] = set()


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    """Ask the process the first time, and whenever the configuration changed; then the server.

    The server is believed about a document once it said the same as the process.
    """
    place, states = await asyncio.to_thread(_prepare, view, settings)
    if place is None or view.rules:
        command = await asyncio.to_thread(find_tool, "ruff", view, settings, bundled=True)
        return await _by_process(command, view, settings)
    belief = _beliefs.get(place)
    if belief is not None and belief.states == states and belief.is_true:
        with contextlib.suppress(UnavailableError):
            return read_entries(await ask_ruff(place, view.text), view)
    found = await _by_process(place.command, view, settings)
    if belief is None or belief.states != states:
        _believe(place, _Belief(states))
        comparison = asyncio.create_task(_compare(place, states, view, found))
        _comparisons.add(comparison)
        comparison.add_done_callback(_comparisons.discard)
    return found


def _prepare(view: View, settings: CheckerSettings) -> tuple[RuffPlace | None, tuple[State, ...]]:
    """What the server can be asked about; None for a cell and for what has no place on disk.

    And for a text with a byte order mark, which the server takes for a character of the first line.
    """
    if view.text.startswith("\ufeff") or view.notebook is not None:
        return None, ()
    if view.path is None or view.root is None:
        return None, ()
    command = find_tool("ruff", view, settings, bundled=True)
    path = _stdin_path(view)
    timeout_s = min(settings.timeout_s, _SERVER_S)
    return RuffPlace(command, view.root, path, timeout_s), config_states(path)


async def _compare(
    place: RuffPlace, states: tuple[State, ...], view: View, found: tuple[Diagnostic, ...]
) -> None:
    """Find out whether the server says the same about a text as the process did."""
    await asyncio.sleep(_QUIET_S)
    is_same: bool | None = False
    try:
        if await sees(place, [state[0] for state in states]):
            theirs = read_entries(await ask_ruff(place, view.text), view)
            is_same = list(map(_whole, theirs)) == list(map(_whole, found))
    except UnavailableError:
        is_same = None
    if _beliefs.get(place) != _Belief(states):
        return
    if is_same is None:
        del _beliefs[place]  # Another check tries again.
    else:
        _believe(place, _Belief(states, is_same))


def _believe(place: RuffPlace, belief: _Belief) -> None:
    _beliefs[place] = belief
    _beliefs.move_to_end(place)
    while len(_beliefs) > _MAX_BELIEFS:
        _beliefs.popitem(last=False)


def _whole(found: Diagnostic) -> tuple[Diagnostic, tuple[Suggestion, ...]]:
    return found, found.suggestions


async def _close() -> None:
    """End the comparisons and the servers."""
    loop = asyncio.get_running_loop()
    own = [one for one in _comparisons if one.get_loop() is loop]
    for comparison in own:
        comparison.cancel()
    await asyncio.gather(*own, return_exceptions=True)
    _comparisons.clear()
    _beliefs.clear()
    await close_ruff()


async def _by_process(
    command: tuple[str, ...], view: View, settings: CheckerSettings
) -> tuple[Diagnostic, ...]:
    path = _stdin_path(view)
    codes = ",".join(code for name, code in view.rules if name == CHECKER.id)
    also = (f"--extend-select={codes}",) if codes else ()
    finished = await run_tool(
        (*command, _CHECK, *also, *_ARGUMENTS, str(path), "-"),
        stdin=_encoded(view.text if view.notebook is None else _as_notebook(view)),
        cwd=view.root or path.parent,
        timeout_s=settings.timeout_s,
    )
    if finished.returncode not in (_FOUND_NOTHING, _FOUND_SOMETHING):
        raise UnavailableError(f"Ruff gave no answer: {_first_line(finished.stderr)}")
    if finished.returncode == _FOUND_SOMETHING and finished.stdout.strip() == b"[]":
        raise UnavailableError("Ruff says that it found something, and not what.")
    return await asyncio.to_thread(read_ruff_json, finished.stdout, view)


async def _locate(view: View, settings: CheckerSettings) -> str:
    command = await asyncio.to_thread(find_tool, "ruff", view, settings, bundled=True)
    return f"{command[0]} ({await version_told((*command, '--version'), view.root, settings)})"


def _as_notebook(view: View) -> str:
    """All cells in Jupyter's format (https://nbformat.readthedocs.io), which Ruff reads as one."""
    notebook = view.notebook or Notebook()
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": one}
        for one in (*notebook.earlier, view.text, *notebook.later)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def _stdin_path(view: View) -> Path:
    """The path by which Ruff finds its configuration and knows what the text is."""
    path = view.path or (view.root or Path.home()) / "untitled.py"
    if view.notebook is not None:
        return path.with_suffix(".ipynb")
    return path if path.suffix in _PYTHON_SUFFIXES else path.with_suffix(".py")


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise UnavailableError("Ruff can't read a text that holds half a character.") from error


def _first_line(stderr: bytes) -> str:
    """What went wrong: the first line, and the cause that Ruff writes below it."""
    lines = [line.strip() for line in stderr.decode(errors="replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("warning:")]
    return " ".join(lines[:2]) or "it ended without a word."


CHECKER = Checker(
    id="ruff",
    languages=frozenset({"python"}),
    run=_run,
    locate=_locate,
    sources=frozenset({"ruff"}),
    bundled=True,
    bug_families=frozenset({"F", "B"}),
    import_order=frozenset({"I001"}),
    implied=frozenset({("E722", "BLE001")}),
    rule=re.compile(r"[A-Z]{1,5}\d{1,4}"),
    close=_close,
)
