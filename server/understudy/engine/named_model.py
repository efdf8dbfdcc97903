"""A model that a request names in its first word: `@acme/large make this shorter`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.models.registry import find_model, known_models

if TYPE_CHECKING:
    from understudy.config.settings import Settings

_NAMED = re.compile(r"\s*@(?P<name>[^\s,;]{1,200})[,;:]?(?:\s+|$)")


def named_model(words: str, settings: Settings) -> tuple[str | None, str]:
    """`(the model, the words behind it)`; `(None, words)` where they name none that can be asked.

    A word such as `@property` is a word of the request as long as no model is called so. May read
    files.
    """
    found = _NAMED.match(words)
    if found is None:
        return None, words
    model = find_model(settings, found["name"].rstrip(":"))
    if model is None or model.id not in known_models(settings):
        return None, words
    return model.id, words[found.end() :]
