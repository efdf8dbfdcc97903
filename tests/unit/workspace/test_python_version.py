"""Which Python a workspace says that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from understudy.workspace.python_version import workspace_version

if TYPE_CHECKING:
    from pathlib import Path

REQUIRES = '[project]\nrequires-python = "{}"\n'


@pytest.fixture(autouse=True)
def _nothing_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (".venv/pyvenv.cfg", "version = 3.13.1\n", (3, 13)),
        ("venv/pyvenv.cfg", "version_info = 3.13.0.final.0\n", (3, 13)),
        (".python-version", "3.13\n", (3, 13)),
        (".python-version", "# ours\n3.12.4\n3.13\n", (3, 13)),
        (".python-version", "cpython-3.13.0\n", (3, 13)),
        (".python-version", "3.9\r3.13\r", (3, 13)),
        (".python-version", "system\n", None),
        ("pyproject.toml", REQUIRES.format(">=3.13"), (3, 13)),
        ("pyproject.toml", REQUIRES.format(">= 3.12, <3.20, !=3.12.1"), (3, 12)),
        ("pyproject.toml", REQUIRES.format("~=3.13.0"), (3, 13)),
        ("pyproject.toml", REQUIRES.format("<4"), None),
        ("pyproject.toml", "project = 1\n", None),
        ("pyproject.toml", "[project\n", None),
    ],
)
def test_the_version_is_read_from_the_workspaces_files(
    tmp_path: Path, name: str, content: str, expected: tuple[int, int] | None
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(content)
    assert workspace_version(tmp_path, None) == expected


def test_the_newest_version_counts(tmp_path: Path) -> None:
    (tmp_path / ".python-version").write_text("3.9")
    (tmp_path / "pyproject.toml").write_text(REQUIRES.format(">=3.10"))
    assert workspace_version(tmp_path, None) == (3, 10)


def test_the_chosen_environment_counts_and_no_other(tmp_path: Path) -> None:
    for name, version in ((".venv", "3.13"), ("other", "3.12")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pyvenv.cfg").write_text(f"version = {version}")
    assert workspace_version(tmp_path, tmp_path / "other") == (3, 12)


def test_a_document_without_a_folder_says_nothing() -> None:
    assert workspace_version(None, None) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_no_content_makes_reading_fail(tmp_path: Path, content: bytes) -> None:
    for name in (".python-version", "pyproject.toml"):
        (tmp_path / name).write_bytes(content)
    workspace_version(tmp_path, None)
