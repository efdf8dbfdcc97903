"""Vim with ALE in a terminal, set up by `understudy setup vim --write`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.e2e.modelled import MENDED, TEXT
from tests.editors.by_setup import Bench, one_of_two_down
from tests.editors.trial import BROKEN, FIXED
from tests.support import missing, require

if sys.platform == "win32":
    pytest.skip("Only on POSIX is there a pseudo-terminal.", allow_module_level=True)

from tests.editors.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

HAS_ALE = ("-c", "if empty(globpath(&packpath, 'pack/*/*/ale')) | cquit | endif | qall")
STARTED = "The server is there."
PLAIN = f"""\
set nocompatible shortmess+=I nomore
autocmd User ALELSPStarted unsilent echo '{STARTED}'
packadd! ale
filetype plugin on
"""
STRICT = f"let g:ale_linters_explicit = 1\nlet g:ale_linters = {{'python': ['ruff']}}\n{PLAIN}"
"""Somebody who lets run only what a list names."""


@pytest.fixture
def vim() -> str:
    path = os.environ.get("UNDERSTUDY_VIM") or require("vim")
    command = (path, "-es", "-u", "NONE", *HAS_ALE)
    if subprocess.run(command, capture_output=True, check=False, timeout=30).returncode:
        missing("Vim has no ALE: it is the package vim-ale.")
    return path


def take(terminal: Terminal, line: int, begin: str) -> str:
    """Open the menu of a line and take the first entry that begins so; the entry."""
    # A menu that does not have it yet is left with an empty answer.
    menu = terminal.press_until(f":{line}\r:ALECodeAction\r", begin, undo="\r")
    found = re.search(rf"(\d+)\) ({re.escape(begin)}.*)", menu)
    assert found is not None, menu
    terminal.press(f"{found[1]}\r")
    return found[2]


def fix_line(terminal: Terminal, line: int, broken: str) -> str:
    """Fix a line as a person does; what the menu says of the fix.

    ALE neither asks what a server wants to know nor says what it tells, so a proved edit waits in
    the menu.
    """
    terminal.wait_for(STARTED)
    take(terminal, line, "Understudy: Fix problems here")
    entry = take(terminal, line, "Understudy: ✓ Fix")
    terminal.wait_until_gone(broken)
    terminal.press(":wq\r")
    terminal.wait_for_end()
    return entry


def write_vimrc(bench: Bench, text: str) -> None:
    (bench.home / ".vim" / "vimrc").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("vimrc", [PLAIN, STRICT], ids=["as it comes", "with a list of linters"])
def test_the_offline_models_fix_is_taken_from_the_menu_and_saved(
    vim: str, tmp_path: Path, vimrc: str
) -> None:
    bench = Bench(tmp_path)
    bench.prepare(BROKEN, "vim", "--client", "ale")
    write_vimrc(bench, vimrc)
    with Terminal((vim, str(bench.file)), bench.file.parent, bench.environ) as terminal:
        terminal.wait_for("return reslt")
        entry = fix_line(terminal, 3, "return reslt")
    assert "`reslt` → `result` (builtin/rules, " in entry
    assert bench.saved() == FIXED


def test_the_next_model_fixes_it_when_the_first_one_is_down(vim: str, tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with one_of_two_down() as provider:
        bench.prepare(TEXT, "vim", "--client", "ale", provider=provider)
        write_vimrc(bench, PLAIN)
        with Terminal((vim, str(bench.file)), bench.file.parent, bench.environ) as terminal:
            terminal.wait_for("something_else_entirely")
            entry = fix_line(terminal, 5, "something_else_entirely")
    assert "(acme/two, " in entry
    assert bench.saved() == MENDED
