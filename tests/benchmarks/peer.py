"""Peers in environments of their own, never as dependencies.

Each is installed once, below the user's caches, exactly as its lock file says. To pin a newer one,
write that file anew, as `make lock` writes the others:
`echo litellm | pip-compile --generate-hashes --strip-extras --no-header -o litellm.lock -`, and
`aider-chat` with `jedi` for `aider-chat.lock`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

_INSTALL_S = 600.0


@dataclass(frozen=True, slots=True)
class Installed:
    """The peer's interpreter, or why there is none.

    Attributes:
        python: None where it could not be installed.
        name: with the version, for headings.
        why_not: a sentence; empty where it is installed.
    """

    python: Path | None
    name: str
    why_not: str = ""


def litellm() -> Installed:
    """The most used router, installed if it is not there yet."""
    return installed("litellm")


def installed(package: str) -> Installed:
    """A peer by its package's name, which is that of its lock file as well."""
    file = Path(__file__).with_name(f"{package}.lock")
    lock = file.read_text(encoding="utf-8")
    pinned = next(line for line in lock.splitlines() if line.startswith(f"{package}=="))
    name = pinned.split()[0].replace("==", " ")
    digest = hashlib.sha256(f"{lock}{sys.version_info[:2]}".encode()).hexdigest()[:12]
    folder = caches() / f"{package}-{digest}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = folder / ".done"
    if not done.exists():
        why_not = _install(folder, python, file)
        if why_not:
            return Installed(None, name, why_not)
        done.touch()
    return Installed(python, name)


def caches() -> Path:
    """Where peers and what they work on are kept."""
    told = os.environ.get("UNDERSTUDY_PEERS")
    return Path(told) if told else user_cache_path("understudy-peers", appauthor=False)


def _install(folder: Path, python: Path, lock: Path) -> str:
    """Fill the folder; why that failed, as a sentence, or nothing."""
    print(f"Installing the peer into {folder} ...", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    options = ("--quiet", "--disable-pip-version-check", "--only-binary", ":all:")
    try:
        venv.create(folder, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", *options, "--require-hashes", "-r", lock],
            check=True,
            capture_output=True,
            text=True,
            timeout=_INSTALL_S,
        )
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines() or [str(error)]
        return f"{lock.stem} could not be installed: {said[-1]}"
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{lock.stem} could not be installed: {error}"
    return ""
