from __future__ import annotations

import os
from pathlib import Path

import pytest

from understudy.config.policy import Policy, Trust
from understudy.workspace.node_tools import find_package, node_command, version_of
from understudy.workspace.tools import ToolMissingError
from understudy.workspace.view import View


def view(root: Path, trust: Trust = Trust.TRUSTED) -> View:
    path = root / "packages/one/a.ts"
    return View(path.as_uri(), "", Policy(trust), path=path, root=root)


def package(modules: Path, version: str = "1.0.0") -> Path:
    folder = modules / "tool"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(f'{{"version": "{version}"}}')
    return folder


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path / "prefix/bin"))
    root = tmp_path / "project"
    (root / "packages/one").mkdir(parents=True)
    return root


def test_the_nearest_of_a_trusted_project_comes_first(root: Path) -> None:
    package(root.parent / "node_modules")
    with pytest.raises(ToolMissingError, match="`tool` is not installed"):
        find_package("tool", view(root))
    for modules in (root.parent / "prefix/lib", root, root / "packages/one"):
        expected = package(modules / "node_modules")
        assert find_package("tool", view(root)) == expected


def test_a_restricted_project_gets_the_one_that_is_installed_for_everybody(root: Path) -> None:
    package(root / "node_modules")
    with pytest.raises(ToolMissingError, match="not where Understudy may run it"):
        find_package("tool", view(root, Trust.RESTRICTED))
    everybody = package(root.parent / "prefix/lib/node_modules")
    assert find_package("tool", view(root, Trust.RESTRICTED)) == everybody


def test_what_lies_inside_a_restricted_project_does_not_count_because_path_names_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package(root / "node_modules")
    monkeypatch.setenv("PATH", os.pathsep.join((str(root), "", ".")))
    with pytest.raises(ToolMissingError):
        find_package("tool", view(root, Trust.RESTRICTED))


def test_an_untrusted_project_gets_none(root: Path) -> None:
    package(root.parent / "prefix/lib/node_modules")
    with pytest.raises(ToolMissingError, match="not trusted"):
        find_package("tool", view(root, Trust.UNTRUSTED))


def test_without_node_there_is_no_command(root: Path) -> None:
    with pytest.raises(ToolMissingError, match="`node` is not installed"):
        node_command(Path("script.js"), view(root))


@pytest.mark.parametrize("content", ["", "[1]", '{"version": 1}', "[" * 10_000])
def test_a_version_that_can_not_be_read_is_empty(content: str, tmp_path: Path) -> None:
    assert version_of(tmp_path) == ""
    (tmp_path / "package.json").write_text(content)
    assert version_of(tmp_path) == ""
    (tmp_path / "package.json").write_text('{"version": "1.2.3"}')
    assert version_of(tmp_path) == "1.2.3"
