"""How rules about failures are written down, by us and by users."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.failures.kinds import Kind


INSIDE = 200
"""Stands for no status: the error came inside a stream, or in place of an answer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a provider's error says. What is given must all hold; case does not matter.

    Attributes:
        message: a pattern for the beginning of the error's message. Elsewhere in it stands what
            the provider echoes, so a pattern that looks further must begin with `.{0,80}` or so.
            Its group `parameter` names the part of the request that was refused.
        word: a pattern for the whole of one machine word, such as a `code` or a `quotaId`.
        statuses: HTTP statuses with which it may come, `INSIDE` among them. Without them, words about rates and
            quotas count with 402, 403, 408, 429, 5xx and inside a stream only.
    """

    kind: Kind
    message: str = ""
    word: str = ""
    statuses: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Errors:
    """What one provider's errors mean.

    Attributes:
        id: the provider's id.
        words: by machine word in lower case.
        broad: words that say less than the HTTP status; they count where there is none.
        inside: what an error inside a stream is of which nothing else tells anything.
    """

    id: str
    words: Mapping[str, Kind] = field(default_factory=lambda: MappingProxyType({}))
    broad: Mapping[str, Kind] = field(default_factory=lambda: MappingProxyType({}))
    rules: tuple[Rule, ...] = ()
    inside: Kind | None = None


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that ignores case. Looked up by its text, so that tables stay plain data."""
    return re.compile(pattern, re.IGNORECASE)
