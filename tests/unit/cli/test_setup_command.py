from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import understudy
from understudy.cli import main
from understudy.editors import Server, all_editors
from understudy.editors.command import own_command
from understudy.editors.machine import this_machine

Output = pytest.CaptureFixture[str]
PYTHON = ("python",)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which no editor was ever started."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "UNDERSTUDY_HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA", "NVIM_APPNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.chdir(folder)
    return folder


def program(folder: Path, name: str, says: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)


def editor_finding(capsys: Output, name: str) -> dict[str, str]:
    main(["doctor", "--json", str(Path.cwd())])
    findings = json.loads(capsys.readouterr().out)["findings"]
    (found,) = (one for one in findings if (one["topic"], one["subject"]) == ("editors", name))
    return dict(found)


@pytest.mark.parametrize("name", sorted(all_editors()))
def test_the_snippet_alone_goes_to_standard_output(name: str, capsys: Output) -> None:
    assert main(["setup", name, "--language", "python", "--full-path"]) == 0
    told = capsys.readouterr()
    command = own_command(full_path=True)
    client = all_editors()[name].clients[1 if name == "neovim" else 0]
    assert told.out == client.form.snippet(Server(command, PYTHON))
    assert json.dumps(command[0])[1:-1] in told.out
    assert f"`understudy setup {name} --write` puts it there." in told.err
    others = {one.id for one in all_editors()[name].clients if one is not client}
    for other in others:
        assert f"`understudy setup {name} --client {other}`" in told.err


@pytest.mark.parametrize("name", sorted(all_editors()))
def test_what_is_written_is_written_once_and_taken_out_again(
    name: str, home: Path, capsys: Output
) -> None:
    assert main(["setup", name, "--write"]) == 0
    (path,) = (one for one in home.rglob("*") if one.is_file())
    text = path.read_text()
    assert f"+++ b{path.as_posix()}" in capsys.readouterr().out
    assert main(["setup", name, "--write"]) == 0
    assert capsys.readouterr().out.endswith("already: nothing to do.\n")
    assert path.read_text() == text
    assert main(["setup", name, "--remove"]) == 0
    assert not path.exists()
    assert [one for one in home.rglob("*") if one.is_file()] == []
    assert main(["setup", name, "--remove"]) == 0
    assert capsys.readouterr().out.endswith("anyway: nothing to do.\n")
    assert main(["setup"]) == 0
    assert capsys.readouterr().out == "No editor was found.\n"


def test_a_folder_with_something_else_in_it_stays(capsys: Output) -> None:
    place = all_editors()["kate"].clients[0].place(this_machine())
    own = place.parent.with_name("externaltools") / "mine.ini"
    own.parent.mkdir(parents=True)
    own.touch()
    assert main(["setup", "kate", "--write"]) == 0
    assert main(["setup", "kate", "--remove"]) == 0
    assert own.exists()
    assert not place.parent.exists()
    capsys.readouterr()
    assert main(["setup"]) == 0
    assert "kate" in capsys.readouterr().out


def test_another_file_can_be_named(home: Path, capsys: Output) -> None:
    mine = home / "dotfiles" / "settings.json"
    assert main(["setup", "zed", "--write", "--path", str(mine)]) == 0
    assert json.loads(mine.read_text())["lsp"]["pylsp"]["binary"]["arguments"] == ["serve"]
    assert str(mine) in capsys.readouterr().out


def test_a_file_that_is_broken_is_named_and_left_alone(home: Path, capsys: Output) -> None:
    path = home / ".config" / "helix" / "languages.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[[language\n")
    code = main(["setup", "helix", "--write", "--path", str(path)])
    assert code == 2
    assert f"`{path}` is no TOML that can be read" in capsys.readouterr().err
    assert path.read_text() == "[[language\n"


def test_unknown_words_are_answered_with_those_that_are_known(capsys: Output) -> None:
    assert main(["setup", "ed"]) == 2
    assert "`emacs`, `helix`, `kate`" in capsys.readouterr().err
    assert main(["setup", "emacs", "--client", "lsp"]) == 2
    assert "`eglot`, `lsp-mode`" in capsys.readouterr().err
    assert main(["setup", "emacs", "--language", "klingon"]) == 2
    assert "python" in capsys.readouterr().err


def test_an_editor_may_be_called_by_its_program(capsys: Output) -> None:
    assert main(["setup", "hx", "--language", "go"]) == 0
    assert '["gopls", "golangci-lint-lsp", "understudy"]' in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
