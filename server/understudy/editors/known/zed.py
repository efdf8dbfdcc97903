"""Zed, which starts only servers that it knows by name: Understudy takes the place of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.editors import Client, Editor
from understudy.editors.json_form import JsonMembers, Listed, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from understudy.editors import Server
    from understudy.editors.machine import Machine

_TAKEN = "pylsp"
"""A server for Python that Zed knows and does not start by itself."""
_BINARY = ("lsp", _TAKEN, "binary")


def _members(server: Server) -> Mapping[tuple[str, ...], object]:
    return {_BINARY: {"path": server.command[0], "arguments": list(server.command[1:])}}


def _told(value: object) -> tuple[str, ...]:
    if not isinstance(value, dict) or not isinstance(value.get("path"), str):
        return ()
    return (value["path"], *words(value.get("arguments")))


def _file(machine: Machine) -> Path:
    if machine.system == "windows":
        return machine.config() / "Zed" / "settings.json"
    return machine.config() / "zed" / "settings.json"


def _traces(machine: Machine) -> Iterator[Path]:
    yield _file(machine).parent


EDITOR = Editor(
    id="zed",
    name="Zed",
    programs=("zed", "zeditor", "zed-editor"),
    version_arguments=(),
    traces=_traces,
    clients=(
        Client(
            id="zed",
            name="Zed's own client",
            place=_file,
            form=JsonMembers(
                members=_members,
                paths=(_BINARY,),
                told=_told,
                # `...` stands for the servers that Zed would start without this list.
                listed=Listed(("languages", "Python", "language_servers"), _TAKEN, ("...",)),
            ),
            note=(
                "Zed starts only servers that it knows by name, so Understudy takes the place of "
                "pylsp, for Python alone."
            ),
            alone=True,
            full_path=True,
        ),
    ),
)
