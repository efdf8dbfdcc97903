"""What `understudy setup` prints and does."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.editors import Server
from understudy.editors.command import own_command
from understudy.editors.files import carry_out, drop_backup, drop_empty_folders, plan
from understudy.editors.machine import is_there

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.editors import Client, Editor
    from understudy.editors.files import Plan
    from understudy.editors.machine import Machine

ALONE = ("python",)
"""Languages that Understudy takes over from another server where nobody says which."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be set up.

    Attributes:
        client: by its id; None for the one that is installed.
        languages: LSP language ids; none for those that suit the client.
        full_path: whether the program is named with its path in any case.
        path: another file than the usual one.
    """

    editor: Editor
    client: str | None
    languages: tuple[str, ...]
    full_path: bool
    path: Path | None


def show(wish: Wish, machine: Machine) -> None:
    """Print the configuration to standard output, and what to do with it to standard error.

    It is the one that `write` would take. Several would exclude each other.
    """
    client = _chosen(wish, machine)
    path = wish.path or client.place(machine)
    _say(f"{wish.editor.name}, {client.name}: this belongs into `{path}`.")
    sys.stderr.flush()
    sys.stdout.write(client.form.snippet(_server(wish, client)))
    sys.stdout.flush()
    _advise(client, machine)
    command = f"understudy setup {wish.editor.id}"
    named = f" --client {client.id}" if wish.client is not None else ""
    _say(f"`{command}{named} --write` puts it there.")
    for other in wish.editor.clients:
        if other is not client:
            _say(f"For {other.name} instead: `{command} --client {other.id}`.")


def write(wish: Wish, machine: Machine) -> None:
    """Merge the configuration into the editor's file.

    Raises:
        RefusedError: when the file can't be read or written; nothing changed then.
    """
    client = _chosen(wish, machine)
    server = _server(wish, client)
    path = wish.path or client.place(machine)
    made = plan(path, lambda text: client.form.put(text, server))
    _carry_out(made, f"{wish.editor.name} starts Understudy by `{path}`", "already")
    _advise(client, machine)


def remove(wish: Wish, machine: Machine) -> None:
    """Take the configuration out of the editor's file again.

    Raises:
        RefusedError: when the file can't be read or written; nothing changed then.
    """
    client = _chosen(wish, machine)
    path = wish.path or client.place(machine)
    made = plan(path, client.form.remove)
    _carry_out(made, f"`{path}` does not have {wish.editor.name} start Understudy", "anyway")
    if made.new is None:
        drop_backup(made, client.form.remove)
        # A folder of settings is a trace of the editor; one that only we made would be a wrong one.
        if wish.path is None:
            drop_empty_folders(path, machine.shared())


def list_editors() -> None:
    """Print the editors of this machine, each with how it stands."""
    import asyncio
    from pathlib import Path

    from understudy.cli.tables import print_table
    from understudy.editors import all_editors
    from understudy.engine.editors_doctor import examine_editors
    from understudy.engine.setup import set_up
    from understudy.workspace.roots import root_of
    from understudy.workspace.view import View

    root = root_of(Path.cwd())
    policy = set_up(root).policy
    view = View(root.as_uri(), "", policy, path=root / "untitled.py", root=root)
    findings = asyncio.run(examine_editors(view))
    if findings:
        rows = [(one.subject, one.state.value, one.text) for one in findings]
        print_table(("EDITOR", "STATE", "FOUND"), rows)
    else:
        sys.stdout.write("No editor was found.\n")
    found = {one.subject for one in findings}
    others = ", ".join(name for name in sorted(all_editors()) if name not in found)
    if others:
        _say(f"Not found: {others}. Their configuration is printed all the same.")


def _carry_out(made: Plan, state: str, still: str) -> None:
    """Show the difference, write it, and say how it stands."""
    if not made.changes:
        sys.stdout.write(f"{state} {still}: nothing to do.\n")
        return
    sys.stdout.write(made.diff())
    kept = carry_out(made)
    sys.stdout.write(f"{state} now.\n")
    if kept is not None:
        sys.stdout.write(f"What the file said before is in `{kept}`.\n")


def _chosen(wish: Wish, machine: Machine) -> Client:
    """The client that is named, else the first that is there."""
    clients = {one.id: one for one in wish.editor.clients}
    if wish.client is None:
        there = (one for one in wish.editor.clients if _is_installed(one, machine))
        return next(there, wish.editor.clients[0])
    if wish.client not in clients:
        known = ", ".join(f"`{one}`" for one in clients)
        raise BadRequestError(f"{wish.editor.name} has no client `{wish.client}`, but {known}.")
    return clients[wish.client]


def _is_installed(client: Client, machine: Machine) -> bool:
    return client.evidence is None or is_there(client.evidence(machine))


def _server(wish: Wish, client: Client) -> Server:
    command = own_command(full_path=wish.full_path or client.full_path)
    return Server(command, wish.languages or (ALONE if client.alone else checked_languages()))


def checked_languages() -> tuple[str, ...]:
    """Languages of which a checker knows more than the syntax."""
    from understudy.checkers import all_checkers

    deep = (one.languages for one in all_checkers().values() if one.looks_deeper)
    return tuple(sorted(frozenset[str]().union(*deep)))


def _advise(client: Client, machine: Machine) -> None:
    """What the file alone does not do."""
    if not _is_installed(client, machine):
        _say(client.need)
    if client.note:
        _say(client.note)


def _say(sentence: str) -> None:
    sys.stderr.write(f"understudy: {sentence}\n")
