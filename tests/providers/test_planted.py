from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.providers.planted import assert_nowhere
from understudy.caches.shelf import DiskShelf
from understudy.caches.store import Caches

if TYPE_CHECKING:
    from pathlib import Path

KEY = "planted-key-0123456789"


def test_a_clean_folder_and_clean_texts_pass(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('key = "{env:ACME_KEY}"')
    assert_nowhere(KEY, tmp_path, "said", b"\xff", {"a": [1, None]})


@pytest.mark.parametrize(
    "written",
    [
        KEY.encode(),
        b"x\0" + KEY.encode("utf-16-le"),
        base64.b64encode(b"user:" + KEY.encode()),
        base64.b64encode(b"ab:" + KEY.encode()),
        base64.b64encode(b"Bearer " + KEY.encode()),
        KEY.encode().hex().encode(),
    ],
)
def test_the_key_is_found_in_any_file(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"before " + written + b" behind")
    with pytest.raises(AssertionError, match="deep/file"):
        assert_nowhere(KEY, tmp_path)


def test_the_key_is_found_in_a_name_and_in_messages(tmp_path: Path) -> None:
    for text in (f"say {KEY}!", KEY.encode(), {"params": [{"message": KEY}]}):
        with pytest.raises(AssertionError, match="text 1"):
            assert_nowhere(KEY, tmp_path, "nothing", text)
    (tmp_path / f"{KEY}.txt").touch()
    with pytest.raises(AssertionError, match="the name of"):
        assert_nowhere(KEY, tmp_path)


def test_the_key_is_found_in_a_cache_and_in_rows_that_are_long(tmp_path: Path) -> None:
    caches = Caches(DiskShelf(tmp_path / "cache", 4_000_000))
    caches.keep_reply("a", f"said {KEY}")
    with pytest.raises(AssertionError, match=r"cache\.db"):
        assert_nowhere(KEY, tmp_path)
    caches.clear()
    caches.close()
    assert_nowhere(KEY, tmp_path)
    with closing(sqlite3.connect(tmp_path / "j.sqlite3")) as database, database:
        database.execute("CREATE TABLE runs (text)")
        rows = ((" " * size + KEY,) for size in range(4_000, 4_100))
        database.executemany("INSERT INTO runs VALUES (?)", rows)
    with pytest.raises(AssertionError, match=r"a row of `j\.sqlite3`"):
        assert_nowhere(KEY, tmp_path)
