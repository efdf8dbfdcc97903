"""The plugin of Neovim and a server that takes its time: waited for, stopped, started anew."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.editors.nvim_states import CLOSED, RUNS, SHOWN
from tests.editors.slow_servers import HeldServer, held_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.editors.nvim_editor import Nvim
    from tests.editors.trial import Trial

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Only on systems with terminals."),
    pytest.mark.timeout(240),
]

STARTS_AND_ENDS = "0.10, 0.11 and 0.12 start and end servers each in its own way."
NONE = "#vim.lsp.get_clients({ name = 'understudy', _uninitialized = true }) == 0"


@pytest.fixture
def held(trial: Trial) -> Iterator[HeldServer]:
    """A server that says nothing, of which nothing is left."""
    found = held_server(trial.folder)
    yield found
    found.until_gone()


def told(editor: Nvim, text: str) -> None:
    editor.wait(f"table.concat(trial.messages, '\\n'):find([=[{text}]=], 1, true)")


@pytest.mark.each_neovim(STARTS_AND_ENDS)
def test_a_server_that_hangs_at_its_start_is_stopped_and_started_anew(
    nvim: str, trial: Trial, held: HeldServer
) -> None:
    from tests.editors.nvim_editor import running

    with running(nvim, trial, {"server": str(held.program)}, {}) as editor:
        assert len(held.pids()) == 1
        editor.command("Understudy fix")
        editor.until_shown("The server is starting …")
        editor.command("Understudy stop")
        told(editor, "the server was stopped, or has ended (`:Understudy start` starts it).")
        held.until_gone()
        editor.wait(NONE)
        editor.command("Understudy start")
        editor.wait(f"not ({NONE})")
        # What was asked for meanwhile is carried out by the server that comes after.
        editor.type("3G")
        editor.command("Understudy fix")
        editor.until_shown("The server is starting …")
        held.mend()
        editor.command("Understudy restart")
        editor.wait(SHOWN)
        held.until_gone()
        assert editor.ask("#vim.lsp.get_clients({ name = 'understudy' })") == 1
        assert editor.ask("#trial.messages") == 1


@pytest.mark.each_neovim(STARTS_AND_ENDS)
def test_a_server_that_says_nothing_for_too_long_is_ended_and_the_user_told_once(
    nvim: str, trial: Trial, held: HeldServer
) -> None:
    from tests.editors.nvim_editor import running

    config = {"server": str(held.program), "enabled": False}
    with running(nvim, trial, config, {}) as editor:
        editor.until_shown("return reslt")
        editor.ask("(function() require('understudy.process').SILENCE_MS = 1500 end)()")
        editor.command("Understudy start")
        editor.wait(f"not ({NONE})")
        editor.type("3G")
        editor.command("Understudy fix")
        told(editor, "The server said nothing for 2 seconds after its start, and was ended.")
        held.until_gone()
        editor.wait(NONE)
        assert editor.ask("#trial.messages") == 1
        held.mend()
        editor.ask("(function() require('understudy.process').SILENCE_MS = 45000 end)()")
        editor.command("Understudy restart")
        editor.wait(RUNS)


@pytest.mark.each_neovim(STARTS_AND_ENDS)
def test_nothing_is_left_of_a_server_that_hangs_when_the_editor_is_left(
    nvim: str, trial: Trial, held: HeldServer
) -> None:
    from tests.editors.nvim_editor import running

    with running(nvim, trial, {"server": str(held.program)}, {}) as editor:
        assert len(held.pids()) == 1
        editor.until_shown("return reslt")


@pytest.mark.parametrize("elsewhere", ["split notes.txt", "normal! 1G"])
def test_a_fix_that_was_asked_for_too_early_leaves_the_focus_to_who_went_elsewhere(
    nvim: str, trial: Trial, held: HeldServer, elsewhere: str
) -> None:
    from tests.editors.nvim_editor import running

    with running(nvim, trial, {"server": str(held.program)}, {}) as editor:
        assert len(held.pids()) == 1
        editor.type("3G")
        editor.command("Understudy fix")
        editor.until_shown("The server is starting …")
        editor.command(elsewhere)
        here = editor.wait("vim.fn.histnr('cmd') == 2 and vim.api.nvim_get_current_win()")
        held.let_go()
        editor.wait(SHOWN)
        assert "+    return result" in editor.ask('trial.window("diff")')
        assert editor.ask("vim.api.nvim_get_current_win()") == here
        # Who comes for it gets there.
        editor.command("Understudy preview")
        editor.wait(f"vim.api.nvim_get_current_win() ~= {here}")
        editor.type("q")
        editor.wait(CLOSED)
