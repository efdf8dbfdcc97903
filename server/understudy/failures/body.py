"""Read the body of a reply that is an error, whatever its form.

Known forms: an object with `error` as an object, a list or a string; an error without a cover;
a list of them (Gemini); server-sent events and lines of JSON; a page of HTML; plain text; nothing.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BODY = 1_000_000
_MAX_MESSAGE = 4000
_MAX_DEPTH = 8
_MAX_VALUES = 400

_INSIDE = (
    *("error", "errors", "response", "message", "detail", "details", "violations", "innererror"),
    *("inner_error", "metadata", "incomplete_details", "promptFeedback"),
)
"""The keys that lead to more of the error. Others may hold what the user wrote."""
_WORDS = (
    *("code", "type", "reason", "error_code", "error_type", "status", "__type", "quotaId"),
    *("limit_source", "limitSource", "StatusCode"),
)
_TEXTS = ("message", "msg", "error", "detail", "error_message", "error_description", "title")
_COVERS = frozenset({"error", "response.failed", "response.incomplete", "failed", "object", "none"})
_MARKS_OF_ERRORS = ('"error', '"promptFeedback"', '"detail"', '"message"')
_MARKS = {
    "blockReason": "block_reason",
    "reasons": "moderation_reasons",
    "signin_url": "signin_url",
}
"""Keys whose presence says what kind of error it is, and the word that stands for it."""
_LIMITS = ("n_ctx", "max_model_len", "context_length")

_TITLE = re.compile(r"(?is)<(?:title|h1)[^>]{0,200}>([^<]{1,300})<")
_NAMED = re.compile(r"(?:(?:[A-Za-z_.]{0,60}(?:Error|Exception)|Error code: [0-9]{3})\s?[:-]\s?)+")
_STATUS_WORD = re.compile(r"[1-5][0-9]{2}")


@dataclass(slots=True)
class Said:
    """What a body says.

    Attributes:
        message: in words; of the innermost error.
        words: machine words in lower case, codes and types alike.
        status: an HTTP status that stands in the place of one; None when there is none.
        parameter: the part of the request that it is about.
        delays: values of `retryDelay`.
        limit: a limit in tokens that has a field of its own.
        is_page: whether the body is a web page.
        is_bare: whether it says nothing in the way of an API, be it a page, plain words or nothing.
    """

    message: str = ""
    words: list[str] = field(default_factory=list)
    status: int | None = None
    parameter: str = ""
    delays: list[str] = field(default_factory=list)
    limit: int | None = None
    is_page: bool = False
    is_bare: bool = False
    values: int = 0
    """How much was looked at so far."""


def read_body(body: str) -> Said:
    """What a body says. It never fails, whatever the text."""
    text = body[:_MAX_BODY].strip().removeprefix("\ufeff")
    said = Said()
    for value in _values(text):
        _read(value, said, 0)
        if said.message or said.words:
            break
    if not said.message and not said.words:
        said.is_bare = True
        said.is_page = _is_page(text)
        said.message = _plain(text)
    said.message = _unwrapped(said)[:_MAX_MESSAGE]
    return said


def _values(text: str) -> Iterator[Any]:
    """The JSON values of a body, in order; those of a stream that carry no error give nothing."""
    if text[:1] in ("{", "["):
        whole = _json(text)
        if whole is not None:
            yield whole
            return
        pieces = text.split("\n")
    else:
        pieces = _events(text)
    for piece in pieces:
        # What carries no error is most of a stream, and not worth reading.
        value = _json(piece) if any(mark in piece for mark in _MARKS_OF_ERRORS) else None
        if isinstance(value, dict) and _tells_failure(value):
            yield value


def _events(text: str) -> list[str]:
    """The data of server-sent events, the lines of one event joined."""
    events: list[list[str]] = [[]]
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        # Older servers of llama.cpp report with a field of their own.
        if line.startswith(("data:", "error:")):
            events[-1].append(line.partition(":")[2].removeprefix(" "))
        elif not line:
            events.append([])
    return ["\n".join(lines) for lines in events if lines]


def _tells_failure(value: dict[str, Any]) -> bool:
    if any(value.get(key) for key in ("error", "errors", "promptFeedback", "detail")):
        return True
    if value.get("type") in ("error", "response.failed"):
        return True
    return "message" in value and "code" in value


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _read(value: Any, said: Said, depth: int) -> None:
    """Take in a value and what lies inside it. What lies deeper tells more, so it comes first."""
    said.values += 1
    if depth > _MAX_DEPTH or said.values > _MAX_VALUES:
        return
    if isinstance(value, list):
        for each in value:
            _read(each, said, depth + 1)
    elif isinstance(value, dict):
        _read_raw(value, said, depth)
        for key in _INSIDE:
            if isinstance(value.get(key), dict | list):
                _read(value[key], said, depth + 1)
        _read_fields(value, said)


def _read_raw(value: dict[str, Any], said: Said, depth: int) -> None:
    """OpenRouter passes on what the upstream said, as text, in `metadata.raw`."""
    metadata = value.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, dict) else None
    if not isinstance(raw, str):
        return
    inner = _json(raw)
    if isinstance(inner, dict | list):
        _read(inner, said, depth + 1)
    elif raw.strip():
        said.message = said.message or raw.strip()


def _read_fields(value: dict[str, Any], said: Said) -> None:
    for key in _WORDS:
        _read_word(value.get(key), said)
    said.words += [word for key, word in _MARKS.items() if value.get(key)]
    _read_place(value, said)
    if not said.message:
        texts = (value.get(key) for key in _TEXTS)
        said.message = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    if isinstance(value.get("retryDelay"), str):
        said.delays.append(value["retryDelay"])
    for key in _LIMITS:
        if said.limit is None and type(value.get(key)) is int and value[key] > 0:
            said.limit = value[key]


def _read_word(word: Any, said: Said) -> None:
    if type(word) is int:
        word = str(word)
    if not isinstance(word, str) or len(word) > 200:
        return
    lower = word.strip().casefold()
    if _STATUS_WORD.fullmatch(lower):
        said.status = said.status or int(lower)
    elif lower and lower not in _COVERS and lower not in said.words:
        said.words.append(lower)


def _read_place(value: dict[str, Any], said: Said) -> None:
    """The refused parameter: `param`, or the last name of FastAPI's `loc`."""
    place = value.get("loc")
    if isinstance(place, list):
        place = next((each for each in reversed(place) if isinstance(each, str)), None)
    named = value.get("param") or place
    if isinstance(named, str) and not said.parameter:
        said.parameter = named[:200]


def _plain(text: str) -> str:
    if _is_page(text):
        found = _TITLE.search(text[:20_000])
        return html.unescape(found[1]).strip() if found else ""
    return text


def _is_page(text: str) -> bool:
    return "<html" in text[:2000].casefold() or "<!doctype" in text[:200].casefold()


def _unwrapped(said: Said) -> str:
    """The message without the names of exceptions in front of it, and out of JSON inside it."""
    message = said.message.strip()
    bare = message[named.end() :].strip() if (named := _NAMED.match(message[:400])) else message
    if bare.startswith("{"):
        inner = _json(bare)
        if isinstance(inner, dict):
            nested = Said()
            _read(inner, nested, 0)
            said.words = nested.words + said.words
            said.parameter = said.parameter or nested.parameter
            return nested.message.strip() or message
    return bare or message
