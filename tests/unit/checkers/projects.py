"""What tests of checkers that need a project share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.support import require
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.checkers import Checker
    from understudy.workspace.diagnostics import Diagnostic

PATIENT = CheckerSettings(timeout_s=120.0)
MANIFEST = '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n'
"""Of a crate."""


def write(root: Path, **files: str) -> Path:
    """Files by their names, in which `__` stands for a slash and `_dot_` for a dot."""
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return root


def document(root: Path, name: str, text: str, language: str, trust: Trust = Trust.TRUSTED) -> View:
    path = root / name
    return View(path.as_uri(), text, Policy(trust), language=language, path=path, root=root)


def tree(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file's content and time of change: what a checker must leave as it is."""
    return {
        str(path.relative_to(root)): (
            path.read_bytes() if path.is_file() else b"",
            path.lstat().st_mtime_ns,
        )
        for path in (root, *root.rglob("*"))
    }


async def look(checker: Checker, view: View) -> tuple[Diagnostic, ...]:
    """What a checker finds; nothing in the project may have changed by it."""
    assert view.root is not None
    before = tree(view.root)
    try:
        return await checker.run(view, PATIENT)
    finally:
        assert tree(view.root) == before


def marked(view: View, found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    """Each finding's code and the text that it marks, in order of place."""
    return [
        (one.code, one.span.of(view.text)) for one in sorted(found, key=lambda one: one.span.start)
    ]


def stand_in(folder: Path, script: str) -> CheckerSettings:
    """Settings that name a script as the tool, with little patience."""
    if os.name == "nt":
        pytest.skip("Only on POSIX are stand-ins scripts.")
    require("sh")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tool"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return CheckerSettings(command=(str(path),), timeout_s=1.0)
