"""Texts in a file on the disk, where a file that can't be used is no failure."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = logging.getLogger("understudy.caches")


class DiskShelf:
    """Texts in a diskcache, opened when it is first needed.

    A database that is damaged makes way for a new one. A cache that can't be used otherwise, or
    is not ours, is left alone. Either has one line in the log, and the process goes on.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._cache: Any = None
        self._off = False

    def get(self, key: str) -> str | None:
        """The text under a key."""
        found = self._do(lambda cache: cache.get(key))
        return found if isinstance(found, str) else None

    def put(self, key: str, text: str, seconds: float) -> None:
        """Keep a text for so long."""
        self._do(lambda cache: cache.set(key, text, expire=seconds))

    def change(self, key: str, how: Callable[[str | None], str | None], seconds: float) -> None:
        """Replace a text by what becomes of it, for so long; nobody else writes meanwhile.

        Args:
            key: its key.
            how: the new text for the old one; None for either stands for no text.
            seconds: how long the new one is kept.
        """

        def change(cache: Any) -> None:
            with cache.transact():
                found = cache.get(key)
                new = how(found if isinstance(found, str) else None)
                if new is not None:
                    cache.set(key, new, expire=seconds)

        self._do(change)

    def clear(self) -> int:
        """Throw everything away, whatever it is."""
        from understudy.caches.disk import wipe

        return int(self._do(wipe) or 0)

    def size(self) -> tuple[int, int]:
        """How many texts there are, and their bytes on the disk."""
        return int(self._do(len) or 0), int(self._do(lambda cache: cache.volume()) or 0)

    def resize(self, max_bytes: int) -> None:
        """Keep so much from now on; what is too much goes with the next texts that come."""
        with self._lock:
            changed, self._max_bytes = max_bytes != self._max_bytes, max_bytes
            is_open = self._cache is not None
        if changed and is_open:
            self._do(lambda cache: cache.reset("size_limit", max_bytes))

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            if self._cache is not None:
                self._cache.close()
            self._cache, self._off = None, True

    def _do(self, what: Callable[[Any], Any]) -> Any:
        from understudy.caches.disk import BUSY, ERRORS

        try:
            return self._tried(what)
        except BUSY:
            return None
        except ERRORS as error:
            log.warning("The cache in %s is not used: %s", self._folder, error)
            self._off = True
            return None

    def _tried(self, what: Callable[[Any], Any]) -> Any:
        from understudy.caches.disk import ERRORS, is_damaged

        cache = None
        try:
            cache = self._opened()
            return None if cache is None else what(cache)
        except ERRORS as error:
            if not is_damaged(error):
                raise
        self._begin_anew(cache)
        cache = self._opened()
        return None if cache is None else what(cache)

    def _opened(self) -> Any:
        from understudy.caches.disk import open_cache

        with self._lock:
            if self._cache is None and not self._off:
                self._cache = open_cache(self._folder, self._max_bytes)
            return self._cache

    def _begin_anew(self, damaged: Any) -> None:
        """Throw a damaged database away, unless another thread did that meanwhile."""
        from understudy.caches.disk import remove_files

        with self._lock:
            if self._cache is not damaged:
                return
            if damaged is not None:
                damaged.close()
            self._cache = None
            remove_files(self._folder)
        log.warning("The cache in %s was damaged and begins anew.", self._folder)
