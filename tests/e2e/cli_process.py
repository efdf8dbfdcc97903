"""`understudy` as a program, for the tests of its commands."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.forked import CAN_FORK, run_forked

_LIMIT_S = 90
QUICK = "[checkers.basedpyright]\nenabled = false\n"
"""The user's configuration for most tests: two checkers are enough for what they look at."""
SETTINGS = '[tool.ruff.lint]\nselect = ["E", "F"]\n'
BROKEN = """\
import math
import os


def total(prices):
    result = math.fsum(prices)
    returns result
"""
FIXED = BROKEN.replace("import os\n", "").replace("returns", "return")
DEMO = Path(__file__).parents[1] / "demo"


@dataclass(frozen=True)
class Ended:
    """A program that has ended."""

    code: int
    out: str
    err: str


def environment(home: Path, **more: str) -> dict[str, str]:
    """A plain one: user state below `home`, and no tools but the system's and our own.

    Where nothing is configured in `home`, the slowest checker is switched off there.
    """
    home.mkdir(exist_ok=True)
    if not (home / "config.toml").exists():
        (home / "config.toml").write_text(QUICK, encoding="utf-8")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    return kept | {
        "PATH": os.defpath,
        "UNDERSTUDY_HOME": str(home),
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "error",
        **more,
    }


def start(*arguments: str | Path, cwd: Path, home: Path, **more: str) -> subprocess.Popen[str]:
    """Start `understudy` with pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", "understudy", *map(str, arguments)],
        cwd=cwd,
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run(*arguments: str | Path, cwd: Path, home: Path, **more: str) -> Ended:
    """Run `understudy` to its end, as a copy of a process that has read it where that can be had."""
    if CAN_FORK and not any(name.startswith("PYTHON") for name in more):
        words = list(map(str, arguments))
        return Ended(*run_forked(words, cwd, environment(home, **more), _LIMIT_S))
    with start(*arguments, cwd=cwd, home=home, **more) as process:
        out, err = process.communicate(timeout=_LIMIT_S)
        return Ended(process.returncode, out, err)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def make_shop(folder: Path) -> Path:
    """A file with two problems, in a project."""
    (folder / "pyproject.toml").write_text(SETTINGS)
    path = folder / "shop.py"
    path.write_bytes(BROKEN.encode())
    return path
