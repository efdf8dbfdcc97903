"""The plugin of Neovim and its server: what is found, started, trusted, told and reported."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.editors.nvim_states import RUNS, SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.editors.trial import Trial

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Only on systems with terminals."),
    pytest.mark.timeout(240),
]


@pytest.mark.each_neovim("The report reads fields of clients that moved in 0.11.")
def test_the_health_report_finds_nothing_wrong(start: Callable[..., Any]) -> None:
    with start() as editor:
        editor.command("checkhealth understudy")
        report = editor.wait('trial.window("checkhealth")')
        assert "understudy 0." in report
        assert "columns in utf-" in report
        assert "The help page is not found, for it has no tags: `:helptags " in report
        assert "ruff" in report
        assert "ERROR" not in report
        assert "WARNING" not in report


def test_the_statusline_tells_who_is_asked_and_what_waits(start: Callable[..., Any]) -> None:
    with start() as editor:
        editor.wait("require('understudy').status():find('builtin/rules')")
        editor.type("3G")
        editor.command("Understudy fix")
        editor.until_shown("✓ builtin/rules · 1 fix")


def test_a_first_try_is_heard_and_what_comes_to_nothing_is_said_once(
    nvim: str, trial: Trial
) -> None:
    from tests.editors.nvim_editor import running

    with running(nvim, trial, {}, {}) as editor:
        editor.until_shown("return reslt")
        # The server is still starting.
        editor.type("3G:Understudy fix\r")
        editor.wait(SHOWN)
        editor.type("q")
        for command, words in (
            ("cancel", "Nothing is under way."),
            (
                "fix foo=bar baz",
                "`:Understudy fix` does not know `foo=bar baz`. It knows `model=`.",
            ),
            ("explain", "No model can be asked for this. `:Understudy key` takes an API key"),
        ):
            editor.command(f"Understudy {command}")
            said = f"table.concat(trial.messages, '\\n'):find([=[{words}]=], 1, true)"
            editor.wait(said)
        assert editor.ask("#trial.messages") == 3
        assert editor.ask("trial.window('markdown')") is None
        # A run that there is not leaves no window.
        editor.command("Understudy runs foo")
        editor.wait("#trial.messages == 4 and trial.messages[4]:find('No run has')")
        editor.wait("#vim.api.nvim_list_wins() == 1")
        # No model of that name: where to look is named as it is called here.
        editor.command("Understudy fix model=no/such")
        editor.wait("#trial.messages == 5 and trial.messages[5]:find('no/such', 1, true)")
        assert "`:Understudy models`" in editor.ask("trial.messages[5]")


REPORTS = (
    ("doctor", "text", "python_syntax"),
    ("route", "text", "builtin/rules"),
    ("models", "understudy-models", "builtin/rules"),
    ("stats", "text", "No run has ended yet"),
    ("runs", "understudy-runs", "No runs yet"),
    ("context", "markdown", "cart.py"),
)


def test_reports_are_opened_and_closed(start: Callable[..., Any]) -> None:
    with start() as editor:
        editor.type("3G")
        for command, filetype, words in REPORTS:
            window = f'(trial.window("{filetype}") or "")'
            editor.command(f"Understudy {command}")
            while editor.ask("table.remove(trial.messages)"):
                # Right after the start there is no index yet.
                editor.command(f"Understudy {command}")
                editor.ask("vim.wait(200)")
            editor.wait(f'{window}:find("{words}")')
            editor.type("q")
            editor.wait("#vim.api.nvim_list_wins() == 1")


def test_nothing_of_a_folder_is_run_before_the_user_trusts_it(nvim: str, trial: Trial) -> None:
    from tests.editors.nvim_editor import running

    mark = own_server(trial.file.parent)
    path = os.pathsep.join(("/usr/bin", "/bin"))
    with running(nvim, trial, {}, {"PATH": path}) as editor:
        (menu,) = editor.wait("#trial.menus == 1 and trial.menus")
        assert menu["prompt"].startswith("Do you trust the authors of `shop`?")
        assert not mark.exists()
        editor.command("Understudy fix")
        editor.wait("vim.inspect(trial.messages):find('is not run before you trust the folder')")
        editor.command("Understudy runs")
        editor.wait("vim.inspect(trial.messages):find('The server is not running')")
        editor.choose("Trust this folder")
        editor.command("Understudy trust")
        editor.wait(RUNS)
        assert mark.exists()
        assert "is trusted" in editor.ask("table.concat(trial.messages)")
        editor.choose()
        editor.command("Understudy trust revoke")
        editor.wait("vim.inspect(trial.messages):find('not trusted any more') or true")
        editor.wait("vim.lsp.get_clients({ name = 'understudy' })[1] == nil")


def own_server(root: Path) -> Path:
    """A server in the environment of a project, and the file that tells whether it was run."""
    programs, mark = root / ".venv" / "bin", root.parent / "was-run"
    programs.mkdir(parents=True)
    script = f"#!/bin/sh\ntouch '{mark}'\nexec '{sys.executable}' -m understudy \"$@\"\n"
    (programs / "understudy").write_text(script, encoding="utf-8")
    (programs / "understudy").chmod(0o755)
    return mark


def test_without_a_server_the_user_is_told_once_what_is_missing(nvim: str, trial: Trial) -> None:
    from tests.editors.nvim_editor import running

    path = os.pathsep.join(("/usr/bin", "/bin"))
    with running(nvim, trial, {"preview": "sideways"}, {"PATH": path}) as editor:
        (told,) = editor.wait("#trial.messages > 0 and trial.messages")
        assert "`understudy` is not on `PATH`" in told
        editor.command("edit")
        editor.command("checkhealth understudy")
        report = editor.wait('trial.window("checkhealth")')
        assert "ERROR `understudy` is not on `PATH`" in report
        assert '`preview` must be one of "float", "split", "inline"' in report
        assert "No server runs for cart.py: `understudy` is not on `PATH`" in report
        assert len(editor.ask("trial.messages")) == 1


@pytest.mark.each_neovim("0.10, 0.11 and 0.12 start and end servers each in its own way.")
def test_the_server_is_stopped_started_and_gone_with_the_editor(
    start: Callable[..., Any],
) -> None:
    with start() as editor:
        first = editor.ask("vim.lsp.get_clients({ name = 'understudy' })[1].id")
        editor.command("Understudy restart")
        again = f"(vim.lsp.get_clients({{ name = 'understudy' }})[1] or {{ id = {first} }}).id"
        editor.wait(f"{again} ~= {first}")
        editor.wait(RUNS)
        editor.command("Understudy stop")
        editor.wait("#vim.lsp.get_clients({ name = 'understudy' }) == 0")
        assert editor.ask("require('understudy').status()") == ""


def test_commands_are_completed_with_what_there_is(start: Callable[..., Any]) -> None:
    with start() as editor:
        names = editor.ask("vim.fn.getcompletion('Understudy ', 'cmdline')")
        assert {"fix", "preview", "accept", "next", "why", "explain", "trust"} <= set(names)
        kinds = editor.ask("vim.fn.getcompletion('Understudy refactor s', 'cmdline')")
        assert kinds == ["simplify"]
        models = editor.ask("vim.fn.getcompletion('Understudy fix model=b', 'cmdline')")
        assert models == ["model=builtin/rules"]
        editor.command("Understudy nonsense")
        editor.wait("vim.inspect(trial.messages):find('There is no')")
