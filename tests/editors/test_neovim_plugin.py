"""Neovim with the plugin, driven as a person drives it, with the offline model."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.editors.nvim_states import CLOSED, SHOWN, WAITS
from tests.editors.trial import BROKEN, FIXED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.editors.nvim_editor import Nvim
    from tests.editors.trial import Trial

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Only on systems with terminals."),
    pytest.mark.timeout(240),
]

VIEW = (
    "vim.tbl_map(function(one) return vim.fn.winsaveview()[one] end, { 'lnum', 'col', 'topline' })"
)
MORE = "\n\ndef number(things):\n    count = len(things)\n    return countt\n"


def write(editor: Nvim) -> None:
    editor.command("w")
    editor.wait("not vim.bo[1].modified")


@pytest.mark.each_neovim(
    "Requests are sent by other means before 0.11: the way of a fix from end to end."
)
def test_a_fix_is_shown_below_its_line_and_taken_with_a_key(
    start: Callable[..., Any], trial: Trial
) -> None:
    with start() as editor:
        editor.type("3G")
        editor.command("Understudy fix")
        shown = editor.wait('trial.window("diff")')
        assert "-    return reslt\n+    return result\n" in shown
        assert shown.index("ruff: F821 gone") < shown.index("--- a/cart.py")
        editor.until_shown("ga accept")
        assert "Fix: `reslt` → `result` (builtin/rules, 0.9" in editor.shown()
        editor.type("ga")
        editor.wait(CLOSED)
        write(editor)
        assert trial.file.read_text(encoding="utf-8") == FIXED
        editor.type("u")
        editor.wait("trial.text(1):find('reslt')")


@pytest.mark.each_neovim("Since 0.11 code actions carry the diagnostics of their own server alone.")
def test_the_menu_of_code_actions_leads_to_a_preview_that_leaves_the_cursor_alone(
    start: Callable[..., Any], trial: Trial
) -> None:
    with start() as editor:
        editor.choose("Fix problems here")
        editor.type("3G")
        editor.command("lua vim.lsp.buf.code_action()")
        editor.wait(SHOWN)
        assert editor.ask("vim.api.nvim_get_current_buf()") == 1
        editor.command("Understudy accept")
        editor.wait(CLOSED)
        write(editor)
    assert trial.file.read_text(encoding="utf-8") == FIXED


def test_a_preview_comes_beside_the_text_or_within_it(
    start: Callable[..., Any], trial: Trial
) -> None:
    above = "# One of many.\n" * 100
    trial.file.write_text(above + BROKEN, encoding="utf-8", newline="\n")
    with start(preview="split") as editor:
        editor.type("103G0ww")
        there = editor.ask(VIEW)
        editor.command("Understudy fix")
        editor.wait(SHOWN)
        assert editor.ask("#vim.api.nvim_list_wins()") == 2
        assert editor.ask("vim.wo[vim.fn.bufwinid(1)].diff") is True
        assert editor.ask("vim.api.nvim_get_current_line()") == "    return result"
        # The window is too narrow for all keys.
        editor.until_shown("ga accept")
        editor.type("ggq")
        editor.wait(CLOSED)
        assert editor.ask("vim.wo[vim.fn.bufwinid(1)].diff") is False
        assert editor.ask(VIEW) == there
        editor.wait("vim.deep_equal(trial.drawn(1), { 'result' })")
        editor.ask("(function() vim.g.understudy = nil end)()")
        editor.command("lua require('understudy').setup({ preview = 'inline' })")
        editor.command("Understudy preview")
        editor.wait("vim.tbl_contains(trial.drawn(1), 'return result')")
        editor.command("Understudy accept")
        editor.wait(CLOSED)
        assert editor.ask("trial.drawn(1)") == []
        write(editor)
    assert trial.file.read_text(encoding="utf-8") == above + FIXED


def test_a_preview_beside_the_text_shows_the_lines_around_it_and_gives_the_only_window_back(
    start: Callable[..., Any], trial: Trial
) -> None:
    trial.file.write_text("# One of many.\n" * 100 + BROKEN, encoding="utf-8", newline="\n")
    with start(preview="split") as editor:
        editor.command("103Understudy fix")
        editor.wait(SHOWN)
        editor.command("Understudy preview")
        editor.wait("vim.api.nvim_get_current_buf() ~= 1")
        assert editor.ask("vim.fn.line('w0') < 103 - 2") is True
        editor.command("only")
        editor.wait("#vim.api.nvim_list_wins() == 1")
        editor.type("q")
        editor.wait(CLOSED)
        assert editor.ask("{ vim.fn.bufnr(), vim.wo.winbar, vim.wo.diff }") == [1, "", False]


def test_a_fix_within_the_line_is_taken_with_tab_which_else_stays_what_it_was(
    start: Callable[..., Any], trial: Trial
) -> None:
    trial.file.write_text(BROKEN.partition("\n\n\n")[0] + "\n" + MORE, encoding="utf-8")
    with start(keymaps={"accept-inline": "<Tab>"}) as editor:
        editor.type("3G")
        editor.command("Understudy fix-file")
        editor.wait(SHOWN)
        editor.type("q")
        editor.wait(CLOSED)
        editor.command("Understudy discard")
        editor.wait("#require('understudy').waiting(1) == 0")
        for line, word in ((3, "result"), (8, "count")):
            editor.type(f"\x1b{line}G")
            editor.command("Understudy fix")
            editor.wait(SHOWN)
            editor.type("q")
            editor.wait(f"vim.deep_equal(trial.drawn(1), {{ '{word}' }})")
            # Once in Insert mode, once in Normal mode.
            editor.type("A\t" if line == 3 else "\t")
            editor.wait("#require('understudy').waiting(1) == 0")
            editor.until_gone("1 fix")
        editor.type("\x1bggO#\t.\x1b")
        editor.wait("trial.text(1):find('^#%s+%.')")
        assert "return count\n" in editor.ask("trial.text(1)")
        assert "return result\n" in editor.ask("trial.text(1)")


NATIVE = "vim.api.nvim_get_namespaces()['nvim.lsp.inline_completion']"
MARKED = f"{NATIVE} and #vim.api.nvim_buf_get_extmarks(1, {NATIVE}, 0, -1, {{}}) or 0"
COUNT = """(function()
  trial.answered = 0
  vim.api.nvim_create_autocmd("LspRequest", {
    callback = function(event)
      local request = event.data.request
      if request.method == "textDocument/inlineCompletion" and request.type == "complete" then
        trial.answered = trial.answered + 1
      end
    end,
  })
end)()"""


@pytest.mark.each_neovim("Only 0.12 has inline completion of its own.")
def test_neovim_s_own_inline_completion_shows_what_it_can_and_the_plugin_the_rest(
    start: Callable[..., Any], trial: Trial
) -> None:
    trial.file.write_text(FIXED.replace("):", ")", 1), encoding="utf-8")
    with start(inline="native", keymaps={"accept-inline": "<Tab>"}) as editor:
        is_there = editor.ask("vim.lsp.inline_completion ~= nil")
        editor.ask(COUNT)
        for line, word, key, is_native in (
            # The colon that is missing behind the cursor.
            (1, "", "A", is_there),
            # Letters before the cursor, letters behind it, and one that goes.
            (3, "reslt", "A", False),
            (3, "reslt", "I", is_there),
            (3, "resultt", "I", False),
        ):
            if word:
                editor.type(f"\x1b:3s/result/{word}/\r")
            editor.type(f"\x1b{line}G")
            editor.command("Understudy fix")
            editor.wait(SHOWN)
            editor.type("q")
            editor.wait(CLOSED)
            answered = editor.ask("trial.answered")
            editor.type(key)
            if is_there:
                editor.wait(f"trial.answered > {answered}")
            editor.wait(f"({MARKED}) == {int(is_native)}")
            editor.wait(f"#trial.drawn(1) == {int(not is_native)}")
            editor.type("\t")
            editor.wait("#require('understudy').waiting(1) == 0")
            assert editor.ask("trial.text(1)") == FIXED


def test_all_proved_fixes_of_a_file_are_taken_at_once(
    start: Callable[..., Any], trial: Trial
) -> None:
    trial.file.write_text(BROKEN.partition("\n\n\n")[0] + "\n" + MORE, encoding="utf-8")
    with start() as editor:
        for line in (3, 8):
            editor.type(f"{line}G")
            editor.command("Understudy fix")
            editor.wait(SHOWN)
            if line == 3:
                editor.type("q")
                editor.wait(CLOSED)
        assert editor.ask("#require('understudy').waiting(1)") == 2
        editor.type("gA")
        editor.wait("#require('understudy').waiting(1) == 0")
        text = editor.wait("not trial.text(1):find('countt') and trial.text(1)")
        assert "return result\n" in text


def test_an_edit_follows_its_line_and_goes_with_it_or_with_its_file(
    start: Callable[..., Any],
) -> None:
    with start() as editor:
        editor.type("3G")
        editor.command("Understudy fix")
        editor.wait(SHOWN)
        editor.type("q")
        editor.wait("vim.deep_equal(trial.drawn(1), { 'result' })")
        editor.type("ggO# one\x1b4G")
        where = "require('understudy').waiting(1)[1].textEdits[1].range.start.line"
        editor.wait(f"{WAITS} and {where} == 3")
        editor.wait("vim.deep_equal(trial.drawn(1), { 'result' })")
        editor.type("Ax\x1b")
        editor.wait("#require('understudy').waiting(1) == 0")
        assert editor.ask("trial.drawn(1)") == []
        # Nor is there one once the file was read again, or has another name.
        for gone in ("edit!", "file moved.py"):
            editor.command("edit!")
            editor.type("3G")
            editor.command("Understudy fix")
            editor.wait(SHOWN)
            editor.type("q")
            editor.wait("vim.deep_equal(trial.drawn(1), { 'result' })")
            editor.command(gone)
            editor.wait("#require('understudy').waiting(1) == 0 and #trial.drawn(1) == 0")
        # Under that one it is served, before anything is written.
        editor.type("3G")
        editor.command("Understudy fix")
        editor.wait(SHOWN)
        assert editor.ask("trial.messages") == []
