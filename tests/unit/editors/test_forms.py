"""What holds for every client of every editor."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tidy.tree import ROOT
from understudy.core.failures import RefusedError
from understudy.editors import Client, Server, all_editors
from understudy.editors.blocks import Block
from understudy.editors.json_form import JsonMembers
from understudy.editors.markers import ROOT_MARKERS
from understudy.languages import all_languages

CLIENTS = {
    f"{editor.id} {client.id}": client
    for editor in all_editors().values()
    for client in editor.clients
}
BLOCKS = {name: one for name, one in CLIENTS.items() if isinstance(one.form, Block)}
OBJECTS = {name: one for name, one in CLIENTS.items() if isinstance(one.form, JsonMembers)}
COMMANDS = (
    ("understudy", "serve"),
    (r"C:\Program Files\understudy\understudy.exe", "serve"),
    ('/home/jo\'s "x"/understudy', "serve"),
)
PYTHON = Server(COMMANDS[0], ("python",))


@pytest.mark.parametrize("command", COMMANDS, ids=["name", "windows", "quotes"])
@pytest.mark.parametrize("client", CLIENTS.values(), ids=CLIENTS)
def test_the_command_is_read_as_it_was_written(client: Client, command: tuple[str, ...]) -> None:
    for languages in (("python",), tuple(all_languages())):
        text = client.form.put("", Server(command, languages))
        assert client.form.command(text) == command


@pytest.mark.parametrize("client", CLIENTS.values(), ids=CLIENTS)
def test_a_second_run_changes_nothing_and_another_command_replaces_the_first(
    client: Client,
) -> None:
    first = client.form.put("", PYTHON)
    assert client.form.put(first, PYTHON) == first
    other = Server(("/opt/bin/understudy", "serve"), ("python", "rust"))
    second = client.form.put(first, other)
    assert client.form.command(second) == other.command
    assert second == client.form.put("", other)


@pytest.mark.parametrize("client", CLIENTS.values(), ids=CLIENTS)
def test_nothing_is_left_when_it_is_taken_out(client: Client) -> None:
    assert client.form.remove(client.form.put("", PYTHON)).strip() in ("", "{}")
    assert client.form.command("") == ()


@pytest.mark.parametrize("client", BLOCKS.values(), ids=BLOCKS)
def test_what_a_page_says_is_recognised_without_our_markers(client: Client) -> None:
    assert client.form.command(client.form.snippet(PYTHON)) == PYTHON.command


@pytest.mark.parametrize("client", BLOCKS.values(), ids=BLOCKS)
def test_what_is_commented_out_is_no_configuration(client: Client) -> None:
    assert isinstance(client.form, Block)
    lines = client.form.snippet(PYTHON).split("\n")
    text = "\n".join(f"{client.form.comment} {line}" for line in lines)
    assert client.form.command(text) == ()


@given(name=st.sampled_from(sorted(BLOCKS)), text=st.text(alphabet="ab\n;\"-'é "))
def test_a_block_stands_behind_what_the_user_has_and_leaves_it_as_it_is(
    name: str, text: str
) -> None:
    form = BLOCKS[name].form
    new = form.put(text, PYTHON)
    assert form.put(new, PYTHON) == new
    assert form.command(new) == PYTHON.command
    assert new.startswith(text) or not text.strip()
    left = form.remove(new)
    assert left in (text, f"{text}\n", "")


def test_a_half_deleted_block_is_refused() -> None:
    form = CLIENTS["emacs eglot"].form
    text = form.put("(mine)\n", PYTHON)
    for broken in (text.replace(";; <<< understudy\n", ""), text + text):
        with pytest.raises(RefusedError, match="only a part of the block"):
            form.put(broken, PYTHON)


@pytest.mark.parametrize("client", OBJECTS.values(), ids=OBJECTS)
def test_settings_keep_their_comments_and_what_else_they_say(client: Client) -> None:
    mine = '{\n  // mine\n  "a": [1, 2], // here\n  "lsp": {"x": 1},\n  "clients": {"y": {}}\n}\n'
    new = client.form.put(mine, PYTHON)
    assert client.form.command(new) == PYTHON.command
    assert client.form.put(new, PYTHON) == new
    # An object that was written in one line may have got several.
    assert client.form.remove(new).split() == mine.split() or "".join(
        client.form.remove(new).split()
    ) == "".join(mine.split())


@pytest.mark.parametrize("name", ["neovim plain", "vim ale", "vim coc", "kate kate"])
def test_who_must_be_told_is_told_of_the_projects_of_every_language(name: str) -> None:
    text = CLIENTS[name].form.snippet(PYTHON)
    marks = ("pyproject.toml", "package.json", "Cargo.toml", "go.mod", "pom.xml", ".git")
    assert [one for one in marks if one not in text] == []


def test_the_plugin_of_neovim_looks_for_the_same_projects() -> None:
    source = ROOT / "nvim-client" / "lua" / "understudy" / "config.lua"
    listed = source.read_text(encoding="utf-8").partition("local MARKERS = {")[2].partition("}")[0]
    assert tuple(re.findall(r'"([^"]+)"', listed)) == ROOT_MARKERS


def test_zed_keeps_the_servers_that_the_user_has_chosen() -> None:
    form = CLIENTS["zed zed"].form
    mine = '{\n  "languages": {"Python": {"language_servers": ["ty", "!ruff"]}}\n}\n'
    new = form.put(mine, PYTHON)
    assert '["pylsp", "ty", "!ruff"]' in new
    assert form.remove(new) == mine


def test_helix_and_sublime_know_every_language() -> None:
    every = Server(COMMANDS[0], tuple(all_languages()))
    helix = CLIENTS["helix helix"].form.snippet(every)
    assert helix.count("[[language]]") == len(all_languages())
    sublime = CLIENTS["sublime lsp"].form.snippet(every)
    assert sublime.count(" | ") >= len(all_languages()) - 2
