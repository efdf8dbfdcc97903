"""Which program is run for a tool, and which never is."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.config.trust_record import command_hash
from understudy.workspace.tools import ToolMissingError, find_tool
from understudy.workspace.view import View

SUFFIX = ".exe" if os.name == "nt" else ""
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
DEFAULT = CheckerSettings()


def view(
    root: Path, trust: Trust = Trust.RESTRICTED, commands: frozenset[str] = frozenset()
) -> View:
    return View("file:///a.py", "", Policy(trust, commands), path=root / "a.py", root=root)


def program(folder: Path, name: str = "tool") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}{SUFFIX}"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace, and a `PATH` that leads to one empty folder beside it."""
    (tmp_path / "workspace").mkdir()
    (tmp_path / "outside").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "outside"))
    return tmp_path / "workspace"


def test_a_tool_is_found_on_path(workspace: Path) -> None:
    tool = program(workspace.parent / "outside")
    assert find_tool("tool", view(workspace), DEFAULT) == (str(tool),)


def test_nothing_is_found_for_an_untrusted_workspace(workspace: Path) -> None:
    program(workspace.parent / "outside")
    with pytest.raises(ToolMissingError, match="not trusted"):
        find_tool("tool", view(workspace, Trust.UNTRUSTED), DEFAULT)


def test_a_trusted_environment_comes_before_path(workspace: Path) -> None:
    program(workspace.parent / "outside")
    own = program(workspace / ".venv" / SCRIPTS)
    assert find_tool("tool", view(workspace, Trust.TRUSTED), DEFAULT) == (str(own),)


def test_the_environment_of_a_restricted_workspace_is_passed_over(workspace: Path) -> None:
    outside = program(workspace.parent / "outside")
    program(workspace / ".venv" / SCRIPTS)
    assert find_tool("tool", view(workspace), DEFAULT) == (str(outside),)


