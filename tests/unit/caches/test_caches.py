from __future__ import annotations

import os
import pickle
import sqlite3
import stat
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.unit.workspace.planted_secrets import TOKENS
from understudy.caches.disk import TaintedError, open_cache
from understudy.caches.shelf import DiskShelf
from understudy.caches.store import Caches, open_caches
from understudy.config.settings import CacheSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SIZE = 4_000_000


@pytest.fixture
def caches(tmp_path: Path) -> Iterator[Caches]:
    kept = Caches(DiskShelf(tmp_path / "cache", SIZE))
    yield kept
    kept.close()


def test_what_was_kept_is_found_and_what_was_not_is_nothing(caches: Caches) -> None:
    assert caches.reply("a") is None
    caches.keep_reply("a", "one \u2028 two")
    assert caches.reply("a") == "one \u2028 two"


def test_two_servers_that_learn_at_once_lose_nothing(tmp_path: Path) -> None:
    servers = [Caches(DiskShelf(tmp_path / "cache", SIZE)) for _ in range(2)]
    start = threading.Barrier(2)

    def learn(server: int) -> None:
        start.wait()
        for number in range(40):
            servers[server].refuse("acme", "small", f"part-{server}-{number}")
            servers[server].count_reply("acme/small", "region", readable=True)
            servers[server].calibrate("acme", "small", "", (100, 120))

    threads = [threading.Thread(target=learn, args=(server,)) for server in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(servers[0].refused("acme", "small")) == 80
    assert servers[1].read_so_far("acme/small", "region") == (80, 80)
    ratio = servers[0].ratio("acme", "small")
    assert ratio is not None
    assert ratio.calls == 80
    for server in servers:
        server.close()


def test_a_reply_that_holds_a_secret_is_not_kept(caches: Caches) -> None:
    caches.keep_reply("a", f"token = '{TOKENS[2][1]}'")
    assert caches.reply("a") is None
    caches.keep_reply("a", "token = '<secret:github:ab12>'")
    assert caches.reply("a") == "token = '<secret:github:ab12>'"


def test_names_of_models_never_collide(caches: Caches) -> None:
    caches.refuse("a", "b:c", "temperature")
    caches.refuse("a", "b:c", "schema")
    assert caches.refused("a", "b:c") == {"temperature", "schema"}
    assert caches.refused("a:b", "c") == frozenset()
    assert caches.refused('a", "b:c', "") == frozenset()


def test_a_limit_is_the_last_one_told(caches: Caches) -> None:
    assert caches.limit("ollama", "qwen2.5-coder:7b") is None
    caches.learn_limit("ollama", "qwen2.5-coder:7b", 4096)
    caches.learn_limit("ollama", "qwen2.5-coder:7b", 8192)
    assert caches.limit("ollama", "qwen2.5-coder:7b") == 8192


def test_a_limit_is_overtaken_by_what_was_told_after_it(caches: Caches) -> None:
    before = time.time()
    caches.learn_limit("llamacpp", "m", 4096)
    assert caches.limit("llamacpp", "m", since=before - 1.0) == 4096
    assert caches.limit("llamacpp", "m", since=before + 3_600.0) is None


def test_clearing_forgets_everything(caches: Caches) -> None:
    caches.keep_reply("a", "x")
    caches.learn_limit("p", "m", 1)
    assert caches.size()[0] == 2
    assert caches.clear() == 2
    assert caches.reply("a") is None
    assert caches.size()[0] == 0


def test_what_is_on_the_disk_outlives_the_process_and_is_shared(tmp_path: Path) -> None:
    first, second = (Caches(DiskShelf(tmp_path, SIZE)) for _ in range(2))
    first.keep_reply("a", "x")
    assert second.reply("a") == "x"
    first.close()
    second.close()


def test_the_cache_stays_small(tmp_path: Path) -> None:
    caches = Caches(DiskShelf(tmp_path, 1_000_000))
    for number in range(200):
        caches.keep_reply(str(number), "x" * 50_000)
    caches.close()
    assert sum(file.stat().st_size for file in tmp_path.rglob("*")) < 4_000_000


def test_many_threads_may_use_it(tmp_path: Path) -> None:
    caches = Caches(DiskShelf(tmp_path, SIZE))

    def work(number: int) -> None:
        for step in range(20):
            caches.keep_reply(f"{number}:{step}", "x")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert caches.size()[0] == 80
    caches.close()


class _Runs:
    """Sets a flag when it is unpickled."""

    ran = False

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return (_run, ())


def _run() -> None:
    _Runs.ran = True


@pytest.mark.parametrize("column", ["value", "key"])
def test_a_planted_pickle_is_refused_and_not_run(tmp_path: Path, column: str) -> None:
    with open_cache(tmp_path, SIZE) as cache:
        cache.set("reply:a", "text")
    planted = pickle.dumps(_Runs())
    with sqlite3.connect(tmp_path / "cache.db") as database:
        if column == "value":
            database.execute("UPDATE Cache SET value = ?, mode = 4", (planted,))
        else:
            database.execute("UPDATE Cache SET key = ?, raw = 0", (planted,))
    database.close()
    with open_cache(tmp_path, SIZE) as cache, pytest.raises(TaintedError):
        list(cache) if column == "key" else cache.get("reply:a")
    caches = Caches(DiskShelf(tmp_path, SIZE))
    assert caches.reply("a") is None
    caches.close()
    assert not _Runs.ran


def test_a_planted_row_can_have_no_other_file_read_or_deleted(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    folder = tmp_path / "cache"
    with open_cache(folder, SIZE) as cache:
        cache.set("reply:a", "text")
    with sqlite3.connect(folder / "cache.db") as database:
        database.execute("UPDATE Cache SET value = NULL, mode = 3, filename = ?", (str(secret),))
    database.close()
    caches = Caches(DiskShelf(folder, SIZE))
    assert caches.reply("a") is None
    caches.close()
    with open_cache(folder, SIZE) as cache:
        cache.clear()
    assert secret.read_text() == "s3cret"


def test_objects_are_never_written(tmp_path: Path) -> None:
    with open_cache(tmp_path, SIZE) as cache:
        for value in (b"x", ("x",), None):
            with pytest.raises(TaintedError):
                cache.set("a", value)
        with pytest.raises(TaintedError):
            cache.set(("a",), "x")


@pytest.mark.skipif(os.name == "nt", reason="Only on systems with POSIX permissions")
def test_the_folder_is_the_users_own(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "cache"
    open_cache(folder, SIZE).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    open_cache(folder, SIZE).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    link = tmp_path / "link"
    link.symlink_to(folder)
    with pytest.raises(TaintedError):
        open_cache(link, SIZE)


def test_a_cache_that_somebody_else_holds_is_used_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("understudy.caches.disk._TIMEOUT_S", 0.05)
    caches = Caches(DiskShelf(tmp_path, SIZE))
    caches.keep_reply("a", "x")
    with closing(sqlite3.connect(tmp_path / "cache.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        caches.keep_reply("b", "y")
        other.execute("ROLLBACK")
    assert caches.reply("b") is None
    caches.keep_reply("b", "y")
    assert caches.reply("b") == "y"
    caches.close()
    assert not caplog.records


@pytest.mark.parametrize(
    ("key", "value"), [("get", 5), ("disk_fetch", 5), ("sqlite_nonsense", "x; y"), ("set", None)]
)
def test_settings_that_somebody_put_into_the_database_are_no_failure(
    tmp_path: Path, key: str, value: object
) -> None:
    open_cache(tmp_path, SIZE).close()
    with closing(sqlite3.connect(tmp_path / "cache.db")) as database, database:
        database.execute("INSERT INTO Settings VALUES (?, ?)", (key, value))
    caches = Caches(DiskShelf(tmp_path, SIZE))
    caches.keep_reply("a", "x")
    assert caches.reply("a") in (None, "x")
    caches.close()


def test_nothing_of_what_was_cleared_is_left_in_the_files(tmp_path: Path) -> None:
    server, command = (Caches(DiskShelf(tmp_path, SIZE)) for _ in range(2))
    for number in range(300):
        server.keep_reply(str(number), f"the text {number} " * 50)
    assert b"the text 7 " in _bytes(tmp_path)
    assert command.clear() == 300
    assert b"the text" not in _bytes(tmp_path)
    assert server.reply("7") is None
    server.close()
    command.close()


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_a_folder_that_the_library_would_read_as_another_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOMEWHERE", "else")
    with pytest.raises(TaintedError):
        open_cache(tmp_path / "$SOMEWHERE", SIZE)
    assert not (tmp_path / "else").exists()


def test_the_users_caches_lie_in_the_users_folder_and_not_before_they_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    caches = open_caches(CacheSettings())
    assert not list(tmp_path.iterdir())
    caches.keep_reply("a", "x")
    assert caches.reply("a") == "x"
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    caches.close()


def test_a_new_size_counts_without_a_restart(tmp_path: Path) -> None:
    shelf = DiskShelf(tmp_path / "cache", SIZE)
    caches = Caches(shelf)
    caches.keep_reply("a", "x")
    caches.resize(CacheSettings(max_mb=1))
    assert shelf._cache.size_limit == 1_000_000
    assert caches.reply("a") == "x"
    caches.close()
