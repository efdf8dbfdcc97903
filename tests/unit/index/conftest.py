from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.index.folders import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def kept(root: Path, tmp_path: Path) -> Iterator[Kept]:
    found = Kept(root, tmp_path / "index")
    yield found
    found.store.close()
