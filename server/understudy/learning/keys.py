"""What may stand above the words of a lesson's file."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory
from understudy.learning.lesson import KINDS, REVIEWS, STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "id": "its name; without it, that of the file",
        "state": "`active`, `shadow` (only tried), `paused`, or `retired`",
        "review": "`accepted`, `waiting` or `rejected`: whether you agreed to it",
        "source": "where it comes from: `user`, `measured`, `model`, `file`, or `imported:` and a tag",
        "created": "when it was made",
        "attempts": "ids of the runs that it was learned from",
        "scope": "where it counts; without it, everywhere",
        "trigger": "what went wrong",
        "remedy": "what is done about it",
    }
)
SCOPE: Mapping[str, str] = MappingProxyType(
    {
        "model": "a model's id, with `*` for anything",
        "provider": "who serves the model",
        "language": "the document's language id, such as `python`",
        "task": "the task, such as `fix`",
        "path": "the document's path, as `.gitignore` writes it",
    }
)
TRIGGER: Mapping[str, str] = MappingProxyType(
    {
        "category": "the kind of failure, such as `lint_failure`",
        "code": "a tool's or provider's code for it, such as `F821`",
        "fingerprint": "of its message, as `understudy runs` shows it",
        "symbol": "the module or name that it was about",
    }
)
PARTS: Mapping[str, Mapping[str, str]] = MappingProxyType({"scope": SCOPE, "trigger": TRIGGER})
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "state": STATES,
        "review": REVIEWS,
        "remedy": KINDS,
        "category": tuple(category.value for category in FailureCategory),
    }
)
"""Keys that take one of these words alone."""
