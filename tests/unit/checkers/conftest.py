"""Projects that checkers of several files look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import require
from tests.unit.checkers.projects import MANIFEST, write
from understudy.checkers.cargo import CHECKER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def crate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Path]:
    """A crate of two files, whose copies are all gone once cargo's checker is closed."""
    require("cargo")
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    yield write(
        tmp_path / "my project",
        Cargo_dot_toml=MANIFEST,
        src__main_dot_rs="mod b;\nfn main() { b::f(); }\n",
        src__b_dot_rs="pub fn f() -> i32 { 1 }\n",
    )
    assert CHECKER.close is not None
    await CHECKER.close()
    assert not [*(tmp_path / "home").rglob("tree")]
