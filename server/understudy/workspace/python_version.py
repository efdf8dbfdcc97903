"""Which Python a workspace is written for, found by reading files. Nothing is executed."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from understudy.core.plain_files import read_plain
from understudy.workspace.python_env import environment_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAX_BYTES = 1_000_000
_PIN = re.compile(r"(?:^|\r)\s*(?:c?python-?)?(\d{1,3})\.(\d{1,3})", re.MULTILINE)
_LOWER_BOUND = re.compile(r"(?:>=|~=|==|>)\s*(\d{1,3})\.(\d{1,3})")


def workspace_version(root: Path | None, chosen: Path | None) -> tuple[int, int] | None:
    """The newest major and minor version of Python that something in a workspace names.

    Its virtual environment, `.python-version`, and the lower bound of `requires-python` are asked.
    None when none of them says anything.

    Args:
        root: the workspace folder.
        chosen: the environment that settings choose, as in `find_environment`.
    """
    return max(_versions(root, chosen), default=None)


def _versions(root: Path | None, chosen: Path | None) -> Iterator[tuple[int, int]]:
    environment = environment_version(root, chosen)
    if environment is not None:
        yield environment
    if root is not None:
        for pattern, text in (
            (_PIN, _text(root / ".python-version")),
            (_LOWER_BOUND, _requires_python(_text(root / "pyproject.toml"))),
        ):
            yield from ((int(found[1]), int(found[2])) for found in pattern.finditer(text))


def _requires_python(pyproject: str) -> str:
    try:
        project = tomllib.loads(pyproject).get("project", {})
    except (tomllib.TOMLDecodeError, RecursionError):
        return ""
    return str(project.get("requires-python", "")) if isinstance(project, dict) else ""


def _text(path: Path) -> str:
    try:
        return read_plain(path, _MAX_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
