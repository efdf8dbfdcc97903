"""Servers that take their time at the start, until somebody lets them go on."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LIMIT_S = 60.0
_LOOK_S = 0.05
_HELD = f"""#!/bin/sh
if [ "$1" = serve ] && ! [ -e "$0-mended" ]; then
  trap '' TERM
  echo $$ >>"$0-pids"
  until [ -e "$0-go" ]; do sleep 0.05; done
  trap - TERM
fi
exec '{sys.executable}' -m understudy "$@"
"""
"""It neither answers nor ends, whether it is told to or nobody speaks to it any more."""


@dataclass(frozen=True, slots=True)
class HeldServer:
    """A program of the server that says nothing after its start.

    Attributes:
        program: its path.
    """

    program: Path

    def let_go(self) -> None:
        """Those that were started begin now."""
        self._beside("go").touch()

    def mend(self) -> None:
        """Those that will be started begin at once."""
        self._beside("mended").touch()

    def pids(self) -> list[int]:
        """Those that were started, once there is one."""
        place = self._beside("pids")
        _until(place.exists)
        return [int(line) for line in place.read_text(encoding="utf-8").split()]

    def until_gone(self) -> None:
        """Until none that was held runs any more."""
        pids = self.pids()
        _until(lambda: not any(map(_runs, pids)))

    def _beside(self, name: str) -> Path:
        return self.program.with_name(f"{self.program.name}-{name}")


def held_server(folder: Path) -> HeldServer:
    """Such a program in a folder of its own below this one."""
    program = folder / "held" / "understudy"
    program.parent.mkdir()
    program.write_text(_HELD, encoding="utf-8")
    program.chmod(0o755)
    return HeldServer(program)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _LIMIT_S
    while not holds():
        assert time.monotonic() < deadline, "It never came."
        time.sleep(_LOOK_S)
