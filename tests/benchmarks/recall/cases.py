"""Cases for recall: functions of public packages and the definitions that their names resolve to.

Packages are installed once, below the caches of peers, exactly as `packages.lock` and the two
`package-lock.json` say; the sources of C are those that packages of Node bring along. To pin newer ones, write these files anew: with `pip-compile
--generate-hashes --strip-extras`, and with `npm install --ignore-scripts
--omit-lockfile-registry-resolved` in a folder with `package.json`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tests.benchmarks.peer import caches, installed

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
SEED = 20_261_122
COUNT = 20
"""Functions of each package."""

Share = Literal["tuning", "held-out"]

PACKAGES: dict[str, dict[Share, tuple[str, ...]]] = {
    "python": {
        "tuning": ("click", "werkzeug", "marshmallow"),
        "held-out": ("starlette", "rich", "jinja2"),
    },
    "typescript": {
        "tuning": ("rxjs", "immer", "@reduxjs/toolkit", "mobx", "zod"),
        "held-out": ("@trpc/server", "@noble/curves", "@tanstack/router-core"),
    },
    "c": {
        "tuning": ("node-expat/deps/libexpat", "node-zopfli/zopfli"),
        "held-out": ("tree-sitter/vendor/tree-sitter", "usb/libusb", "secp256k1/src/secp256k1"),
    },
}
_SCRIPTS = {
    "python": "needed_python.py",
    "typescript": "needed_typescript.cjs",
    "c": "needed_c.py",
}
_LOCKS = {
    "python": ("packages.lock",),
    "typescript": ("package.json", "package-lock.json"),
    "c": ("c/package.json", "c/package-lock.json"),
}
_TIMEOUT_S = 600.0


@dataclass(frozen=True, slots=True)
class Case:
    """One function.

    Attributes:
        root: the folder that counts as the workspace.
        path: below it.
        start: its first line, counted from 0.
        stop: the line behind its last.
        needed: for each definition in another file all its places: path, line, name.
    """

    language: str
    package: str
    root: Path
    path: str
    start: int
    stop: int
    needed: tuple[tuple[tuple[str, int, str], ...], ...]


def cases(language: str, share: Share, python: Path) -> list[Case]:
    """The cases of some packages, made once. `python` is the interpreter that has jedi.

    Raises:
        SystemExit: where they can't be made.
    """
    folder = _installed(language)
    packages = PACKAGES[language][share]
    script = HERE / _SCRIPTS[language]
    program = {"python": lambda: str(python), "typescript": node, "c": _clang}[language]()
    command = [program, str(script), str(folder), str(SEED), str(COUNT), *packages]
    key = _digest(script.read_bytes(), *(one.encode() for one in command[2:]))
    made = caches() / f"recall-cases-{key}.jsonl"
    if not made.exists():
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=True, cwd=folder
        )
        made.write_text(done.stdout, encoding="utf-8")
    rows = map(json.loads, made.read_text(encoding="utf-8").splitlines())
    return [_case(language, folder, row) for row in rows]


def node() -> str:
    """Node's program.

    Raises:
        SystemExit: when there is none.
    """
    found = shutil.which("node")
    if found is None:
        raise SystemExit("The cases for TypeScript need Node.")
    return found


def _clang() -> str:
    """The interpreter that has libclang."""
    peer = installed("libclang")
    if peer.python is None:
        raise SystemExit(f"The cases for C need libclang. {peer.why_not}")
    return str(peer.python)


def _case(language: str, folder: Path, row: dict[str, Any]) -> Case:
    package = row["package"]
    inside = {"python": "", "typescript": f"node_modules/{package}/src"}
    root = folder / inside.get(language, f"node_modules/{package}")
    needed = tuple(tuple((path, line, name) for path, line, name in one) for one in row["needed"])
    return Case(language, package, root, row["path"], row["start"], row["stop"], needed)


def _installed(language: str) -> Path:
    """The folder with the packages of a language."""
    files = _LOCKS[language]
    digest = _digest(*((HERE / name).read_bytes() for name in files))
    folder = caches() / f"recall-{language}-{digest}"
    if (folder / ".done").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in files:
        shutil.copy(HERE / name, folder)
    _run(_pip(folder) if language == "python" else _npm(), folder)
    (folder / ".done").touch()
    return folder


def _pip(folder: Path) -> Iterable[str]:
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")
    return (
        sys.executable,
        "-m",
        "pip",
        "install",
        *options,
        "--target",
        str(folder),
        "-r",
        "packages.lock",
    )


def _npm() -> Iterable[str]:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("The cases for TypeScript need npm.")
    return (npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=peer")


def _run(command: Iterable[str], folder: Path) -> None:
    done = subprocess.run(
        [*command], check=False, cwd=folder, capture_output=True, text=True, timeout=_TIMEOUT_S
    )
    if done.returncode:
        raise SystemExit(f"Packages could not be installed: {done.stderr.strip()}")


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]
