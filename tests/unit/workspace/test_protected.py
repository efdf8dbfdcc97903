"""Which files are protected: by their name, and by where a link leads on the disk."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from understudy.workspace.paths import (
    Place,
    is_own_configuration,
    is_protected,
    place_by_name,
    place_on_disk,
)

posix_only = pytest.mark.skipif(
    os.name == "nt", reason="Only on systems where anyone may make links."
)

PROTECTED = [
    ".git/config",
    "sub/.git/hooks/pre-commit",
    ".GIT/config",
    ".git./config",
    ".git /config",
    "GIT~1/config",
    ".g\u200cit/config",
    ".git::$INDEX_ALLOCATION/config",
    ".git",
    ".vscode/settings.json",
    ".idea/workspace.xml",
    ".github/workflows/ci.yml",
    ".GitHub/Workflows/ci.yml",
    ".husky/pre-commit",
    ".envrc",
    "sub/.envrc",
    "Makefile",
    "makefile",
    "GNUmakefile",
    "Makefile.am",
    "rules.mk",
    ".understudy/config.toml",
    ".understudyignore",
]


@pytest.mark.parametrize("name", PROTECTED)
def test_files_that_grant_power_are_protected_for_a_reason(root: Path, name: str) -> None:
    reason = is_protected(root / name, root)
    assert reason is not None
    assert reason.startswith("`")
    assert reason.endswith(".")


@pytest.mark.parametrize(
    "name",
    [
        "git/config.py",
        ".gitignore",
        ".github/README.md",
        "workflows/a.yml",
        "make.py",
        "vscode/a.ts",
        "x.git/a",
        ".github/x/workflows/a",
    ],
)
def test_ordinary_files_are_not_protected(root: Path, name: str) -> None:
    assert is_protected(root / name, root) is None


def test_only_the_names_below_the_folder_count(tmp_path: Path) -> None:
    folder = tmp_path / ".vscode" / "extension"
    assert is_protected(folder / "a.ts", folder) is None
    assert is_protected(folder / "a.ts", None) is not None


def test_composed_and_decomposed_names_are_one_name(root: Path) -> None:
    name = unicodedata.normalize("NFD", ".understudy/é.toml")
    assert is_own_configuration(root / name, root)


def test_our_own_configuration_is_known_in_the_workspace_and_at_home(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    home = (tmp_path / "home").resolve()
    assert is_own_configuration(root / ".understudy" / "fixes.md", root)
    assert is_own_configuration(root / ".UNDERSTUDY" / "config.toml", root)
    assert is_own_configuration(home / "config.toml", None)
    assert is_own_configuration(home / "trust.json", root)
    assert not is_own_configuration(home / "notes.py", None)
    assert not is_own_configuration(root / "config.toml", root)


def test_a_document_without_a_file_has_no_place_that_could_forbid_anything() -> None:
    assert place_by_name(None, None) == place_on_disk(None, Path("/")) == Place()


@posix_only
def test_a_link_to_a_protected_file_is_protected_on_disk(root: Path) -> None:
    (root / ".git" / "hooks").mkdir(parents=True)
    (root / ".understudy").mkdir()
    (root / "hook.sh").symlink_to(root / ".git" / "hooks" / "pre-commit")
    (root / "mine.toml").symlink_to(root / ".understudy" / "config.toml")
    assert place_by_name(root / "hook.sh", root).protected is None
    assert place_on_disk(root / "hook.sh", root).protected
    assert place_on_disk(root / "mine.toml", root).own


@posix_only
def test_a_link_that_leaves_is_seen_on_disk_only(root: Path, tmp_path: Path) -> None:
    (root / "out.py").symlink_to(tmp_path / "out.py")
    assert place_by_name(root / "out.py", root).inside
    assert not place_on_disk(root / "out.py", root).inside
    assert not place_by_name(root / ".." / "out.py", root).inside
