"""What is installed for a workspace's Python, found by reading folders. Nothing is executed."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.plain_files import read_plain
from understudy.workspace.folders import changed_ns
from understudy.workspace.pyenv import is_pyenv_shim, pyenv_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

USUAL_NAMES = (".venv", "venv", "env")
_MAX_CONFIG_BYTES = 10_000
_VERSION = re.compile(r"(\d{1,3})\.(\d{1,3})")
MAX_ENTRIES = 5_000
"""How many entries of one `site-packages` are read."""


@dataclass(frozen=True, slots=True)
class PythonEnvironment:
    """An installation of Python packages: its folder and where its packages lie."""

    prefix: Path
    site_packages: tuple[Path, ...]


def find_environment(root: Path | None, chosen: Path | None) -> PythonEnvironment | None:
    """The environment of a workspace: the chosen one, else a usual one in `root`, else `PATH`'s.

    The virtual environment that Understudy itself lives in is nobody's project: on `PATH` it is
    passed over. `chosen` is an environment's folder or the interpreter inside it; a relative path starts at
    the workspace folder.
    """
    for prefix in _candidates(root, chosen):
        found = _site_packages(prefix)
        if found:
            return PythonEnvironment(prefix, found)
    return None


def environment_version(root: Path | None, chosen: Path | None) -> tuple[int, int] | None:
    """Major and minor version of a workspace's virtual environment, told by its `pyvenv.cfg`.

    `venv` writes the key `version`, others `version_info`. None when there is no such file.
    """
    for prefix in _candidates(root, chosen):
        config = _read_config(prefix / "pyvenv.cfg")
        found = _VERSION.match(config.get("version", config.get("version_info", "")))
        if found is not None:
            return int(found[1]), int(found[2])
    return None


def installed(environment: PythonEnvironment | None) -> Mapping[str, Path]:
    """Every installed top-level module, with its file or folder."""
    if environment is None:
        return MappingProxyType({})
    found: dict[str, Path] = {}
    for folder in environment.site_packages:
        for name, path in _modules_in(folder, changed_ns(folder)).items():
            found.setdefault(name, path)
    return MappingProxyType(found)


def _candidates(root: Path | None, chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        path = chosen if chosen.is_absolute() or root is None else root / chosen
        yield path
        yield path.parent.parent
        return
    if root is not None:
        yield from (root / name for name in USUAL_NAMES)
    for program in _programs_on_path():
        if is_pyenv_shim(program):
            chosen_version = pyenv_prefix(program, root)
            if chosen_version is not None:
                yield chosen_version
        elif not _is_ours(program):
            yield program.parent.parent
            yield program.resolve().parent.parent


def _programs_on_path() -> Iterator[Path]:
    """The interpreters on `PATH`, in its order; folders that depend on the current one don't count."""
    for entry in os.environ.get("PATH", "").split(os.pathsep):
        folder = Path(entry.strip('"'))
        if not folder.is_absolute():
            continue
        found = (shutil.which(name, path=str(folder)) for name in ("python3", "python"))
        # On Windows, `which` also looks into the current folder.
        yield from (Path(one) for one in found if one and Path(one).parent == folder)


def _is_ours(program: Path) -> bool:
    """Whether an interpreter belongs to the virtual environment that we run in.

    An installation that is no virtual environment is everybody's, ours or not.
    """
    if sys.prefix == sys.base_prefix:
        return False
    try:
        return program.parent.parent.samefile(sys.prefix)
    except OSError:
        return False


def _site_packages(prefix: Path) -> tuple[Path, ...]:
    """An environment's package folders, its base installation's too when it asks for them."""
    found = list(_package_folders(prefix))
    config = _read_config(prefix / "pyvenv.cfg")
    if config.get("include-system-site-packages", "").lower() == "true" and "home" in config:
        base = Path(config["home"])
        found += _package_folders(base.parent)
        found += _package_folders(base)
    return tuple(found)


def _package_folders(prefix: Path) -> Iterator[Path]:
    patterns = ("lib/python3*/site-packages", "lib/python3*/dist-packages", "Lib/site-packages")
    for pattern in patterns:
        try:
            folders = sorted(prefix.glob(pattern), reverse=True)
        except (OSError, ValueError):
            continue
        yield from (folder for folder in folders if os.access(folder, os.R_OK))


def _read_config(path: Path) -> dict[str, str]:
    """`pyvenv.cfg`: lines of `key = value`."""
    try:
        lines = read_plain(path, _MAX_CONFIG_BYTES).decode("utf-8", "replace").splitlines()
    except (OSError, ValueError):
        return {}
    pairs = (line.partition("=") for line in lines)
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


@lru_cache(maxsize=32)
def _modules_in(folder: Path, _stamp: int) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                name = entry.name.partition(".")[0]
                if count < MAX_ENTRIES and name not in found and _is_module(entry):
                    found[name] = Path(entry.path)
    except (OSError, ValueError):
        return MappingProxyType({})
    return MappingProxyType(found)


def _is_module(entry: os.DirEntry[str]) -> bool:
    name, _, suffix = entry.name.partition(".")
    if not name.isidentifier() or name == "__pycache__":
        return False
    if suffix:
        return suffix == "py" or suffix.endswith(("so", "pyd"))
    return entry.is_dir()
