from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.models.vendors import vendors
from understudy.wire import keys

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """State of its own, and no keys."""
    for vendor in vendors().values():
        for name in vendor.keys:
            monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    keys.forget()
    return tmp_path / "home"