def test_a_path_entry_inside_a_restricted_workspace_does_not_count(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(workspace / "bin")
    monkeypatch.setenv("PATH", str(workspace / "bin"))
    with pytest.raises(ToolMissingError):
        find_tool("tool", view(workspace), DEFAULT)
    assert find_tool("tool", view(workspace, Trust.TRUSTED), DEFAULT)


@pytest.mark.skipif(os.name == "nt", reason="Only on systems where anyone may make links.")
def test_a_link_on_path_that_leads_into_a_restricted_workspace_does_not_count(
    workspace: Path,
) -> None:
    inside = program(workspace / "bin")
    (workspace.parent / "outside" / "tool").symlink_to(inside)
    with pytest.raises(ToolMissingError):
        find_tool("tool", view(workspace), DEFAULT)


@pytest.mark.skipif(os.name == "nt", reason="Only on systems where anyone may make links.")
def test_a_linked_path_entry_that_leads_into_a_restricted_workspace_does_not_count(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(workspace / "bin")
    link = workspace.parent / "link"
    link.symlink_to(workspace / "bin")
    monkeypatch.setenv("PATH", str(link))
    with pytest.raises(ToolMissingError):
        find_tool("tool", view(workspace), DEFAULT)


@pytest.mark.parametrize("uri", ["untitled:1", "vscode-notebook-cell:/a.ipynb#W0"])
def test_for_a_document_without_a_place_no_program_in_any_open_folder_counts(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, uri: str
) -> None:
    inside = program(workspace / "bin")
    monkeypatch.setenv("PATH", str(workspace / "bin"))
    placeless = View(uri, "", Policy(Trust.RESTRICTED), roots=(workspace.parent / "x", workspace))
    with pytest.raises(ToolMissingError):
        find_tool("tool", placeless, DEFAULT)
    with pytest.raises(ToolMissingError, match="inside a workspace"):
        find_tool("tool", placeless, CheckerSettings(command=(str(inside),)))
    trusted = replace(placeless, policy=Policy(Trust.TRUSTED))
    assert find_tool("tool", trusted, DEFAULT) == (str(inside),)


def test_a_program_in_another_open_folder_does_not_count_either(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(workspace.parent / "other")
    monkeypatch.setenv("PATH", str(workspace.parent / "other"))
    both = replace(view(workspace), roots=(workspace, workspace.parent / "other"))
    with pytest.raises(ToolMissingError):
        find_tool("tool", both, DEFAULT)


def test_when_no_folder_is_known_programs_in_the_current_one_do_not_count(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(workspace / "bin")
    outside = program(workspace.parent / "outside")
    monkeypatch.setenv("PATH", os.pathsep.join((str(workspace / "bin"), str(outside.parent))))
    monkeypatch.chdir(workspace)
    placeless = View("untitled:1", "", Policy(Trust.RESTRICTED))
    assert find_tool("tool", placeless, DEFAULT) == (str(outside),)
    assert find_tool("ruff", placeless, DEFAULT, bundled=True)


def test_a_command_below_the_home_of_an_unknown_user_is_said_to_be_missing(
    workspace: Path,
) -> None:
    settings = CheckerSettings(command=("~no-such-user-here/ruff",))
    with pytest.raises(ToolMissingError, match="no-such-user-here"):
        find_tool("tool", view(workspace), settings)


@pytest.mark.parametrize("entry", ["", ".", "bin"])
def test_path_entries_that_depend_on_the_current_folder_do_not_count(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    program(workspace)
    program(workspace / "bin")
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("PATH", os.pathsep.join((entry, str(workspace.parent / "outside"))))
    with pytest.raises(ToolMissingError):
        find_tool("tool", view(workspace, Trust.TRUSTED), DEFAULT)


def test_a_bundled_tool_is_found_beside_our_interpreter(workspace: Path) -> None:
    (found,) = find_tool("ruff", view(workspace), DEFAULT, bundled=True)
    assert Path(found).name == f"ruff{SUFFIX}"
    with pytest.raises(ToolMissingError):
        find_tool("ruff", view(workspace), DEFAULT)


def test_the_command_of_the_settings_comes_first_and_keeps_its_arguments(workspace: Path) -> None:
    program(workspace.parent / "outside")
    chosen = program(workspace.parent / "elsewhere", "mine")
    settings = CheckerSettings(command=(str(chosen), "--quiet"))
    assert find_tool("tool", view(workspace), settings) == (str(chosen), "--quiet")


def test_a_bare_name_in_the_settings_is_looked_up_on_path(workspace: Path) -> None:
    tool = program(workspace.parent / "outside", "mine")
    settings = CheckerSettings(command=("mine",))
    assert find_tool("tool", view(workspace), settings) == (str(tool),)


def test_a_command_of_the_settings_that_does_not_exist_is_said_to_be_missing(
    workspace: Path,
) -> None:
    with pytest.raises(ToolMissingError, match="does not exist"):
        find_tool("tool", view(workspace), CheckerSettings(command=("nothing-here",)))


def test_a_chosen_program_inside_a_restricted_workspace_is_refused(workspace: Path) -> None:
    settings = CheckerSettings(command=(str(program(workspace / "bin")),))
    with pytest.raises(ToolMissingError, match="inside a workspace"):
        find_tool("tool", view(workspace), settings)


def test_a_workspaces_own_command_runs_only_once_its_hash_is_trusted(workspace: Path) -> None:
    program(workspace / "bin")
    command = (f"bin/tool{SUFFIX}", "--strict")
    settings = CheckerSettings(command=command, command_from_workspace=True)
    with pytest.raises(ToolMissingError, match="not trusted yet"):
        find_tool("tool", view(workspace, Trust.TRUSTED), settings)
    known = frozenset({command_hash(workspace, command)})
    found = find_tool("tool", view(workspace, Trust.TRUSTED, known), settings)
    assert Path(found[0]).is_absolute()
    assert found[1] == "--strict"
    changed = CheckerSettings(command=(*command, "--evil"), command_from_workspace=True)
    with pytest.raises(ToolMissingError, match="not trusted yet"):
        find_tool("tool", view(workspace, Trust.TRUSTED, known), changed)
