"""The caches by what they hold: replies, refused parameters, limits, the size of tokens.

Every method may block and may be called from any thread. None of them fails: a cache that can't be
read knows nothing.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from understudy.config.settings import CacheSettings

log = logging.getLogger("understudy.caches")

_MB = 1_000_000
_DAY_S = 86_400.0
_REPLY_S = 7 * _DAY_S
_LEARNED_S = 90 * _DAY_S

_CHARACTERS_PER_TOKEN = 3.3
"""For code, before a model's own counts are known; low, so that prompts rather fit."""
_PRIOR_TOKENS = 20_000
"""How many counted tokens weigh as much as that prior."""
_REPLIES = 100
"""So many replies in one edit format are remembered as they are."""
_FORGET_FROM = 500_000
"""From so many counted tokens on, older counts fade."""


class DiskShelf:
    """Texts in a diskcache, opened when it is first needed.

    A cache that is broken or not ours is left alone, with one line in the log, and the process
    goes on without.
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
        from understudy.caches.disk import BUSY, ERRORS, open_cache

        try:
            with self._lock:
                if self._off:
                    return None
                if self._cache is None:
                    self._cache = open_cache(self._folder, self._max_bytes)
                cache = self._cache
            return what(cache)
        except BUSY:
            return None
        except ERRORS as error:
            log.warning("The cache in %s is not used: %s", self._folder, error)
            self._off = True
            return None


class Caches:
    """What is kept, by what it is about. Implements `understudy.wire.negotiate.Memory`."""

    def __init__(self, shelf: DiskShelf) -> None:
        self._shelf = shelf

    def reply(self, key: str) -> str | None:
        """A reply that was given to the same question before."""
        return self._shelf.get(f"reply:{key}")

    def keep_reply(self, key: str, text: str) -> None:
        """Keep a finished reply; not one that holds a secret, which masks in prompts prevent."""
        from understudy.workspace.secrets import find_secrets

        if not find_secrets(text):
            self._shelf.put(f"reply:{key}", text, _REPLY_S)

    def refused(self, provider: str, model: str) -> frozenset[str]:
        """The parts of a request that a model is known to refuse."""
        found = _read(self._shelf.get(_key("refused", provider, model)))
        return frozenset(map(str, found)) if isinstance(found, list) else frozenset()

    def refuse(self, provider: str, model: str, part: str) -> None:
        """Remember that a model refuses a part of requests."""
        parts = sorted(self.refused(provider, model) | {part})
        self._shelf.put(_key("refused", provider, model), json.dumps(parts), _LEARNED_S)

    def limit(self, provider: str, model: str, since: float = 0.0) -> int | None:
        """The window of a model in tokens, as its provider told it in a refusal.

        Args:
            provider: its id.
            model: its name there.
            since: seconds since 1970; what was told before has been overtaken.
        """
        match _read(self._shelf.get(_key("limit", provider, model))):
            case [int() as tokens, int() | float() as at] if tokens > 0 and at >= since:
                return tokens
            case int() as tokens if tokens > 0 >= since:
                return tokens  # As it was kept before times were.
            case _:
                return None

    def learn_limit(self, provider: str, model: str, tokens: int) -> None:
        """Remember the window of a model."""
        told = json.dumps([tokens, time.time()])
        self._shelf.put(_key("limit", provider, model), told, _LEARNED_S)

    def characters_per_token(self, model: str) -> float:
        """How many characters a token has for a model, from its own counts."""
        characters, tokens = self._counted(model)
        prior = _CHARACTERS_PER_TOKEN * _PRIOR_TOKENS
        return (prior + characters) / (_PRIOR_TOKENS + tokens)

    def calibrate(self, model: str, characters: int, tokens: int) -> None:
        """Count a prompt whose size in tokens the provider told."""
        if tokens <= 0 or not 0.5 <= characters / tokens <= 20:
            return  # Not a count of this prompt: images, a server that always says 1.
        old_characters, old_tokens = self._counted(model)
        if old_tokens > _FORGET_FROM:
            old_characters, old_tokens = old_characters / 2, old_tokens / 2
        counted = [old_characters + characters, old_tokens + tokens]
        self._shelf.put(_key("tokens", model), json.dumps(counted), _LEARNED_S)

    def read_so_far(self, model: str, edit_format: str) -> tuple[int, int]:
        """`(readable, all)` of a model's last replies in one edit format."""
        match _read(self._shelf.get(_key("format", model, edit_format))):
            case [int() as readable, int() as total] if 0 <= readable <= total:
                return readable, total
            case _:
                return 0, 0

    def count_reply(self, model: str, edit_format: str, *, readable: bool) -> None:
        """Count a finished reply. Of more than `_REPLIES`, older ones fade."""
        good, total = self.read_so_far(model, edit_format)
        if total >= _REPLIES:
            good, total = good // 2, total // 2
        counted = [good + readable, total + 1]
        self._shelf.put(_key("format", model, edit_format), json.dumps(counted), _LEARNED_S)

    def resize(self, settings: CacheSettings) -> None:
        """Keep as much as settings say from now on."""
        self._shelf.resize(settings.max_mb * _MB)

    def clear(self) -> int:
        """Throw everything away; says how many entries there were."""
        return self._shelf.clear()

    def size(self) -> tuple[int, int]:
        """How many entries there are, and their bytes on the disk."""
        return self._shelf.size()

    def close(self) -> None:
        """Let go of files."""
        self._shelf.close()

    def _counted(self, model: str) -> tuple[float, float]:
        found = _read(self._shelf.get(_key("tokens", model)))
        match found:
            case [int() | float() as characters, int() | float() as tokens] if tokens >= 0:
                return float(characters), float(tokens)
            case _:
                return 0.0, 0.0


def open_caches(settings: CacheSettings) -> Caches:
    """The user's caches. Nothing is touched on the disk before something is asked or kept."""
    from understudy.config.paths import cache_folder

    return Caches(DiskShelf(cache_folder(), settings.max_mb * _MB))


def _key(kind: str, *names: str) -> str:
    """A key in which no two lists of names look alike."""
    return f"{kind}:{json.dumps(names)}"


def _read(text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return None
