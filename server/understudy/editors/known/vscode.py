"""Visual Studio Code: the extension brings a server along, and can be told of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.editors import Client, Editor
from understudy.editors.command import SERVE
from understudy.editors.json_form import JsonMembers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from understudy.editors import Server
    from understudy.editors.machine import Machine

_PATH = ("understudy.server.path",)
_NEED = (
    "Install the extension: in a checkout of Understudy, `make vsix` (with Node 20 or newer) makes "
    "it, then `code --install-extension vscode-client/understudy-0.1.0.vsix`."
)
_NOTE = "Without it, the extension looks for a server by itself, and brings one along."


def _members(server: Server) -> Mapping[tuple[str, ...], object]:
    return {_PATH: server.command[0]}


def _told(value: object) -> tuple[str, ...]:
    return (value, SERVE) if isinstance(value, str) and value else ()


def _settings(machine: Machine) -> Path:
    return machine.applications() / "Code" / "User" / "settings.json"


def _codium_settings(machine: Machine) -> Path:
    return machine.applications() / "VSCodium" / "User" / "settings.json"


def _extension(machine: Machine) -> Iterator[Path]:
    yield machine.home / ".vscode" / "extensions" / "understudy.understudy-*"


def _codium_extension(machine: Machine) -> Iterator[Path]:
    yield machine.home / ".vscode-oss" / "extensions" / "understudy.understudy-*"


def _traces(machine: Machine) -> Iterator[Path]:
    yield _settings(machine).parent
    yield _codium_settings(machine).parent


_FORM = JsonMembers(members=_members, paths=(_PATH,), told=_told)

EDITOR = Editor(
    id="vscode",
    name="VS Code",
    programs=("code", "codium"),
    version_arguments=(),
    traces=_traces,
    clients=(
        Client(
            id="code",
            name="Understudy's extension",
            place=_settings,
            form=_FORM,
            evidence=_extension,
            need=_NEED,
            note=_NOTE,
            by_itself=True,
            full_path=True,
        ),
        Client(
            id="codium",
            name="Understudy's extension in VSCodium",
            place=_codium_settings,
            form=_FORM,
            evidence=_codium_extension,
            need=_NEED.replace("code --", "codium --"),
            note=_NOTE,
            by_itself=True,
            full_path=True,
        ),
    ),
)
