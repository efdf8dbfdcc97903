from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from understudy.core.failures import RefusedError
from understudy.editors import Server, all_editors
from understudy.editors.files import BACKUP, carry_out, drop_backup, plan
from understudy.editors.machine import Machine

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.editors.machine import System

SERVER = Server(("understudy", "serve"), ("python",))
FORM = all_editors()["sublime"].clients[0].form


def put(text: str) -> str:
    return FORM.put(text, SERVER)


def test_a_file_is_made_with_its_folders_and_taken_away_again(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "settings.json"
    assert carry_out(plan(path, put)) is None
    assert FORM.command(path.read_text()) == SERVER.command
    assert not plan(path, put).changes
    assert carry_out(plan(path, FORM.remove)) is None
    assert not path.exists()
    assert [*path.parent.iterdir()] == []


def test_what_is_kept_beside_goes_only_where_it_is_nothing_but_ours(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    kept = path.with_name(path.name + BACKUP)
    other = Server(("/opt/understudy", "serve"), ("python",))
    carry_out(plan(path, put))
    carry_out(plan(path, lambda text: FORM.put(text, other)))
    made = plan(path, FORM.remove)
    carry_out(made)
    assert kept.exists()
    drop_backup(made, FORM.remove)
    assert not kept.exists()
    kept.write_text('{"mine": 1}\n')
    drop_backup(made, FORM.remove)
    assert kept.read_text() == '{"mine": 1}\n'


def test_the_old_text_is_kept_beside_and_shown_as_a_difference(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"a": 1}\n')
    made = plan(path, put)
    assert '-{"a": 1}\n' in made.diff()
    kept = carry_out(made)
    assert kept is not None
    assert kept.read_text() == '{"a": 1}\n'


def test_line_ends_and_a_byte_order_mark_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b'\xef\xbb\xbf{\r\n  "a": "\xc3\xbc"\r\n}\r\n')
    carry_out(plan(path, put))
    raw = path.read_bytes()
    assert raw.startswith(b'\xef\xbb\xbf{\r\n  "a": "\xc3\xbc",\r\n')
    assert raw.count(b"\n") == raw.count(b"\r\n") > 3


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.json"
    real.write_text("{}\n")
    real.chmod(0o640)
    link = tmp_path / "settings.json"
    link.symlink_to(real)
    carry_out(plan(link, put))
    assert link.is_symlink()
    assert FORM.command(real.read_text()) == SERVER.command
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe{}", b"[]"], ids=["broken", "no UTF-8", "list"])
def test_what_can_not_be_read_is_refused_by_name_and_left_alone(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(raw)
    with pytest.raises(RefusedError, match=r"settings\.json.*[Nn]othing changed"):
        plan(path, put)
    assert path.read_bytes() == raw


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="can't be read"):
        plan(tmp_path, put)


def test_what_was_changed_in_the_meantime_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{}\n")
    made = plan(path, put)
    path.write_text('{"b": 2}\n')
    with pytest.raises(RefusedError, match="in the meantime"):
        carry_out(made)
    assert path.read_text() == '{"b": 2}\n'


PLACES = {
    "linux": {
        "emacs": ".emacs.d/init.el",
        "helix": ".config/helix/languages.toml",
        "kate": ".config/kate/lspclient/settings.json",
        "neovim": ".config/nvim/plugin/understudy.lua",
        "sublime": ".config/sublime-text/Packages/User/LSP.sublime-settings",
        "vim": ".vim/after/plugin/understudy.vim",
        "vscode": ".config/Code/User/settings.json",
        "zed": ".config/zed/settings.json",
    },
    "mac": {
        "emacs": ".emacs.d/init.el",
        "helix": ".config/helix/languages.toml",
        "kate": "Library/Preferences/kate/lspclient/settings.json",
        "neovim": ".config/nvim/plugin/understudy.lua",
        "sublime": "Library/Application Support/Sublime Text/Packages/User/LSP.sublime-settings",
        "vim": ".vim/after/plugin/understudy.vim",
        "vscode": "Library/Application Support/Code/User/settings.json",
        "zed": ".config/zed/settings.json",
    },
    "windows": {
        "emacs": "AppData/Roaming/.emacs.d/init.el",
        "helix": "AppData/Roaming/helix/languages.toml",
        "kate": "AppData/Local/kate/lspclient/settings.json",
        "neovim": "AppData/Local/nvim/plugin/understudy.lua",
        "sublime": "AppData/Roaming/Sublime Text/Packages/User/LSP.sublime-settings",
        "vim": "vimfiles/after/plugin/understudy.vim",
        "vscode": "AppData/Roaming/Code/User/settings.json",
        "zed": "AppData/Roaming/Zed/settings.json",
    },
}


@pytest.mark.parametrize("system", ["linux", "mac", "windows"])
def test_each_system_has_its_own_places(tmp_path: Path, system: System) -> None:
    machine = Machine(system, tmp_path, {})
    found = {
        editor.id: editor.clients[0].place(machine).relative_to(tmp_path).as_posix()
        for editor in all_editors().values()
    }
    assert found == PLACES[system]


def test_environment_variables_move_them(tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    environ = {"XDG_CONFIG_HOME": str(other), "NVIM_APPNAME": "nvim-mine"}
    machine = Machine("linux", tmp_path, environ)
    neovim = all_editors()["neovim"].clients[0]
    assert neovim.place(machine) == other / "nvim-mine" / "plugin" / "understudy.lua"
    relative = Machine("linux", tmp_path, {"XDG_CONFIG_HOME": "relative"})
    assert neovim.place(relative).is_relative_to(tmp_path / ".config")


def test_the_emacs_file_that_is_there_is_the_one(tmp_path: Path) -> None:
    place = all_editors()["emacs"].clients[0].place
    machine = Machine("linux", tmp_path, {})
    modern = tmp_path / ".config" / "emacs"
    modern.mkdir(parents=True)
    assert place(machine) == modern / "init.el"
    (tmp_path / ".emacs.d").mkdir()
    assert place(machine) == tmp_path / ".emacs.d" / "init.el"
    (tmp_path / ".emacs").touch()
    assert place(machine) == tmp_path / ".emacs"
