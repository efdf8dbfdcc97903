"""The caches by what they hold: replies, refused parameters, limits, the size of tokens.

Every method may block and may be called from any thread. None of them fails: a cache that can't be
read knows nothing.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from understudy.caches.ratios import MOST, Ratio, read_ratio, with_call
from understudy.caches.shelf import DiskShelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.config.settings import CacheSettings

_MB = 1_000_000
_DAY_S = 86_400.0
_REPLY_S = 7 * _DAY_S
_LEARNED_S = 90 * _DAY_S

_ENOUGH_OF_ONE = 5
"""Calls about one language after which it has a ratio of its own."""
_SAMPLES = 3
"""So many failed edits are kept for each lesson."""
_REPLIES = 100
"""So many replies in one edit format are remembered as they are."""


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
        return _parts(self._shelf.get(_key("refused", provider, model)))

    def refuse(self, provider: str, model: str, part: str) -> None:
        """Remember that a model refuses a part of requests."""
        key = _key("refused", provider, model)
        self._shelf.change(key, lambda old: json.dumps(sorted(_parts(old) | {part})), _LEARNED_S)

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

    def ratio(self, provider: str, model: str, language: str = "") -> Ratio | None:
        """What a model's own counts of tokens are, for one that we count.

        Args:
            provider: its id.
            model: its name there.
            language: of the documents that are spoken about; what is known of all counts as long as
                too little is known of it.
        """
        own = self._ratio(provider, model, language) if language else None
        if own is not None and own.calls >= _ENOUGH_OF_ONE:
            return own
        return self._ratio(provider, model, "")

    def calibrate(self, provider: str, model: str, language: str, counts: tuple[int, int]) -> None:
        """Learn from a call: `(what we counted, what the provider told)` for the same."""
        for name in dict.fromkeys(("", language)):
            self._change_ratio((provider, model, name), lambda old: with_call(old, *counts))

    def raise_ratio(self, provider: str, model: str, language: str, mean: float) -> None:
        """Take a model's tokens to be more from now on: a prompt that had room had none."""

        def raised(old: Ratio) -> Ratio:
            return replace(old, mean=min(max(mean, old.mean), MOST))

        whole, own = (provider, model, ""), (provider, model, language)
        self._change_ratio(whole, lambda old: raised(old or Ratio(mean, 0.0, 0)))
        if language:
            self._change_ratio(own, lambda old: raised(old) if old else None)

    def read_so_far(self, model: str, edit_format: str) -> tuple[int, int]:
        """`(readable, all)` of a model's last replies in one edit format."""
        return _counts(self._shelf.get(_key("format", model, edit_format)))

    def count_reply(self, model: str, edit_format: str, *, readable: bool) -> None:
        """Count a finished reply. Of more than `_REPLIES`, older ones fade."""

        def counted(old: str | None) -> str:
            good, total = _counts(old)
            if total >= _REPLIES:
                good, total = good // 2, total // 2
            return json.dumps([good + readable, total + 1])

        self._shelf.change(_key("format", model, edit_format), counted, _LEARNED_S)

    def keep_sample(self, lesson: str, text: str) -> None:
        """Keep what a failed edit looked like, for whoever reviews a lesson; the last few alone."""
        from understudy.workspace.secrets import find_secrets

        def added(old: str | None) -> str:
            known = [one for one in _texts(old) if one != text]
            return json.dumps([*known, text][-_SAMPLES:])

        if not find_secrets(text):
            self._shelf.change(_key("lesson", lesson), added, _LEARNED_S)

    def samples(self, lesson: str) -> tuple[str, ...]:
        """What failed edits looked like that a lesson was learned from, oldest first."""
        return _texts(self._shelf.get(_key("lesson", lesson)))

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

    def _ratio(self, *names: str) -> Ratio | None:
        return read_ratio(_read(self._shelf.get(_key("ratio", *names))))

    def _change_ratio(
        self, names: tuple[str, ...], how: Callable[[Ratio | None], Ratio | None]
    ) -> None:
        def changed(old: str | None) -> str | None:
            new = how(read_ratio(_read(old)))
            return None if new is None else json.dumps([new.mean, new.deviation, new.calls])

        self._shelf.change(_key("ratio", *names), changed, _LEARNED_S)


def open_caches(settings: CacheSettings) -> Caches:
    """The user's caches. Nothing is touched on the disk before something is asked or kept."""
    from understudy.config.paths import cache_folder

    return Caches(DiskShelf(cache_folder(), settings.max_mb * _MB))


def _key(kind: str, *names: str) -> str:
    """A key in which no two lists of names look alike."""
    return f"{kind}:{json.dumps(names)}"


def _parts(text: str | None) -> frozenset[str]:
    found = _read(text)
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()


def _texts(text: str | None) -> tuple[str, ...]:
    found = _read(text)
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _counts(text: str | None) -> tuple[int, int]:
    match _read(text):
        case [int() as readable, int() as total] if 0 <= readable <= total:
            return readable, total
        case _:
            return 0, 0


def _read(text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return None
