"""The Makefile and the checks that run before a change is taken."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.tidy.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MAKE = shutil.which("make")
needs_make = pytest.mark.skipif(MAKE is None, reason="make is missing")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    assert MAKE is not None
    # A make that runs these tests hands its own flags down; they are not ours.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(
        [MAKE, "--no-print-directory", *arguments],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )


@needs_make
def test_help_describes_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony is not None
    described = {line.split()[0] for line in make("help").stdout.splitlines()}
    assert described == set(phony[1].split())


@needs_make
def test_an_interpreter_that_is_too_old_is_refused_with_a_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3.8"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    finished = make("venv", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}")
    assert finished.returncode != 0
    assert "Understudy needs Python 3.11 or newer" in finished.stdout
    assert not (tmp_path / "venv").exists()


def test_commit_hooks_come_from_no_other_place() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert set(re.findall(r"language: (\S+)", text)) == {"system"}
