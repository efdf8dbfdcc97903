"""An editor that was told about Understudy by `understudy setup --write` alone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.cli_process import QUICK
from tests.e2e.modelled import GOOD, KEY, configuration
from tests.providers.answers import Status
from tests.providers.asked import Traits
from tests.providers.scripted import ServerInThread

if TYPE_CHECKING:
    from tests.providers.answers import Answer

_DOWN = Status(503, {"error": {"message": "Overloaded"}})

PROGRAM = Path(sys.executable).with_name("understudy")


@dataclass(frozen=True, slots=True)
class Bench:
    """A home of its own, and a workspace with one file.

    Attributes:
        folder: both lie in it.
    """

    folder: Path

    @property
    def home(self) -> Path:
        """The user's home, where editors have their files."""
        return self.folder / "home"

    @property
    def file(self) -> Path:
        """What is open."""
        return self.folder / "shop" / "cart.py"

    @property
    def environ(self) -> dict[str, str]:
        """What the editor and the server find around them."""
        ours = {"HOME": str(self.home), "UNDERSTUDY_HOME": str(self.home), "ACME_KEY": KEY}
        ours["PATH"] = os.pathsep.join((str(PROGRAM.parent), os.environ["PATH"]))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        return {**kept, **ours}

    def prepare(self, text: str, *setup: str, provider: ServerInThread | None = None) -> None:
        """Write the file and the user's settings, and set the editor up.

        Args:
            text: of the file.
            setup: arguments of `understudy setup`.
            provider: of models to be asked after the offline model.
        """
        self.file.parent.mkdir()
        self.home.mkdir()
        (self.file.parent / "pyproject.toml").write_text("", encoding="utf-8")
        self.file.write_text(text, encoding="utf-8", newline="\n")
        if provider is None:
            (self.home / "config.toml").write_text(QUICK, encoding="utf-8")
        else:
            configuration(self.home, provider, "openai")
        self.run("setup", *setup, "--write")

    def run(self, *arguments: str) -> str:
        """Run Understudy on the command line; what it printed."""
        ended = subprocess.run(
            (PROGRAM, *arguments),
            cwd=self.file.parent,
            env=self.environ,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def saved(self) -> str:
        """The file as it is on the disk."""
        return self.file.read_text(encoding="utf-8")


def one_of_two_down() -> ServerInThread:
    """Two models: the first one's server fails, the second one knows the answer."""
    scripts: dict[str, list[Answer]] = {"one:7b": [_DOWN], "two": [GOOD]}
    return ServerInThread(scripts, traits={name: Traits(key=KEY) for name in scripts})
