"""Caches in a file that is no database, or no longer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.caches.shelf import DiskShelf
from understudy.caches.store import Caches

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SIZE = 10_000_000


def test_a_broken_database_makes_way_for_a_new_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache.db").write_bytes(b"this is no database" * 100)
    caches = Caches(DiskShelf(tmp_path, SIZE))
    caches.keep_reply("a", "x")
    assert caches.reply("a") == "x"
    assert caches.ratio("p", "m") is None
    caches.close()
    assert len(caplog.records) == 1
    again = Caches(DiskShelf(tmp_path, SIZE))
    assert again.reply("a") == "x"
    again.close()
    assert len(caplog.records) == 1


def test_a_database_that_is_damaged_while_it_is_used_makes_way_for_a_new_one(
    tmp_path: Path,
) -> None:
    caches = Caches(DiskShelf(tmp_path, SIZE))
    for number in range(200):
        caches.keep_reply(str(number), "x" * 2_000)
    caches.close()
    path = tmp_path / "cache.db"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    again = Caches(DiskShelf(tmp_path, SIZE))
    again.keep_reply("a", "y")
    assert again.reply("a") == "y"
    again.close()


def test_a_database_that_is_no_file_is_left_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache.db").mkdir()
    caches = Caches(DiskShelf(tmp_path, SIZE))
    caches.keep_reply("a", "x")
    assert caches.reply("a") is None
    caches.close()
    assert len(caplog.records) == 1
