"""Neovim without the plugin, set up as docs/editors/neovim.md says, fixes a misspelt name."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.editors.trial import FIXED, HERE, TITLE, snippets
from understudy.editors import Server, all_editors

if TYPE_CHECKING:
    from tests.editors.trial import Trial

pytestmark = pytest.mark.each_neovim(
    "Since 0.11 clients are configured by other means, and code actions carry fewer diagnostics."
)

_PLUGIN, NEW, OLD, KEY, _COMMANDS = snippets("neovim.md", "lua")


def minor_version(nvim: str) -> int:
    told = subprocess.run([nvim, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"NVIM v0\.(\d+)", told)
    assert found is not None, told
    return int(found[1])


def fix(nvim: str, trial: Trial, **more: str) -> dict[str, Any]:
    newer = minor_version(nvim) >= 11
    init = trial.folder / "init.lua"
    init.write_text((NEW if newer else OLD) + KEY, encoding="utf-8")
    drive = f"luafile {HERE / 'nvim_fix.lua'}"
    arguments = ("--headless", "--clean", "-n", "-u", str(init), str(trial.file), "-c", drive)
    return trial.run((nvim, *arguments), more)


def test_the_menu_offers_a_fix_which_is_asked_about_once_and_applied(
    nvim: str, trial: Trial
) -> None:
    shown = fix(nvim, trial)
    assert trial.file.read_text(encoding="utf-8") == FIXED
    (menu,) = shown["menus"]
    assert menu["titles"] == [TITLE, "Understudy: Fix all problems in this file"]
    (question,) = shown["questions"]
    assert "`reslt` → `result` (builtin/rules, " in question["prompt"]


@pytest.mark.parametrize("by", ["page", "setup"])
def test_files_of_no_project_share_one_server(nvim: str, trial: Trial, by: str) -> None:
    (trial.file.parent / "pyproject.toml").unlink()
    init = trial.folder / "init.lua"
    newer = minor_version(nvim) >= 11
    server = Server(("understudy", "serve"), ("python",))
    printed = all_editors()["neovim"].clients[1].form.snippet(server)
    page = NEW if newer else OLD
    init.write_text(page if by == "page" else printed, encoding="utf-8")
    drive = f"luafile {HERE / 'nvim_rootless.lua'}"
    arguments = ("--headless", "--clean", "-n", "-u", str(init), str(trial.file), "-c", drive)
    found = trial.run((nvim, *arguments), {})
    assert found == {"clients": 1, "here": 1, "programs": 1}


def test_a_diagnostic_of_another_server_has_an_entry_of_its_own(nvim: str, trial: Trial) -> None:
    shown = fix(nvim, trial, FOREIGN="1")
    assert trial.file.read_text(encoding="utf-8") == FIXED
    assert shown["menus"][0]["titles"][0] == 'Understudy: Fix: "reslt" is not defined'
