"""Sublime Text, with the package LSP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.editors import Client, Editor
from understudy.editors.json_form import JsonMembers, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from understudy.editors import Server
    from understudy.editors.machine import Machine

_SCOPES = {
    "c": "source.c",
    "cpp": "source.c++",
    "csharp": "source.cs",
    "css": "source.css",
    "go": "source.go",
    "html": "text.html.basic",
    "java": "source.java",
    "javascript": "source.js",
    "javascriptreact": "source.jsx",
    "json": "source.json",
    "kotlin": "source.kotlin",
    "lua": "source.lua",
    "makefile": "source.makefile",
    "markdown": "text.html.markdown",
    "php": "source.php",
    "python": "source.python",
    "ruby": "source.ruby",
    "rust": "source.rust",
    "shellscript": "source.shell",
    "sql": "source.sql",
    "swift": "source.swift",
    "toml": "source.toml",
    "typescript": "source.ts",
    "typescriptreact": "source.tsx",
    "yaml": "source.yaml",
}
_PATH = ("clients", "understudy")


def _members(server: Server) -> Mapping[tuple[str, ...], object]:
    scopes = [_SCOPES[one] for one in server.languages if one in _SCOPES]
    return {
        _PATH: {
            "enabled": True,
            "command": list(server.command),
            "selector": " | ".join(scopes),
        }
    }


def _told(value: object) -> tuple[str, ...]:
    return words(value.get("command")) if isinstance(value, dict) else ()


def _data(machine: Machine) -> Path:
    linux = machine.system == "linux"
    return machine.applications() / ("sublime-text" if linux else "Sublime Text")


def _file(machine: Machine) -> Path:
    return _data(machine) / "Packages" / "User" / "LSP.sublime-settings"


def _package(machine: Machine) -> Iterator[Path]:
    yield _data(machine) / "Installed Packages" / "LSP.sublime-package"
    yield _data(machine) / "Packages" / "LSP"


def _traces(machine: Machine) -> Iterator[Path]:
    yield _data(machine)


EDITOR = Editor(
    id="sublime",
    name="Sublime Text",
    programs=("subl", "sublime_text"),
    version_arguments=(),
    traces=_traces,
    clients=(
        Client(
            id="lsp",
            name="the package LSP",
            place=_file,
            form=JsonMembers(members=_members, paths=(_PATH,), told=_told),
            evidence=_package,
            need="Install the package LSP with Package Control.",
            full_path=True,
        ),
    ),
)
