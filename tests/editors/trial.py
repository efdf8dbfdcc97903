"""A folder with something to fix, and an editor that is set up as its page says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.e2e.cli_process import QUICK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BROKEN = "def total(prices):\n    result = sum(prices)\n    return reslt\n\n\nNAME = 'πü😀'\n"
FIXED = BROKEN.replace("reslt", "result")
TITLE = "Understudy: Fix problems here"

HERE = Path(__file__).parent
_PAGES = HERE.parents[1] / "docs" / "editors"
_LIMIT_S = 90


def snippets(page: str, language: str) -> list[str]:
    """The code blocks of a page of docs/editors."""
    text = (_PAGES / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Trial:
    """A workspace below a folder of the test, with a home of its own."""

    folder: Path

    @property
    def file(self) -> Path:
        """The broken file."""
        return self.folder / "shop" / "cart.py"

    def prepare(self) -> None:
        """Write the files."""
        home = self.folder / "home"
        self.file.parent.mkdir()
        home.mkdir()
        (home / "config.toml").write_text(QUICK, encoding="utf-8")
        (self.file.parent / "pyproject.toml").write_text("", encoding="utf-8")
        self.file.write_text(BROKEN, encoding="utf-8", newline="\n")

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """What an editor finds around it: our own programs first, and nothing of the user's."""
        home = str(self.folder / "home")
        places = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        own = dict.fromkeys(("HOME", "UNDERSTUDY_HOME", "XDG_CONFIG_HOME"), home)
        own |= dict.fromkeys(("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
        return {**os.environ, **own, "PATH": places, "FILE": str(self.file), **more}

    def run(self, command: Sequence[str], more: Mapping[str, str]) -> dict[str, Any]:
        """Run an editor, and give what it says that the user was shown."""
        ended = subprocess.run(
            command,
            cwd=self.file.parent,
            env=self.environment(more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=_LIMIT_S,
            check=False,
        )
        told = [line for line in ended.stdout.splitlines() if line.startswith("{")]
        assert told, ended.stdout + ended.stderr
        shown: dict[str, Any] = json.loads(told[-1])
        assert not shown.get("failure"), (shown, ended.stderr)
        assert ended.returncode == 0, ended.stderr
        return shown
