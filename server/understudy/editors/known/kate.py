"""Kate, with its plugin LSP Client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.editors import Client, Editor
from understudy.editors.json_form import JsonMembers, words
from understudy.editors.markers import ROOT_MARKERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from understudy.editors import Server
    from understudy.editors.machine import Machine

_MODES = {
    "c": "^C$",
    "cpp": r"^C\+\+$",
    "go": "^Go$",
    "java": "^Java$",
    "javascript": "^JavaScript.*$",
    "python": "^Python$",
    "rust": "^Rust$",
    "shellscript": "^Bash$",
    "typescript": "^TypeScript.*$",
}
"""LSP language id → Kate's names for the highlighting."""
_KEYS = {"shellscript": "bash"}
_PATHS = tuple(("servers", _KEYS.get(one, one)) for one in sorted(_MODES, key="python".__ne__))


def _members(server: Server) -> Mapping[tuple[str, ...], object]:
    return {
        ("servers", _KEYS.get(one, one)): {
            "command": list(server.command),
            "rootIndicationFileNames": list(ROOT_MARKERS),
            "highlightingModeRegex": _MODES[one],
        }
        for one in server.languages
        if one in _MODES
    }


def _told(value: object) -> tuple[str, ...]:
    command = words(value.get("command")) if isinstance(value, dict) else ()
    return command if any("understudy" in word for word in command) else ()


def _file(machine: Machine) -> Path:
    if machine.system == "mac":
        return machine.home / "Library" / "Preferences" / "kate" / "lspclient" / "settings.json"
    return machine.local() / "kate" / "lspclient" / "settings.json"


def _traces(machine: Machine) -> Iterator[Path]:
    yield _file(machine).parent.parent


EDITOR = Editor(
    id="kate",
    name="Kate",
    programs=("kate",),
    version_arguments=(),
    traces=_traces,
    clients=(
        Client(
            id="kate",
            name="the plugin LSP Client",
            place=_file,
            form=JsonMembers(members=_members, paths=_PATHS, told=_told),
            note=(
                "The plugin LSP Client has to be switched on in Kate's settings. It runs one server "
                "for a document, so Understudy takes the place of another one."
            ),
            alone=True,
            full_path=True,
        ),
    ),
)
