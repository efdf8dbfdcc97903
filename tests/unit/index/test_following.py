"""The index as a server keeps it: with a real process beside it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.unit.index.folders import write
from understudy.index import following
from understudy.index.following import WorkspaceIndex
from understudy.index.place import become_writer, database_in, folder_for
from understudy.index.survey import figures_of, saved_index, survey
from understudy.workspace.view import OpenDocument

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

WAIT_S = 60.0


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))


@contextlib.asynccontextmanager
async def following_of(
    root: Path, *, exclude: tuple[str, ...] = ()
) -> AsyncIterator[WorkspaceIndex]:
    index = WorkspaceIndex(root, exclude=exclude, told=True)
    task = asyncio.create_task(index.run())
    try:
        async with asyncio.timeout(WAIT_S):
            yield index
    finally:
        task.cancel()
        await asyncio.wait({task})


def names(index: WorkspaceIndex, name: str) -> list[str]:
    return [place.path for place in index.over().named(name)]


async def until(said: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    while not said():  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.02)


async def test_a_workspace_is_read_and_kept_up_to_date(root: Path) -> None:
    write(root, a_py="def f(): ...\n", sub__b_py="from a import found\n")
    async with following_of(root) as index:
        before = index.ready
        await index.idle.wait()
        assert (before, index.ready) == (False, True)
        assert names(index, "f") == ["a.py"]
        assert index.over().using("found") == ["sub/b.py"]
        write(root, c_py="def g(): ...\n")
        (root / "a.py").unlink()
        index.changed([root / "a.py", root / "c.py", root.parent / "else.py"])
        await index.idle.wait()
        assert (names(index, "f"), names(index, "g")) == ([], ["c.py"])


async def test_a_change_of_what_is_ignored_is_followed(root: Path) -> None:
    write(root, a_py="def f(): ...\n")
    async with following_of(root) as index:
        await index.idle.wait()
        (root / ".gitignore").write_text("a.py\n")
        index.changed([root / ".gitignore"])
        await index.idle.wait()
        await until(lambda: names(index, "f") == [])
        (root / ".gitignore").unlink()
        index.look_again()
        await until(lambda: names(index, "f") == ["a.py"])


async def test_a_restart_is_warm(root: Path) -> None:
    write(root, a_py="def f(): ...\n", b_py="def g(): ...\n")
    first = await survey(root)
    second = await survey(root)
    assert (first["read"], second["read"]) == (2, 0)
    assert (await survey(root, rebuild=True))["read"] == 2
    async with following_of(root) as index:
        # What an earlier process stored can be asked before this one has looked.
        await until(lambda: names(index, "f") == ["a.py"])


async def test_a_killed_worker_is_replaced_and_nothing_is_damaged(root: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Only on systems with signals")
    write(root, **{f"a{n}_py": f"def f{n}(): ...\n" * 200 for n in range(60)})
    async with following_of(root) as index:
        await until(lambda: index.worker_id is not None)
        assert index.worker_id is not None
        os.killpg(index.worker_id, signal.SIGKILL)
        await index.idle.wait()
        assert index.ready is True
        assert len(names(index, "f59")) == 50
    assert figures_of(root)["files"] == 60


async def test_a_damaged_database_is_made_anew_while_the_server_runs(root: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Only on systems where an open file can be replaced")
    write(root, **{f"a{n}_py": "def f(): ...\n" * 50 for n in range(100)})
    async with following_of(root) as index:
        await index.idle.wait()
        path = database_in(folder_for(root))
        whole = path.read_bytes()
        path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
        await until(lambda: len(names(index, "f")) == 50)
        assert index.over().ready


async def test_two_servers_share_one_index_and_the_second_takes_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_WAIT_FOR_WRITER_S", 0.05)
    write(root, a_py="def f(): ...\n")
    async with following_of(root) as first:
        await first.idle.wait()
        async with following_of(root) as second:
            await second.idle.wait()
            assert names(second, "f") == names(first, "f") == ["a.py"]
            assert become_writer(folder_for(root)) is None
            write(root, b_py="def g(): ...\n")
            first.changed([root / "b.py"])
            await until(lambda: names(second, "g") == ["b.py"])


async def test_a_server_that_can_not_write_takes_over_when_the_other_ends(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_WAIT_FOR_WRITER_S", 0.05)
    write(root, a_py="def f(): ...\n")
    lock = become_writer(folder_for(root))
    assert lock is not None
    async with following_of(root) as index:
        await until(lambda: index.worker_id is not None)
        assert index.ready is False
        facts = await asyncio.to_thread(index.over().facts, "a.py")
        assert facts is not None
        assert [one.name for one in facts.definitions] == ["f"]
        lock.close()
        await index.idle.wait()
        assert names(index, "f") == ["a.py"]


async def test_an_open_document_is_known_once_it_was_prepared(root: Path) -> None:
    write(root, a_py="def f(): ...\n")
    text = "def long(): ...\n" * 8_000
    documents = [
        OpenDocument((root / name).as_uri(), root / name, "python", 1, written)
        for name, written in (("a.py", "def g(): ...\n"), ("long.py", text))
    ]
    async with following_of(root) as index:
        await index.idle.wait()
        for document in documents:
            await index.prepare(document)
        found = index.over(documents)
        assert [place.path for place in found.named("g")] == ["a.py"]
        assert [place.path for place in found.named("long", 2)] == ["long.py"] * 2


async def test_a_long_document_that_is_opened_before_the_process_runs_is_read_by_it(
    root: Path,
) -> None:
    text = "def long(): ...\n" * 8_000
    place = root / "long.py"
    document = OpenDocument(place.as_uri(), place, "python", 1, text)
    async with following_of(root) as index:
        await index.prepare(document)
        assert [place.path for place in index.over([document]).named("long", 2)] == ["long.py"] * 2


async def test_what_the_user_keeps_from_models_is_kept_from_the_index(root: Path) -> None:
    write(root, a_py="def f(): ...\n", b_py="def f(): ...\n")
    async with following_of(root, exclude=("b.py",)) as index:
        await index.idle.wait()
        assert names(index, "f") == ["a.py"]


async def test_a_place_that_can_not_be_written_costs_the_index_and_nothing_else(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_FIRST_PAUSE_S", 0.0)
    monkeypatch.setattr(following, "_MAX_FAILURES", 2)
    (tmp_path / "home").write_text("a file where a folder should be")
    write(root, a_py="def f(): ...\n")
    async with following_of(root) as index:
        await index.idle.wait()
        assert index.ready is False
        assert index.over().facts("a.py") is not None


async def test_a_command_that_runs_once_asks_what_there_is(root: Path) -> None:
    write(root, a_py="def f(): ...\n")
    with saved_index(root) as nothing:
        assert (nothing.ready, list(nothing.named("f"))) == (False, [])
        assert nothing.facts("a.py") is not None
    assert not folder_for(root).exists()
    await survey(root)
    with saved_index(root, ["b.py"]) as saved:
        assert (saved.ready, [place.path for place in saved.named("f")]) == (True, ["a.py"])


async def test_before_it_is_kept_up_to_date_what_was_read_earlier_is_known(root: Path) -> None:
    write(root, a_py="def f(): ...\n", sub__b_py="from a import found\n")
    await survey(root)
    write(root, late_py="def g(): ...\n")
    index = WorkspaceIndex(root)
    asked = await asyncio.to_thread(index.over)
    assert not asked.ready
    assert asked.using("found") == ["sub/b.py"]
    assert names(index, "f") == ["a.py"]
    late = asked.facts("late.py")
    assert late is not None
    assert [one.name for one in late.definitions] == ["g"]
