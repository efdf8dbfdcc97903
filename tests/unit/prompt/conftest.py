"""What holds for every test of prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder, empty, so that no fragments of whoever runs the tests count."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("UNDERSTUDY_HOME", str(folder))
    return folder
