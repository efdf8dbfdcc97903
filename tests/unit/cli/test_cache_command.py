from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.caches.store import open_caches
from understudy.cli import FAILED, main
from understudy.config.paths import cache_folder
from understudy.config.settings import CacheSettings

if TYPE_CHECKING:
    from pathlib import Path

    Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("UNDERSTUDY_HOME", str(folder))
    return folder


def keep(*replies: str) -> None:
    caches = open_caches(CacheSettings())
    for reply in replies:
        caches.keep_reply(reply, reply)
    caches.close()


@pytest.mark.parametrize("words", [[], ["info"], ["clear"]])
def test_where_nothing_is_kept_nothing_is_made(
    words: list[str], home: Path, capsys: Output
) -> None:
    assert main(["cache", *words]) == 0
    assert capsys.readouterr().out == f"Nothing is kept in `{cache_folder()}`.\n"
    assert not home.exists()


def test_the_cache_is_shown_with_its_place_and_its_limit(home: Path, capsys: Output) -> None:
    keep("a", "b")
    (home / "config.toml").write_text("[cache]\nmax_mb = 12\n")
    assert main(["cache"]) == 0
    place, size = capsys.readouterr().out.splitlines()
    assert place == str(cache_folder())
    assert size.startswith("2 entries, 0.")
    assert size.endswith(" of 12 MB.")


def test_clearing_throws_everything_away(capsys: Output) -> None:
    keep("a", "b", "c")
    assert main(["cache", "clear"]) == 0
    assert capsys.readouterr().out == "3 entries thrown away.\n"
    main(["cache", "clear"])
    assert capsys.readouterr().out == "0 entries thrown away.\n"


def test_a_broken_cache_can_be_cleared(capsys: Output) -> None:
    cache_folder().mkdir(parents=True)
    (cache_folder() / "cache.db").write_bytes(b"this is no database" * 100)
    assert main(["cache"]) == FAILED
    assert f"`{cache_folder()}` can't be used" in capsys.readouterr().err
    assert main(["cache", "clear"]) == 0
    assert main(["cache"]) == 0


def test_a_cache_that_can_not_be_deleted_is_named(capsys: Output) -> None:
    (cache_folder() / "cache.db").mkdir(parents=True)
    assert main(["cache", "clear"]) == FAILED
    assert f"`{cache_folder()}` can't be used" in capsys.readouterr().err
