"""Parts of the Neovim plugin without a server, inside a real Neovim."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.editors.trial import FIXED, HERE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editors.trial import Trial

CLIENT = HERE.parents[1] / "nvim-client"


ROOT = HERE.parents[1]
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = ("README.md", "nvim-client/README.md", "docs/editors/neovim.md")


@pytest.mark.each_neovim(
    "A plain configuration beside the plugin is merged with it since 0.11, and was another client before."
)
@pytest.mark.skipif(sys.platform == "win32", reason="Only on systems with sh.")
def test_a_plugin_that_was_installed_as_the_readme_says_has_help_and_fixes_the_first_problem(
    nvim: str, trial: Trial
) -> None:
    checkout, home = trial.folder / "checkout", trial.folder / "home"
    shutil.copytree(CLIENT, checkout / "nvim-client", ignore=shutil.ignore_patterns("dev", "tags"))
    # The one that is tried is what the shell finds by its name.
    (trial.folder / "bin").mkdir()
    program = trial.folder / "bin" / "nvim"
    program.write_text(f"#!/bin/sh\nexec '{nvim}' \"$@\"\n", encoding="utf-8")
    program.chmod(0o755)
    environment = trial.environment({"XDG_DATA_HOME": str(home / ".local" / "share")})
    environment["PATH"] = os.pathsep.join((str(program.parent), environment["PATH"]))
    for line in installing("README.md").split("\n"):
        subprocess.run(("sh", "-c", line), cwd=checkout, env=environment, check=True)
    # As the README has it, too, and before the plugin was there.
    setup = ("understudy", "setup", "neovim", "--client", "plain", "--write")
    subprocess.run(setup, env=environment, check=True, capture_output=True)
    drive = f"luafile {HERE / 'nvim_installed.lua'}"
    places = {"XDG_DATA_HOME": environment["XDG_DATA_HOME"]}
    shown = trial.run((nvim, "--headless", "-n", str(trial.file), "-c", drive), places)
    assert trial.file.read_text(encoding="utf-8") == FIXED
    assert {"understudy", "understudy-config", ":Understudy-fix"} <= set(shown["tags"])


def installing(page: str) -> str:
    """The lines of a page that install the plugin."""
    text = (ROOT / page).read_text(encoding="utf-8")
    (found,) = (one for one in CONSOLE.findall(text) if "nvim-client" in one)
    return "\n".join(line.removeprefix("$ ") for line in found.strip().split("\n"))


def test_every_page_installs_it_alike() -> None:
    assert len({installing(page) for page in PAGES}) == 1


@pytest.mark.each_neovim(
    "Columns, hunks and files are reckoned by functions that changed in 0.11 and 0.12."
)
def test_the_parts_of_the_plugin_work_alone(nvim: str, tmp_path: Path) -> None:
    assert "20 cases passed" in play(nvim, tmp_path, "nvim_parts.lua", "nvim_words.lua")


@pytest.mark.each_neovim("0.10 and 0.12 open and close documents each in its own way.")
def test_fixes_that_wait_are_shown_meant_and_gone_as_the_user_sees_them(
    nvim: str, tmp_path: Path
) -> None:
    assert "13 cases passed" in play(nvim, tmp_path, "nvim_gone.lua", "nvim_shown.lua")


def play(nvim: str, tmp_path: Path, *files: str) -> str:
    """What an editor prints that plays files with cases, of which each has passed."""
    # Tags are written beside the help, which is not to happen in the source.
    shutil.copytree(CLIENT / "doc", tmp_path / "doc")
    own = dict.fromkeys(("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"), str(tmp_path))
    places = {"NVIM_CLIENT": str(CLIENT), "NVIM_HELP": str(tmp_path / "doc")}
    found = f"lua package.path = '{HERE}/?.lua;' .. package.path"
    drives = [word for one in files for word in ("-c", f"luafile {HERE / one}")]
    finish = ("-c", "lua require('nvim_cases').finish()")
    ended = subprocess.run(
        (nvim, "--headless", "--clean", "-n", "--cmd", found, *drives, *finish),
        env={**os.environ, **own, **places},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr
