"""Neovim with the plugin and models behind the offline one."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.clouds import CLOUD
from tests.e2e.modelled import KEY, MENDED, TEXT, configuration
from tests.editors.terminal_picture import draw
from tests.editors.trial import HERE
from tests.providers.answers import Hangs, Says, Status
from tests.providers.planted import assert_nowhere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.editors.nvim_editor import Nvim
    from tests.editors.trial import Trial
    from tests.providers.scripted import ServerInThread

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Only on systems with terminals."),
    pytest.mark.timeout(240),
]

PICTURE = HERE.parents[1] / "docs" / "images" / "neovim.svg"
DOWN = Status(503, {"error": {"message": "The engine is overloaded", "type": "server_error"}})
WORDS = "It sums the prices of `items`.\n\n- The sum is in `result`.\n- **The name is unknown.**\n"
SHOWN = 'require("understudy.preview").shown() ~= nil'
BY = 'SHOWN and require("understudy.preview").shown().edit.models[1] == "{}"'.replace(
    "SHOWN", SHOWN
)


@pytest.fixture
def start(nvim: str, trial: Trial, provider: ServerInThread) -> Callable[..., Any]:
    """Starts Neovim on a text that only a model can mend, and waits until models are known."""
    from tests.editors.nvim_editor import running

    @contextmanager
    def start_one(settings: str = "", who: str = "acme/one:7b") -> Iterator[Nvim]:
        trial.file.write_text(TEXT, encoding="utf-8", newline="\n")
        home = trial.folder / "home"
        configuration(home, provider, "openai", "[cascade]\nhedge = false\n")
        if settings:
            (home / "config.toml").write_text(settings, encoding="utf-8")
        with running(nvim, trial, {}, {}) as found:
            found.wait(f"trial.status() == '{who}'")
            found.type("5G")
            yield found
        assert_nowhere(KEY, home, found.shown())

    return start_one


def test_another_model_is_asked_and_its_fix_taken(start: Callable[..., Any], trial: Trial) -> None:
    with start() as editor:
        editor.command("Understudy fix")
        editor.wait(BY.format("acme/one:7b"))
        editor.until_shown("gn next model")
        editor.choose("acme/two")
        editor.type("gn")
        editor.wait(BY.format("acme/two"))
        editor.command("Understudy accept")
        editor.wait("not vim.bo[1].modifiable or trial.text(1):find('return result')")
        editor.command("w")
        editor.wait("not vim.bo[1].modified")
    assert trial.file.read_text(encoding="utf-8") == MENDED


def test_a_model_fails_over_and_the_run_tells_why(
    start: Callable[..., Any], provider: ServerInThread
) -> None:
    provider.server.scripts["one:7b"] = [DOWN]
    with start() as editor:
        editor.command("Understudy fix")
        editor.wait(BY.format("acme/two"))
        editor.until_shown("gw why")
        if os.environ.get("UPDATE") == "1":
            # The line of commands is left out: what it says is in the window, too.
            editor.command("")
            draw(editor.screen, PICTURE, "Neovim")
        editor.type("gw")
        window = '(trial.window("understudy-runs") or "")'
        told = editor.wait(f'{window}:find("Who was asked") and {window}')
        assert "- acme/one:7b · next · failed provider_unavailable" in told
        assert "- acme/two · next after provider_unavailable · answered" in told
        assert "  - ruff: F821 gone, nothing new\n" in told
        assert "  - The problem is gone\n" in told
        assert "  - The file parses\n" in told
        assert "target_gone" not in told
        editor.type("<BS>")
        rows = editor.wait(f'not {window}:find("Who was asked") and {window}')
        assert "cart.py:5" in rows
        # What became of it stands first, and nothing behind the edge of the window.
        assert rows[8:].startswith("  offered  ")
        assert "acme/two" in rows
        width = "vim.api.nvim_win_get_width(0)"
        assert editor.ask(f"vim.fn.strdisplaywidth({window}) <= {width}")
        editor.type("q")
        editor.wait(f'{window} == ""')


def test_what_takes_long_is_cancelled_and_changes_nothing(
    start: Callable[..., Any], provider: ServerInThread
) -> None:
    provider.server.scripts["one:7b"] = [Hangs()]
    with start() as editor:
        editor.command("Understudy fix")
        editor.until_shown("… Fixing cart.py:5")
        provider.until(lambda: bool(provider.server.asked) and provider.server.asked[-1].model)
        editor.command("Understudy cancel")
        provider.until(lambda: provider.server.asked[-1].hung_up_at)
        editor.wait("#require('understudy.status').of(1).work == 0")
        assert editor.ask("trial.text(1)") == TEXT


def test_an_explanation_grows_in_a_panel_beside_the_code(
    start: Callable[..., Any], provider: ServerInThread, tmp_path: Path
) -> None:
    rest = tmp_path / "rest"
    provider.server.scripts["one:7b"] = [Says(WORDS, chunks=2, held_until=rest)]
    panel = "(trial.window('markdown') or '')"
    with start() as editor:
        editor.type("V:Understudy explain\r")
        editor.until_shown("acme/one:7b writes …")
        assert editor.wait(f"{panel}:find('It sums') and {panel}") < WORDS
        rest.touch()
        told = editor.wait(f"{panel}:find('unknown') and {panel}")
        assert told.startswith("It sums the prices of `items`.\n\n- The sum is in `result`.")
        editor.until_shown("By acme/one:7b")
        assert editor.ask("vim.api.nvim_get_current_buf()") == 1
        assert editor.ask("#vim.api.nvim_list_wins()") == 2


def test_code_goes_to_a_cloud_only_after_a_yes(start: Callable[..., Any]) -> None:
    with start(CLOUD, "openai/one") as editor:
        editor.choose("Not now")
        editor.command("Understudy fix")
        menus = editor.wait("#trial.menus > 0 and trial.menus")
        assert menus[0]["prompt"].startswith("Send code of `shop` to OpenAI (https://api.openai")
        assert menus[0]["titles"] == ["Send, for this workspace", "Not now"]
        editor.wait("table.concat(trial.messages):find('may not see this workspace')")
        assert editor.ask("trial.text(1)") == TEXT


def test_a_key_that_is_typed_in_reaches_the_server_alone(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACME_KEY")
    with start() as editor:
        editor.choose("ACME_KEY")
        editor.type("\x1b:Understudy key\r")
        editor.until_shown("ACME_KEY (empty takes it back)")
        editor.type(f"{KEY}\r")
        editor.wait("table.concat(trial.messages):find('ACME_KEY is set')")
        # A question that is cancelled takes nothing back. What the first one left on the screen is alike.
        editor.type("\x1b:Understudy key\r")
        editor.wait("#trial.menus == 2 and vim.api.nvim_get_mode().mode == 'c'")
        editor.type("\x1b")
        editor.wait("vim.api.nvim_get_mode().mode == 'n'")
        editor.command("Understudy key")
        editor.wait("#trial.menus == 3 and trial.menus[3].titles[1]:find('acme, set')")
        editor.type("\x1b")
        assert KEY not in editor.shown()
        editor.command("Understudy fix")
        editor.wait(BY.format("acme/one:7b"))
