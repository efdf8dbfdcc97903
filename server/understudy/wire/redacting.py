"""Take out of what a server said the key and the headers that it repeats, however it writes them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.core.failures import Evidence
from understudy.failures.build import with_sentence

if TYPE_CHECKING:
    from understudy.core.failures import Failure
    from understudy.wire import Endpoint

_SHORTEST = 8
"""Shorter values of headers are words and numbers, which may stand in any text."""
_READ = 256
"""A longer one is known by its beginning; what goes on without a blank or a quote goes with it."""
_HIDDEN = "[secret]"
_SLASHES = r"\\{0,8}+"
"""Each time that JSON is put into a string of JSON, escapes get another one; a bound keeps the search
linear."""


def without_secrets(text: str, endpoint: Endpoint) -> str:
    r"""What a server said, without secrets.

    They are found as they are, in other capitals, and as JSON, HTML or a URL may spell each of
    their characters: `\u0070`, `\/`, `&#112;`, `%70`. The text must be all that was said: of a
    secret that is cut in two, nothing is found.
    """
    for secret in (endpoint.key, *endpoint.headers.values()):
        if len(secret) >= _SHORTEST:
            text = _spelled(secret).sub(_HIDDEN, text)
    return text


def redacted(failure: Failure, endpoint: Endpoint) -> Failure:
    """The failure, of which no field repeats a secret: for what was decoded after it was searched."""
    evidence = failure.evidence
    clean = replace(
        failure,
        code=without_secrets(failure.code, endpoint),
        parameter=without_secrets(failure.parameter, endpoint),
        evidence=Evidence(evidence.source, without_secrets(evidence.text, endpoint)),
    )
    if (clean.code, clean.parameter) != (failure.code, failure.parameter):
        # Sentences leave out some characters, so that the secret could not be found in them.
        return with_sentence(clean)
    return replace(clean, message=without_secrets(failure.message, endpoint))


@lru_cache(maxsize=32)
def _spelled(secret: str) -> re.Pattern[str]:
    """Finds a text in its spellings, in linear time."""
    pieces = re.findall(r"\\+|[^\\]", secret[:_READ])
    rest = r"[^\s\"'<>]{0,65536}+" if len(secret) > _READ else ""
    return re.compile("".join(map(_spellings, pieces)) + rest, re.IGNORECASE)


def _spellings(piece: str) -> str:
    code = ord(piece[0])
    coded = rf"u{code:04x}|&#0{{0,8}}{code};?|&#x0{{0,8}}{code:x};?|%{code:02x}"
    if piece[0] == "\\":
        # Nobody can tell how many of them stand for how many.
        return r"(?:\\{1,64}+(?:u005c)?|&#0{0,8}92;?|&#x0{0,8}5c;?|%5c){1,64}+"
    named = _NAMED.get(piece)
    return rf"{_SLASHES}(?:{re.escape(piece)}|{coded}{f'|{named}' if named else ''})"


_NAMED = {
    '"': "&quot;",
    "'": "&apos;",
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "/": "&sol;",
    "+": "&plus;",
    "=": "&equals;",
}
