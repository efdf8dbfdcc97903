"""What models made of edit formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.caches.store import open_caches
from understudy.config.settings import CacheSettings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_old_replies_fade_and_models_and_formats_are_counted_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    caches = open_caches(CacheSettings())
    for _ in range(100):
        caches.count_reply("a/b:7b", "json", readable=False)
    assert caches.read_so_far("a/b:7b", "json") == (0, 100)
    caches.count_reply("a/b:7b", "json", readable=True)
    assert caches.read_so_far("a/b:7b", "json") == (1, 51)
    assert caches.read_so_far("a/b", "json") == (0, 0)
    assert caches.read_so_far("a/b:7b", "region") == (0, 0)
    caches.close()
    assert open_caches(CacheSettings()).read_so_far("a/b:7b", "json") == (1, 51)
