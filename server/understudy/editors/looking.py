"""Which editors are on a machine, and what stands between each of them and Understudy."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError, UnavailableError
from understudy.editors.command import PROGRAM, is_own, own_version
from understudy.editors.files import read_settings
from understudy.editors.machine import is_there
from understudy.workspace.tools import run_tool

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from understudy.editors import Client, Editor
    from understudy.editors.machine import Machine

_PATIENCE_S = 10.0
_MAX_VERSION = 80
_NUMBERS = re.compile(r"\d+(?:\.\d+)+")
_OURS = re.compile(rf"{PROGRAM} \d")


@dataclass(frozen=True, slots=True)
class SetUp:
    """How a client is set up.

    Attributes:
        path: the file for it.
        command: the command that the file has for Understudy; empty when it has none.
        unreadable: why the file can't be read, as a sentence; empty when it can.
        answer: what that command says its version is; empty when it does not answer.
        installed: whether the client is there, as far as its traces tell.
    """

    client: Client
    path: Path
    command: tuple[str, ...]
    unreadable: str
    answer: str
    installed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """An editor on this machine.

    Attributes:
        program: where it is; empty when only its folders or our configuration were found.
        version: the first line that it says about itself; empty when it was not asked.
    """

    editor: Editor
    program: str
    version: str
    clients: tuple[SetUp, ...]

    @property
    def is_too_old(self) -> bool:
        """Whether its version is one that can't work; one that is not known is not."""
        numbers = _NUMBERS.search(self.version)
        if numbers is None:
            return False
        return tuple(map(int, numbers[0].split("."))) < self.editor.oldest

    @property
    def configured(self) -> tuple[SetUp, ...]:
        """The clients that have been told about Understudy."""
        return tuple(one for one in self.clients if one.command)

    @property
    def is_known(self) -> bool:
        """Whether the editor itself was found: its program, or what only the editor puts there.

        The folder of its settings tells nothing: we make that, too.
        """
        brought = any(one.client.evidence is not None and one.installed for one in self.clients)
        return bool(self.program) or (self.editor.traces is not None and brought)

    @property
    def passed_over(self) -> SetUp | None:
        """An installed client that starts the server by itself, where one is set up that can't."""
        if not self.configured or self.preferred.client.by_itself:
            return None
        return next((one for one in self.clients if one.installed and one.client.by_itself), None)

    @property
    def preferred(self) -> SetUp:
        """The client to set up: one that is, else the first that is there, else the first."""
        return next(iter(self.configured), preferred(self.clients))


@dataclass(frozen=True, slots=True)
class Finder:
    """How programs are found.

    Attributes:
        program: the path of a program by its name or path; raises `UnavailableError` where there is
            none, and where it may not be run.
        machine: whose editors these are.
    """

    program: Callable[[str], str]
    machine: Machine


def preferred(clients: Sequence[SetUp]) -> SetUp:
    """The first client that is installed, else the first."""
    return next((one for one in clients if one.installed), clients[0])


async def look_for(editor: Editor, finder: Finder) -> Found | None:
    """Look for an editor and its files; None when it is nowhere. Never raises.

    Starts it, and the command that its configuration has, to ask for their versions.
    """
    program = await asyncio.to_thread(_first, editor.programs, finder)
    asked = program and editor.version_arguments
    version = await _first_line((program, *editor.version_arguments)) if asked else ""
    looks = [await _look_at(client, finder) for client in editor.clients]
    found = Found(editor, program, version, tuple(looks))
    if program or found.configured:
        return found
    traces = editor.traces(finder.machine) if editor.traces is not None else ()
    return found if await asyncio.to_thread(is_there, tuple(traces)) else None


async def _look_at(client: Client, finder: Finder) -> SetUp:
    path = await asyncio.to_thread(client.place, finder.machine)
    command, unreadable = await asyncio.to_thread(_read, client, path)
    installed = client.evidence is None or await asyncio.to_thread(
        is_there, tuple(client.evidence(finder.machine))
    )
    answer = await _ask(command, finder) if command else ""
    return SetUp(client, path, command, unreadable, answer, installed)


def _read(client: Client, path: Path) -> tuple[tuple[str, ...], str]:
    try:
        text = read_settings(path) or ""
    except RefusedError as failure:
        return (), str(failure)
    try:
        return client.form.command(text.removeprefix("\ufeff").replace("\r\n", "\n")), ""
    except RefusedError as failure:
        return (), f"`{path}` {failure}."


async def _ask(command: tuple[str, ...], finder: Finder) -> str:
    """The version that the command says it is; the argument behind which it would serve goes."""
    if await asyncio.to_thread(is_own, command):
        return own_version()
    program = await asyncio.to_thread(_first, command[:1], finder)
    if not program:
        return ""
    told = await _first_line((program, *command[1:-1], "--version"))
    return told if _OURS.match(told) else ""


def _first(names: Sequence[str], finder: Finder) -> str:
    for name in names:
        try:
            return finder.program(name)
        except UnavailableError:
            continue
    return ""


async def _first_line(command: tuple[str, ...]) -> str:
    """The first line that a program prints; empty when it prints none or can't be run."""
    try:
        finished = await run_tool(command, stdin=b"", cwd=None, timeout_s=_PATIENCE_S)
    except UnavailableError:
        return ""
    line = finished.stdout.decode(errors="replace").partition("\n")[0].strip()
    return line[:_MAX_VERSION]
