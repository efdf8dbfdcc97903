"""Find a tool that is a Node package: the project's own, else one that is installed for everybody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from understudy.config.settings import CheckerSettings
from understudy.core.plain_files import read_plain
from understudy.workspace.tools import ToolMissingError, find_tool, is_outside, path_folders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.workspace.view import View

NODE_ENVIRONMENT = {"NODE_OPTIONS": "--max-old-space-size=3072"}
"""Node ends itself above this many MiB."""

_MAX_BYTES = 4_000_000


def find_package(name: str, view: View) -> Path:
    """The folder of an installed Node package, whose code may be run for the view's workspace.

    Looked up in this order: `node_modules` beside the document and above it, up to the workspace
    folder, if the policy trusts that; where `npm install --global` puts packages, beside the
    folders of `PATH`.

    Raises:
        ToolMissingError: when it can't be had.
    """
    if not view.policy.may_run_tools:
        raise ToolMissingError(f"The workspace is not trusted, so `{name}` was not run.")
    for modules in (*_own(view), *_global()):
        package = modules / name
        if (package / "package.json").is_file() and is_outside(package, view):
            return package
    raise ToolMissingError(f"`{name}` is not installed, or not where Understudy may run it.")


def node_command(script: Path, view: View) -> tuple[str, ...]:
    """The command that runs a script of a package.

    Raises:
        ToolMissingError: when there is no Node.
    """
    return (*find_tool("node", view, CheckerSettings()), str(script))


def version_of(package: Path) -> str:
    """The version in a package's `package.json`; empty when it can't be read."""
    try:
        content = json.loads(read_plain(package / "package.json", _MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return ""
    version = content.get("version") if isinstance(content, dict) else None
    return version if isinstance(version, str) else ""


def _own(view: View) -> Iterator[Path]:
    """The `node_modules` folders of the workspace, the nearest first."""
    if view.root is None or not view.policy.may_run_workspace_tools:
        return
    above = (view.path or view.root / "untitled").parents
    for folder in above:
        if folder.is_relative_to(view.root):
            yield folder / "node_modules"


def _global() -> Iterator[Path]:
    """Where npm installs for everybody: differs between Windows and the others."""
    for folder in path_folders():
        yield folder / "node_modules"
        yield folder.parent / "lib" / "node_modules"
