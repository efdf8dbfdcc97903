"""git and gh, run with the user's own identity and credentials, and with nothing of a repository's."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.workspace.tools import Surroundings, programs_on_path, run_tool

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TIMEOUT_S = 120.0
_MOST_OUTPUT_BYTES = 4 * 1024 * 1024
_MOST_WORDS = 300
_KEPT = re.compile(
    r"GIT_(?:AUTHOR_|COMMITTER_|CONFIG|SSH|ASKPASS|PROXY|SSL|CURL).*|SSH_.*|GH_.*|GITHUB_TOKEN|GNUPGHOME"
    r"|(?:HTTPS?|ALL|NO)_PROXY|DBUS_SESSION_BUS_ADDRESS|DISPLAY|WAYLAND_DISPLAY"
)
"""What identity and credentials come from. A variable that names a repository is none of them: it would
lead git away from the folder in which it runs."""
_FIXED = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "https:ssh:file",
    "GH_PROMPT_DISABLED": "1",
    "GH_NO_UPDATE_NOTIFIER": "1",
}
SAFE = ("-c", f"core.hooksPath={os.devnull}", "-c", "core.fsmonitor=false")
"""Settings of git under which nothing that lies in a repository is run."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The two programs, and the folder in which they run.

    Attributes:
        git / gh: full paths; `gh` is empty where it is not installed.
    """

    git: str
    gh: str
    folder: Path

    async def run(self, argv: Sequence[str], stdin: str = "") -> str:
        """Run one of the programs; returns what it wrote.

        Args:
            argv: `git` or `gh` and arguments, none of which a shell reads.
            stdin: what it reads.

        Raises:
            UnavailableError: it failed; the sentence holds its own last words.
        """
        program = self.git if argv[0] == "git" else self.gh
        settings = SAFE if argv[0] == "git" else ()
        done = await run_tool(
            (program, *settings, *argv[1:]),
            stdin=stdin.encode("utf-8"),
            cwd=Surroundings(self.folder, _variables()),
            timeout_s=_TIMEOUT_S,
            max_output_bytes=_MOST_OUTPUT_BYTES,
        )
        if done.returncode:
            words = " ".join(done.stderr.decode("utf-8", "replace").split())[-_MOST_WORDS:]
            raise UnavailableError(f"`{' '.join(argv[:2])}` failed: {words or done.returncode}")
        return done.stdout.decode("utf-8", "replace")


def program(name: str, root: Path | None) -> str:
    """The full path of a program on `PATH`; empty without one. None of the workspace's counts."""
    for path in programs_on_path(name):
        if root is None or not path.resolve().is_relative_to(root.resolve()):
            return str(path)
    return ""


def _variables() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if _KEPT.fullmatch(name.upper())}
    return {**own, **_FIXED}
