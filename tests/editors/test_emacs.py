"""Emacs with Eglot and with lsp-mode, set up by `understudy setup emacs --write`."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.modelled import KEY, MENDED, TEXT
from tests.editors.by_setup import Bench, one_of_two_down
from tests.editors.trial import BROKEN, FIXED, HERE, TITLE, Trial
from tests.support import missing, require

if TYPE_CHECKING:
    from pathlib import Path

HAS = "(progn (require 'package) (package-initialize) (require '{}))"
NEEDED = {
    "eglot": "Emacs has no Eglot: it needs Emacs 29, or the package elpa-eglot.",
    "lsp-mode": "Emacs has no lsp-mode: it is the package elpa-lsp-mode.",
}
DRIVES = {"eglot": HERE / "eglot_fix.el", "lsp-mode": HERE / "lsp_mode_fix.el"}


@pytest.fixture
def emacs() -> str:
    return os.environ.get("UNDERSTUDY_EMACS") or require("emacs")


@pytest.fixture(params=NEEDED)
def client(request: pytest.FixtureRequest, emacs: str) -> str:
    """One of the two that speak to language servers."""
    name: str = request.param
    command = (emacs, "-q", "--batch", "--eval", HAS.format(name))
    if subprocess.run(command, capture_output=True, check=False).returncode:
        missing(NEEDED[name])
    return name


def fix(emacs: str, client: str, bench: Bench, word: str) -> dict[str, Any]:
    """Fix a misspelt word; what the user was shown. `-q` keeps the machine's own set-up out."""
    init = str(bench.home / ".emacs.d" / "init.el")
    command = (emacs, "-q", "--batch", "-l", init, "-l", str(DRIVES[client]))
    return Trial(bench.folder).run(
        command, {"WORD": word, "DONE": "    return result", "ACME_KEY": KEY}
    )


def test_the_menu_offers_a_fix_which_is_asked_about_once_and_applied(
    emacs: str, client: str, tmp_path: Path
) -> None:
    bench = Bench(tmp_path)
    bench.prepare(BROKEN, "emacs", "--client", client)
    shown = fix(emacs, client, bench, "reslt")
    assert bench.saved() == FIXED
    (menu,) = shown["menus"]
    assert menu["titles"] == [TITLE, "Understudy: Fix all problems in this file"]
    (question,) = shown["questions"]
    assert "`reslt` → `result` (builtin/rules, " in question["prompt"]
    assert question["titles"][0] == "Apply"


def test_the_next_model_fixes_it_when_the_first_one_is_down(
    emacs: str, client: str, tmp_path: Path
) -> None:
    bench = Bench(tmp_path)
    with one_of_two_down() as provider:
        bench.prepare(TEXT, "emacs", "--client", client, provider=provider)
        shown = fix(emacs, client, bench, "something_else_entirely")
    assert bench.saved() == MENDED
    (question,) = shown["questions"]
    assert "(acme/two, " in question["prompt"]
