"""Helix in a terminal, set up by `understudy setup helix --write`."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import pytest

from tests.e2e.modelled import MENDED, TEXT
from tests.editors.by_setup import Bench, one_of_two_down
from tests.editors.trial import BROKEN, FIXED
from tests.support import require

if sys.platform == "win32":
    pytest.skip("Only on POSIX is there a pseudo-terminal.", allow_module_level=True)

from tests.editors.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

MENU = " a"
NEXT, TAKE, LEAVE = "\x0e", "\r", "\x1b"
ENTRY = re.compile(r"(?:Understudy|Ruff): .*")


@pytest.fixture
def helix() -> str:
    return os.environ.get("UNDERSTUDY_HELIX") or require("hx")


def take(terminal: Terminal, begin: str) -> str:
    """Open the menu and take the first entry that begins so; the entry."""
    menu = terminal.press_until(MENU, begin, undo=LEAVE)
    entries = ENTRY.findall(menu)
    found = next(entry for entry in entries if entry.startswith(begin))
    terminal.press(NEXT * entries.index(found) + TAKE)
    return str(found)


def fix_line(terminal: Terminal, line: int) -> str:
    """Fix a line as a person does; what the menu says of the fix.

    Helix 25.01 knows no questions, so a proved edit waits in the menu.
    """
    terminal.press(f":{line}\r")
    take(terminal, "Understudy: Fix problems here")
    terminal.wait_for("Ready in the code-action menu")
    entry = take(terminal, "Understudy: ✓ Fix")
    terminal.wait_until_gone("Understudy: ")
    terminal.press(":wq\r")
    terminal.wait_for_end()
    return entry


def test_the_offline_models_fix_is_taken_from_the_menu_and_saved(
    helix: str, tmp_path: Path
) -> None:
    bench = Bench(tmp_path)
    bench.prepare(BROKEN, "helix")
    with Terminal((helix, str(bench.file)), bench.file.parent, bench.environ) as terminal:
        terminal.wait_for("return reslt")
        entry = fix_line(terminal, 3)
    assert "`reslt` → `result` (builtin/rules, " in entry
    assert bench.saved() == FIXED


def test_the_next_model_fixes_it_when_the_first_one_is_down(helix: str, tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with one_of_two_down() as provider:
        bench.prepare(TEXT, "helix", provider=provider)
        with Terminal((helix, str(bench.file)), bench.file.parent, bench.environ) as terminal:
            terminal.wait_for("something_else_entirely")
            entry = fix_line(terminal, 5)
    assert "(acme/two, " in entry
    assert bench.saved() == MENDED


def test_the_editors_own_health_check_finds_the_server(helix: str, tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.prepare(BROKEN, "helix")
    command = (helix, "--health", "python")
    with Terminal(command, bench.file.parent, bench.environ) as terminal:
        shown = terminal.wait_for("understudy", "Indent queries")
    assert "✓ understudy" in shown
