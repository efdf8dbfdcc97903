"""The last word of an answer whose body holds no error, in the forms of all families."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BODY = 1_000_000
_MAX_DEPTH = 8
_MAX_VALUES = 20_000

_WORDS = ("finish_reason", "finishReason", "stop_reason", "done_reason")
_TEXTS = frozenset({"content", "text", "response", "output_text"})
_INSIDE = (
    *("choices", "message", "delta", "candidates", "content", "parts", "output", "response"),
    "content_block",
)


@dataclass(slots=True)
class Ending:
    """How an answer ended.

    Attributes:
        word: the finish or stop reason; empty when there is none.
        text: what of the answer is there.
    """

    word: str = ""
    pieces: list[str] = field(default_factory=list)
    values: int = 0

    @property
    def text(self) -> str:
        """All pieces in order."""
        return "".join(self.pieces)


def read_ending(body: str) -> Ending:
    """The last word of an answer; it never fails, whatever the body."""
    ending = Ending()
    for value in _values(body[:_MAX_BODY].strip()):
        _read(value, ending, 0)
    return ending


def _values(text: str) -> Iterator[Any]:
    """The body's JSON, or that of its lines and events."""
    whole = _json(text)
    if whole is not None:
        yield whole
        return
    for line in text.split("\n"):
        value = _json(line.strip().removeprefix("data:").strip())
        if value is not None:
            yield value


def _json(text: str) -> Any:
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _read(value: Any, ending: Ending, depth: int) -> None:
    ending.values += 1
    if depth > _MAX_DEPTH or ending.values > _MAX_VALUES:
        return
    if isinstance(value, list):
        for each in value:
            _read(each, ending, depth + 1)
    elif isinstance(value, dict):
        _read_fields(value, ending)
        for key in _INSIDE:
            if isinstance(value.get(key), dict | list):
                _read(value[key], ending, depth + 1)


def _read_fields(value: dict[str, Any], ending: Ending) -> None:
    ending.pieces += (
        text for key, text in value.items() if key in _TEXTS and isinstance(text, str)
    )
    if isinstance(value.get("refusal"), str) and value["refusal"].strip():
        ending.word = "refusal"
        return
    delta = value.get("delta")
    places = (value, delta) if isinstance(delta, dict) else (value,)
    found = [place.get(key) for place in places for key in _WORDS]
    details = value.get("incomplete_details")
    if isinstance(details, dict):
        found.append(details.get("reason"))
    words = [one for one in found if isinstance(one, str) and one]
    if words and ending.word != "refusal":
        ending.word = words[0][:100]
