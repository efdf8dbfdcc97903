"""Emacs with Eglot, set up as docs/editors/emacs.md says, fixes a misspelt name."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.editors.trial import FIXED, HERE, TITLE, Trial, snippets
from tests.support import missing, require

if TYPE_CHECKING:
    from pathlib import Path

HAS_EGLOT = "(progn (require 'package) (package-initialize) (require 'eglot))"


@pytest.fixture
def emacs() -> str:
    path = os.environ.get("UNDERSTUDY_EMACS") or require("emacs")
    command = (path, "-q", "--batch", "--eval", HAS_EGLOT)
    if subprocess.run(command, capture_output=True, check=False).returncode:
        missing("Emacs has no Eglot: it needs Emacs 29, or the package elpa-eglot.")
    return path


def test_the_menu_offers_a_fix_which_is_asked_about_once_and_applied(
    emacs: str, tmp_path: Path
) -> None:
    trial = Trial(tmp_path)
    trial.prepare()
    init = tmp_path / "init.el"
    init.write_text(snippets("emacs.md", "elisp")[0], encoding="utf-8")
    drive = str(HERE / "eglot_fix.el")
    shown = trial.run((emacs, "-q", "--batch", "-l", str(init), "-l", drive), {})
    assert trial.file.read_text(encoding="utf-8") == FIXED
    (menu,) = shown["menus"]
    assert menu["titles"] == [TITLE, "Understudy: Fix all problems in this file"]
    (question,) = shown["questions"]
    assert "`reslt` → `result` (builtin/rules, " in question["prompt"]
    assert question["titles"][0] == "Apply"
