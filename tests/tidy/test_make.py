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


@needs_make
def test_a_node_that_is_too_old_is_refused_with_a_sentence_before_anything_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\nexit 1\n")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    finished = make("vsix", f"VENV={tmp_path / 'venv'}")
    assert finished.returncode != 0
    assert "built with Node 20 or newer and its npm" in finished.stdout
    assert not (tmp_path / "venv").exists()


@needs_make
def test_what_packs_the_extension_is_pinned() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    names = re.search(r"^PACKER_NAMES := (.+)$", text, re.MULTILINE)
    assert names is not None
    pinned = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    assert all(f"\n{name}==" in f"\n{pinned}" for name in names[1].split("|"))


@needs_make
@pytest.mark.parametrize(("target", "folder"), [("bench", "benchmarks"), ("generate", "tidy")])
def test_a_target_that_runs_scripts_names_those_that_exist(
    tmp_path: Path, target: str, folder: str
) -> None:
    python, stamp = tmp_path / "python", tmp_path / "installed"
    python.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    stamp.touch()
    finished = make(target, f"BIN={tmp_path}", f"DEV={stamp}")
    prefix = "bench" if target == "bench" else "make"
    scripts = sorted((ROOT / "tests" / folder).glob(f"{prefix}_*.py"))
    assert finished.stdout.splitlines() == [f"-m tests.{folder}.{one.stem}" for one in scripts]


def test_commit_hooks_come_from_no_other_place() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert set(re.findall(r"language: (\S+)", text)) == {"system"}
