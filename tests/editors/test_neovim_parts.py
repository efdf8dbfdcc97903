"""Parts of the Neovim plugin without a server, inside a real Neovim."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from tests.editors.trial import FIXED, HERE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editors.trial import Trial

CLIENT = HERE.parents[1] / "nvim-client"


def test_a_plugin_that_was_only_linked_fixes_the_first_problem(nvim: str, trial: Trial) -> None:
    place = trial.folder / "home" / "nvim" / "site" / "pack" / "understudy" / "start"
    place.mkdir(parents=True)
    (place / "understudy").symlink_to(CLIENT)
    drive = f"luafile {HERE / 'nvim_installed.lua'}"
    trial.run((nvim, "--headless", "-n", str(trial.file), "-c", drive), {})
    assert trial.file.read_text(encoding="utf-8") == FIXED


def test_the_parts_of_the_plugin_work_alone(nvim: str, tmp_path: Path) -> None:
    # Tags are written beside the help, which is not to happen in the source.
    shutil.copytree(CLIENT / "doc", tmp_path / "doc")
    own = dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"), str(tmp_path))
    places = {"NVIM_CLIENT": str(CLIENT), "NVIM_HELP": str(tmp_path / "doc")}
    drive = f"luafile {HERE / 'nvim_parts.lua'}"
    ended = subprocess.run(
        (nvim, "--headless", "--clean", "-n", "-c", drive),
        env={**os.environ, **own, **places},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "11 cases passed" in ended.stdout
