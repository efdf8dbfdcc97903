"""The plugin of Neovim and buffers that are not as the plugin would have them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.clouds import CLOUD
from tests.editors.trial import HERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.editors.nvim_editor import Nvim
    from tests.editors.trial import Trial

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Only on systems with terminals."),
    pytest.mark.timeout(240),
]

STARTED = "Before 0.11 the plugin itself starts the server for buffers."
WITHOUT = "{ name = 'understudy', cmd = { 'understudy', 'serve' }, root_dir = vim.fn.getcwd() }"
CLIENT = HERE.parents[1] / "nvim-client"


@pytest.mark.each_neovim("Before 0.11 the plugin decides which client is used again.")
def test_files_of_no_project_share_one_server(nvim: str, trial: Trial) -> None:
    (trial.file.parent / "pyproject.toml").unlink()
    drive = f"luafile {HERE / 'nvim_rootless.lua'}"
    found = trial.run(
        (
            *(nvim, "--headless", "--clean", "-n", "--cmd", f"set rtp^={CLIENT}"),
            *(str(trial.file), "-c", drive),
        ),
        {},
    )
    assert found == {"clients": 1, "here": 1, "programs": 1}


def told(editor: Nvim, text: str) -> None:
    editor.wait(f"table.concat(trial.messages, '\\n'):find([=[{text}]=], 1, true)")


@pytest.mark.each_neovim(STARTED)
def test_a_buffer_without_a_server_is_told_why_and_borrows_none(
    start: Callable[..., Any], trial: Trial
) -> None:
    (trial.file.parent / "c.ts").write_text("let a = 1;\n", encoding="utf-8")
    with start(filetypes=["python"]) as editor:
        for opens, why in (
            ("new", "it has no name yet (`:write` gives it one)"),
            ("edit c.ts", "the setting `filetypes` leaves `typescript` out"),
            ("new | set buftype=nofile", "it is no file"),
        ):
            editor.command(opens)
            editor.command("Understudy fix")
            told(editor, f"It does not run for this buffer: {why}.")
        # Its file type is not told again when it gets a name.
        editor.command("new | set filetype=python")
        editor.command("w named.py")
        editor.wait("#vim.lsp.get_clients({ bufnr = 0, name = 'understudy' }) == 1")
        # What is about no document is had from anywhere.
        editor.command("Understudy models")
        editor.wait('trial.window("understudy-models")')
        assert not editor.ask("table.concat(trial.messages):find('has not opened')")


@pytest.mark.each_neovim(STARTED)
def test_without_any_file_type_nothing_is_started(nvim: str, trial: Trial) -> None:
    from tests.editors.nvim_editor import running

    with running(nvim, trial, {"filetypes": []}, {}) as editor:
        editor.until_shown("return reslt")
        editor.command("Understudy fix")
        told(editor, "the setting `filetypes` leaves `python` out")
        editor.command("edit c.ts")
        editor.command("Understudy fix")
        told(editor, "the setting `filetypes` leaves `typescript` out")
        assert editor.ask("#vim.lsp.get_clients({ _uninitialized = true })") == 0


def test_the_health_report_tells_what_is_wrong_with_the_configuration(
    start: Callable[..., Any],
) -> None:
    with start() as editor:
        editor.command("lua require('understudy').setup({ previw = 'float' })")
        editor.command("Understudy stop")
        editor.wait("#vim.lsp.get_clients({ name = 'understudy' }) == 0")
        editor.command("Understudy fix")
        told(editor, "the server was stopped, or has ended")
        editor.command(f"lua vim.lsp.start({WITHOUT})")
        editor.command("Understudy fix")
        told(editor, "another configuration starts it without the plugin")
        editor.command("checkhealth understudy")
        report = editor.wait('trial.window("checkhealth")')
        assert "`previw` is no setting of Understudy's plugin." in report
        assert "shop: 1 buffers have a server without the plugin." in report


def test_consent_is_completed_with_the_providers_of_the_server(
    start: Callable[..., Any], trial: Trial
) -> None:
    own = '[providers.mine]\nkind = "openai"\nbase_url = "https://api.mine.example/v1"\n[models."mine/big"]\n'
    (trial.folder / "home" / "config.toml").write_text(f"{CLOUD}\n{own}", encoding="utf-8")
    with start() as editor:
        names = editor.ask("vim.fn.getcompletion('Understudy consent ', 'cmdline')")
        assert {"mine", "openai", "revoke"} <= set(names)
        editor.command("Understudy stop")
        editor.wait("#vim.lsp.get_clients({ name = 'understudy' }) == 0")
        names = editor.ask("vim.fn.getcompletion('Understudy consent ', 'cmdline')")
        assert names == ["revoke"]
