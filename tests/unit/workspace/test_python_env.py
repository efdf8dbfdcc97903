from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from understudy.workspace.python_env import find_environment, installed
from understudy.workspace.python_modules import own_modules

if TYPE_CHECKING:
    from pathlib import Path


def environment(prefix: Path, *modules: str) -> Path:
    folder = prefix / "lib" / "python3.12" / "site-packages"
    folder.mkdir(parents=True)
    for module in modules:
        (folder / module).touch()
    return folder


def test_usual_environments_are_found_in_their_order(tmp_path: Path) -> None:
    environment(tmp_path / "venv", "second.py")
    environment(tmp_path / ".venv", "first.py")
    found = find_environment(tmp_path, None)
    assert found is not None
    assert found.prefix == tmp_path / ".venv"
    assert set(installed(found)) == {"first"}


def test_a_chosen_environment_may_be_its_interpreter(tmp_path: Path) -> None:
    environment(
        tmp_path / "elsewhere", "a.py", "b.cpython-312-x86_64-linux-gnu.so", "c.pth", "d-e.py"
    )
    program = tmp_path / "elsewhere" / "bin" / "python"
    program.parent.mkdir()
    program.touch()
    for chosen in (tmp_path / "elsewhere", program):
        assert set(installed(find_environment(None, chosen))) == {"a", "b"}


def test_system_packages_count_when_the_environment_says_so(tmp_path: Path) -> None:
    environment(tmp_path / "base", "deep.py")
    environment(tmp_path / ".venv", "near.py")
    config = f"home = {tmp_path / 'base' / 'bin'}\ninclude-system-site-packages = true\n"
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(config)
    assert set(installed(find_environment(tmp_path, None))) == {"deep", "near"}


def test_own_modules_are_named_from_their_package_root(tmp_path: Path) -> None:
    for name in (
        "server/app/__init__.py",
        "server/app/core/__init__.py",
        "server/app/core/text.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in ("tool.py", "src/lone.py", "scripts/run.py", ".hidden/a.py", "node_modules/b.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "pyvenv.cfg").touch()
    (tmp_path / "odd" / "c.py").touch()
    found = set(own_modules(tmp_path, None))
    assert found == {"app", "app.core", "app.core.text", "tool", "lone", "scripts.run"}


def test_files_beside_the_open_file_are_named_by_their_stem(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "helpers.py").touch()
    assert set(own_modules(tmp_path, tmp_path / "scripts" / "run.py")) == {"helpers"}


@pytest.mark.skipif(sys.platform == "win32", reason="Only on systems where anyone may make links.")
def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.py").touch()
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert set(own_modules(tmp_path, None)) == {"a.x"}


def interpreter(folder: Path, name: str = "python3") -> Path:
    """A program that must never be run: it would fail."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (f"{name}.exe" if os.name == "nt" else name)
    path.write_text("#!/bin/sh\nexit 1\n")
    path.chmod(0o755)
    return path


def path_of(*folders: Path) -> str:
    return os.pathsep.join(map(str, folders))


def test_the_environment_that_understudy_lives_in_is_not_the_workspaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = "Scripts" if os.name == "nt" else "bin"
    for name in ("ours", "theirs"):
        environment(tmp_path / name, f"{name}.py")
        interpreter(tmp_path / name / scripts)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "ours"))
    both = path_of(tmp_path / "ours" / scripts, tmp_path / "theirs" / scripts)
    monkeypatch.setenv("PATH", both)
    found = find_environment(tmp_path, None)
    assert found is not None
    assert found.prefix == tmp_path / "theirs"
    monkeypatch.setenv("PATH", str(tmp_path / "ours" / scripts))
    assert find_environment(tmp_path, None) is None
    # Whoever names it means it.
    chosen = find_environment(tmp_path, tmp_path / "ours")
    assert chosen is not None
    assert set(installed(chosen)) == {"ours"}


def test_an_installation_that_is_no_virtual_environment_is_everybodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment(tmp_path / "system", "shared.py")
    monkeypatch.setenv("PATH", str(interpreter(tmp_path / "system" / "bin").parent))
    for name in ("prefix", "base_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path / "system"))
    assert set(installed(find_environment(tmp_path, None))) == {"shared"}


@pytest.fixture
def pyenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pyenv with three versions and its shims first on `PATH`."""
    home = tmp_path / "pyenv"
    for version in ("3.9.18", "3.12.2", "3.12.10"):
        environment(home / "versions" / version, f"of_{version.replace('.', '_')}.py")
    monkeypatch.setenv("PATH", str(interpreter(home / "shims").parent))
    monkeypatch.delenv("PYENV_VERSION", raising=False)
    return home


def modules_in(root: Path) -> set[str]:
    return set(installed(find_environment(root, None)))


def test_a_pyenv_shim_is_followed_without_running_it(
    pyenv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "code" / "project"
    root.mkdir(parents=True)
    assert modules_in(root) == set()
    (pyenv / "version").write_text("3.9.18\n")
    assert modules_in(root) == {"of_3_9_18"}
    (root.parent / ".python-version").write_text("# ours\n3.12.2\n")
    assert modules_in(root) == {"of_3_12_2"}
    (root / ".python-version").write_text("system 3.12\n")
    assert modules_in(root) == {"of_3_12_10"}
    monkeypatch.setenv("PYENV_VERSION", "3.9.18:3.12.2")
    assert modules_in(root) == {"of_3_9_18"}


@pytest.mark.parametrize("name", ["../../evil", "/evil", "..", "", "3.13", "system"])
def test_a_version_file_cannot_lead_out_of_pyenvs_folder(
    pyenv: Path, tmp_path: Path, name: str
) -> None:
    environment(tmp_path / "evil", "evil.py")
    environment(pyenv.parent / "versions" / "evil", "evil.py")
    (tmp_path / ".python-version").write_text(f"{name}\n")
    assert modules_in(tmp_path) == set()


def test_behind_a_shim_that_leads_to_the_system_the_path_goes_on(
    pyenv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment(tmp_path / "system", "shared.py")
    system = interpreter(tmp_path / "system" / "bin").parent
    monkeypatch.setenv("PATH", path_of(pyenv / "shims", system))
    (pyenv / "version").write_text("system\n")
    assert modules_in(tmp_path) == {"shared"}