def test_the_plugin_is_set_up_where_it_is_installed(home: Path, capsys: Output) -> None:
    assert main(["setup", "neovim"]) == 0
    assert "vim.lsp.enable" in capsys.readouterr().out
    package = home / ".local/share/nvim/site/pack/mine/start/nvim-client"
    (package / "lua" / "understudy").mkdir(parents=True)
    (package / "lua" / "understudy" / "init.lua").touch()
    assert main(["setup", "neovim"]) == 0
    told = capsys.readouterr()
    assert "vim.g.understudy" in told.out
    assert "vim.lsp" not in told.out
    assert "For Neovim's own client instead: `understudy setup neovim --client plain`." in told.err
    assert main(["setup", "neovim", "--write"]) == 0
    written = (home / ".config" / "nvim" / "plugin" / "understudy.lua").read_text()
    assert told.out in written
    assert "vim.lsp" not in written


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
def test_a_plugin_that_came_after_the_set_up_is_named_and_set_up_instead(
    tmp_path: Path, home: Path, capsys: Output
) -> None:
    program(tmp_path / "bin", "nvim", "NVIM v0.10.4")
    main(["setup", "neovim", "--write"])
    package = home / ".local/share/nvim/site/pack/mine/start/nvim-client"
    (package / "lua" / "understudy").mkdir(parents=True)
    (package / "lua" / "understudy" / "init.lua").touch()
    capsys.readouterr()
    found = editor_finding(capsys, "neovim")
    assert (found["state"], found["remedy"]) == (
        "note",
        "`understudy setup neovim --write` sets up Understudy's plugin instead.",
    )
    assert "although Understudy's plugin is there" in found["text"]
    main(["setup", "neovim", "--write"])
    capsys.readouterr()
    assert editor_finding(capsys, "neovim")["state"] == "ok"


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
@pytest.mark.parametrize("name", ["helix", "kate", "neovim", "zed"])
def test_what_was_set_up_is_told_although_the_editor_is_not_on_the_path(
    name: str, capsys: Output
) -> None:
    main(["setup", name, "--write"])
    capsys.readouterr()
    found = editor_finding(capsys, name)
    assert (found["state"], found["remedy"][:8]) == ("note", "Install ")
    assert f"answers: understudy {understudy.__version__}; but `" in found["text"]
    assert found["text"].endswith("is not on `PATH`")


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
def test_the_editors_of_this_machine_are_listed(tmp_path: Path, capsys: Output) -> None:
    program(tmp_path / "bin", "hx", "helix 25.01.1")
    assert main(["setup"]) == 0
    told = capsys.readouterr()
    assert "helix   note   helix 25.01.1" in told.out
    assert "Not found: emacs, kate, neovim, sublime, vim, vscode, zed." in told.err


def test_without_an_editor_that_is_said(capsys: Output) -> None:
    assert main(["setup"]) == 0
    assert capsys.readouterr().out == "No editor was found.\n"


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
def test_the_doctor_follows_an_editor_from_the_first_day_on(
    tmp_path: Path, home: Path, capsys: Output
) -> None:
    program(tmp_path / "bin", "hx", "helix 25.01.1")
    found = editor_finding(capsys, "helix")
    assert (found["state"], found["remedy"]) == (
        "note",
        "`understudy setup helix --write` sets it up.",
    )

    main(["setup", "helix", "--write"])
    capsys.readouterr()
    found = editor_finding(capsys, "helix")
    assert found["state"] == "ok", found
    assert found["text"].endswith(f"answers: understudy {understudy.__version__}")

    file = home / ".config" / "helix" / "languages.toml"
    text = file.read_text()
    file.write_text(text.replace(own_command(full_path=False)[0], "/gone/understudy"))
    found = editor_finding(capsys, "helix")
    assert found["state"] == "problem"
    assert "`/gone/understudy serve`, which can't be started" in found["text"]

    program(tmp_path / "bin", "other-understudy", "understudy 9.9.9")
    file.write_text(text.replace(own_command(full_path=False)[0], "other-understudy"))
    found = editor_finding(capsys, "helix")
    assert (found["state"], "answers: understudy 9.9.9" in found["text"]) == ("note", True)

    file.write_text("= broken")
    found = editor_finding(capsys, "helix")
    assert (found["state"], found["remedy"]) == (
        "problem",
        "Correct the file, or move it away.",
    )


@pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
def test_the_doctor_names_what_else_is_missing(tmp_path: Path, capsys: Output) -> None:
    program(tmp_path / "bin", "nvim", "NVIM v0.9.5")
    found = editor_finding(capsys, "neovim")
    assert (found["state"], found["remedy"]) == ("note", "Install Neovim 0.10 or newer.")
    main(["setup", "neovim", "--write"])
    capsys.readouterr()
    assert editor_finding(capsys, "neovim")["state"] == "problem"

    program(tmp_path / "bin", "subl", "")
    found = editor_finding(capsys, "sublime")
    assert (found["state"], found["remedy"]) == (
        "note",
        "Install the package LSP with Package Control.",
    )


def test_the_extension_of_vs_code_needs_no_configuration(home: Path, capsys: Output) -> None:
    (home / ".vscode" / "extensions" / "understudy.understudy-0.1.0").mkdir(parents=True)
    all_editors()["vscode"].clients[0].place(this_machine()).parent.mkdir(parents=True)
    found = editor_finding(capsys, "vscode")
    assert (found["state"], found["remedy"]) == ("ok", "")
