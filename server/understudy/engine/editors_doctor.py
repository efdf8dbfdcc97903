"""Whether Understudy works in each editor of this machine, and what to do where it does not."""

from __future__ import annotations

import asyncio
import shlex
from typing import TYPE_CHECKING

from understudy.config.settings import CheckerSettings
from understudy.editors import all_editors
from understudy.editors.command import own_version
from understudy.editors.looking import Finder, look_for
from understudy.editors.machine import this_machine
from understudy.engine.finding import Finding, State
from understudy.workspace.tools import find_tool

if TYPE_CHECKING:
    from understudy.editors.looking import Found, SetUp
    from understudy.workspace.view import View


async def look_at_editors(view: View) -> list[Found]:
    """The editors of this machine, with what their files say. Programs run as far as `view` may."""
    try:
        machine = this_machine()
    except RuntimeError:
        return []

    def program(name: str) -> str:
        return find_tool(name, view, CheckerSettings(command=(name,)))[0]

    finder = Finder(program, machine)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(look_for(one, finder)) for one in all_editors().values()]
    return [found for task in tasks if (found := task.result()) is not None]


async def examine_editors(view: View) -> list[Finding]:
    """One finding for each editor that is there."""
    asks = view.policy.may_run_tools
    return [judge(found, asks=asks) for found in await look_at_editors(view)]


def judge(found: Found, *, asks: bool = True) -> Finding:
    """What is to be said about an editor; without `asks`, nothing was run to find out."""
    chosen = found.preferred
    state, text, remedy = (
        _of_version(found)
        or _of_another(found, chosen)
        or _of_program(found, _of_file(found, chosen, asks=asks))
    )
    about = ", ".join(filter(None, (found.version, found.program)))
    return Finding("editors", found.editor.id, state, f"{about}; {text}".lstrip("; "), remedy)


def _of_version(found: Found) -> tuple[State, str, str] | None:
    if not found.is_too_old:
        return None
    oldest = ".".join(map(str, found.editor.oldest))
    remedy = f"Install {found.editor.name} {oldest} or newer."
    return (State.PROBLEM if found.configured else State.NOTE), "too old", remedy


def _of_another(found: Found, chosen: SetUp) -> tuple[State, str, str] | None:
    """What is to be said where a client that needs no configuration stands beside another one."""
    if found.passed_over is None:
        return None
    name = found.passed_over.client.name
    text = (
        f"set up for {chosen.client.name} in `{chosen.path}`, although {name} is there, which "
        "starts the server by itself"
    )
    remedy = f"`understudy setup {found.editor.id} --write` sets up {name} instead."
    return State.NOTE, text, remedy


def _of_program(found: Found, judged: tuple[State, str, str]) -> tuple[State, str, str]:
    """What is judged of the files, where the editor itself may not be there at all."""
    state, text, remedy = judged
    if state is not State.OK or found.is_known:
        return judged
    programs = " or ".join(f"`{one}`" for one in found.editor.programs)
    remedy = f"Install {found.editor.name}, unless it is there and not on `PATH`."
    return State.NOTE, f"{text}; but {programs} is not on `PATH`", remedy


def _of_file(found: Found, chosen: SetUp, *, asks: bool) -> tuple[State, str, str]:
    writes = f"`understudy setup {found.editor.id} --write`"
    client = chosen.client
    if chosen.unreadable:
        return State.PROBLEM, chosen.unreadable, "Correct the file, or move it away."
    if chosen.command:
        return _of_command(chosen, writes, asks=asks)
    if not chosen.installed:
        return State.NOTE, f"{client.name} was not found", client.need
    if client.by_itself:
        return State.OK, f"{client.name} is there, and finds a server by itself", ""
    return State.NOTE, "not set up for Understudy", f"{writes} sets it up."


def _of_command(chosen: SetUp, writes: str, *, asks: bool) -> tuple[State, str, str]:
    """What the command that stands in the file is worth."""
    client, shown = chosen.client, shlex.join(chosen.command)
    if not asks:
        return State.NOTE, f"set up in `{chosen.path}`; `{shown}` was not tried", ""
    if not chosen.answer:
        text = f"`{chosen.path}` has the command `{shown}`, which can't be started"
        return State.PROBLEM, text, f"{writes} writes one that does."
    text = f"set up for {client.name} in `{chosen.path}`; `{shown}` answers: {chosen.answer}"
    if not chosen.installed:
        return State.NOTE, f"{text}, but {client.name} was not found", client.need
    if chosen.answer != own_version():
        text = f"{text}, while this is {own_version()}"
        return State.NOTE, text, f"{writes} has this one started."
    return State.OK, text, ""
