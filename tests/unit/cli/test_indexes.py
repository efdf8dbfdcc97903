from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from understudy.cli.indexes import Indexes, indexed
from understudy.config.context_settings import ContextSettings
from understudy.config.settings import Settings
from understudy.engine.setup import Setup, set_up
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "a.py").write_text("def f(): ...\n", encoding="utf-8")
    return folder


def view(root: Path, text: str) -> View:
    path = root / "a.py"
    return View(path.as_uri(), text, set_up(root).policy, path=path, root=root)


@dataclass(frozen=True)
class Folder:
    root: Path | None
    setup: Setup


async def test_a_folder_is_read_once_and_its_process_ends_with_the_command(root: Path) -> None:
    async with Indexes() as indexes:
        indexes.start(root, Settings())
        indexes.start(root, Settings())
        await indexes.wait([root], 60)
        ((index, task),) = indexes._kept.values()
        assert index.worker_id is not None
        over = indexes.over(view(root, "def g(): ...\n"))
        assert over is not None
        assert over.ready
        assert over.named("g")
        assert not over.named("f")
    assert task.done()
    assert index.worker_id is None


async def test_where_nobody_wants_an_index_there_is_none(root: Path) -> None:
    off = replace(Settings(), context=ContextSettings(index=False))
    async with Indexes() as indexes:
        indexes.start(root, off)
        indexes.start(None, Settings())
        await indexes.wait([root], 60)
        assert indexes.over(view(root, "")) is None
        assert indexes.over(replace(view(root, ""), root=None)) is None


async def test_commands_that_can_ask_no_model_read_no_folder(root: Path) -> None:
    async with indexed([Folder(root, set_up(root))]) as indexes:
        assert indexes.over(view(root, "")) is None
