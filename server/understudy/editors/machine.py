"""Where programs keep their files on each system."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

System = Literal["linux", "mac", "windows"]


@dataclass(frozen=True, slots=True)
class Machine:
    """A user's account.

    Attributes:
        system: `linux` stands for everything that is neither macOS nor Windows.
        environ: environment variables.
    """

    system: System
    home: Path
    environ: Mapping[str, str]

    def config(self) -> Path:
        """Where terminal programs keep their configuration; on macOS as elsewhere on Unix."""
        if self.system == "windows":
            return self._folder("APPDATA", "AppData", "Roaming")
        return self._folder("XDG_CONFIG_HOME", ".config")

    def data(self) -> Path:
        """Where terminal programs keep what they install."""
        if self.system == "windows":
            return self.local()
        return self._folder("XDG_DATA_HOME", ".local", "share")

    def applications(self) -> Path:
        """Where programs with windows keep their configuration."""
        if self.system == "mac":
            return self.home / "Library" / "Application Support"
        return self.config()

    def local(self) -> Path:
        """Windows' folder for what stays on this machine; elsewhere that of `config`."""
        if self.system == "windows":
            return self._folder("LOCALAPPDATA", "AppData", "Local")
        return self.config()

    def shared(self) -> frozenset[Path]:
        """Folders that belong to no program alone."""
        return frozenset((self.home, self.config(), self.data(), self.applications(), self.local()))

    def _folder(self, variable: str, *usual: str) -> Path:
        """What a variable names; relative paths don't count, as the XDG specification has it."""
        named = Path(self.environ.get(variable) or "")
        return named if named.is_absolute() else self.home.joinpath(*usual)


def this_machine() -> Machine:
    """The account that this process runs under.

    Raises:
        RuntimeError: when it has no home folder.
    """
    systems: dict[str, System] = {"win32": "windows", "darwin": "mac"}
    return Machine(systems.get(sys.platform, "linux"), Path.home(), os.environ)


def is_there(patterns: Iterable[Path]) -> bool:
    """Whether a path fits one of the patterns."""
    return any(_fits(pattern) for pattern in patterns)


def _fits(pattern: Path) -> bool:
    root = Path(pattern.anchor)
    return next(iter(root.glob(str(pattern.relative_to(root)))), None) is not None
