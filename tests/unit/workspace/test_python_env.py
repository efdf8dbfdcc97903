from __future__ import annotations

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
