"""What a scripted model does when it is asked: it speaks, or it fails in one of many ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from understudy.wire import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Finish = Literal["stop", "length", "window", "content_filter", "refusal"]
"""Why an answer ends; `window` is the end of the model's context in the middle of the answer."""

USAGE = Usage(input=900, cached=512, cache_written=0, output=100, reasoning=0)

ODD_TEXT = "a\u2028b\u2029c\u0085d\x0b\x0ce\x1c\x1d\x1ef π 😀 \u0301 \r\n\ttail"
"""What cuts a line for some readers and for no API: it is sent as it stands, never escaped."""

PROSE = "I looked at the code, and the name is probably misspelt. You could rename it."
"""An answer with no code in it."""


@dataclass(frozen=True, slots=True)
class Says:
    """A whole answer, in whichever family was asked.

    Attributes:
        usage: as `understudy.wire.Usage` counts; each family spells it in its own way.
        chunks: into how many pieces text and thinking are cut, each.
        first_delay_s: between the headers and the first piece; `delay_s` before each other piece.
        end: how the family's events end their lines: `\\n`, `\\r\\n` or `\\r`.
        load_s: how long a local server says that it took to load the model.
        held_until: all but the first piece is held back until this file is there.
    """

    text: str = ""
    thinking: str = ""
    usage: Usage | None = USAGE
    chunks: int = 3
    first_delay_s: float = 0.0
    delay_s: float = 0.0
    finish: Finish = "stop"
    end: str = "\n"
    load_s: float = 0.001
    held_until: Path | None = None

    @property
    def text_pieces(self) -> list[str]:
        """The text, cut; no piece for no text."""
        return _cut(self.text, self.chunks)

    @property
    def thinking_pieces(self) -> list[str]:
        """The thinking, cut."""
        return _cut(self.thinking, self.chunks)


def _cut(text: str, pieces: int) -> list[str]:
    size = max(1, -(-len(text) // pieces))
    return [text[start : start + size] for start in range(0, len(text), size)]


@dataclass(frozen=True, slots=True)
class Status:
    """A plain reply with a status; `body` is sent as it stands, a dict or list as JSON."""

    code: int
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is reset after some events of an answer; 0: right after the headers."""

    after_events: int = 2
    says: Says = Says("half an answer that never ends", chunks=6)


@dataclass(frozen=True, slots=True)
class Dropped:
    """The connection ends before any byte of a reply; `reset` or closed in good order."""

    reset: bool = True


@dataclass(frozen=True, slots=True)
class Truncated:
    """A stream that ends without its last event.

    Attributes:
        clean: the HTTP reply is complete and only the family's end is missing; otherwise the
            connection closes in the middle of the body.
        at: after how many bytes of the body it ends; None is before the last event.
    """

    says: Says = Says("half an answer that is cut", chunks=6)
    clean: bool = True
    at: int | None = None


@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """An error inside a stream that began with 200, after some events of an answer.

    Attributes:
        body: what the event carries; None for the family's own "overloaded".
    """

    body: Any = None
    after_events: int = 2
    says: Says = Says("half an answer before trouble", chunks=6)


@dataclass(frozen=True, slots=True)
class BadUtf8:
    """An answer with bytes in it that are no UTF-8."""

    says: Says = Says("x = 'caf?'")


@dataclass(frozen=True, slots=True)
class BadJson:
    """An answer with an event in it that is no JSON."""

    says: Says = Says("half an answer", chunks=4)


@dataclass(frozen=True, slots=True)
class SplitEveryByte:
    """An answer whose every byte is an HTTP chunk of its own."""

    says: Says


@dataclass(frozen=True, slots=True)
class OneWrite:
    """An answer whose whole body is one HTTP chunk."""

    says: Says


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer in one JSON value, though a stream was asked for."""

    says: Says


@dataclass(frozen=True, slots=True)
class Endless:
    """An answer that goes on until the client hangs up, or to its bound."""

    text: str = "and on " * 100
    most_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SlowDrip:
    """One word after the other, each in time for any limit but the deadline."""

    every_s: float = 0.02
    most: int = 2000


@dataclass(frozen=True, slots=True)
class KeepAlives:
    """Signs of life, one after the other, and never a token."""

    every_s: float = 0.02
    most: int = 2000


@dataclass(frozen=True, slots=True)
class Hangs:
    """Silence until the client hangs up: before the headers, the first token, or in the middle."""

    before: Literal["headers", "first token", "middle", "end"] = "headers"


@dataclass(frozen=True, slots=True)
class Refuses:
    """The model declines, as its family says it; Gemini and Ollama have only words for it."""

    text: str = "I'm sorry, but I can't help with that request."


@dataclass(frozen=True, slots=True)
class Filtered:
    """The provider's filter stopped the prompt, or the answer half way. Ollama has no filter."""

    what: Literal["prompt", "answer"] = "answer"


@dataclass(frozen=True, slots=True)
class WrongKey:
    """The key is refused, with the family's own words."""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page of something that stands between, such as a proxy or a login."""

    code: int = 502


@dataclass(frozen=True, slots=True)
class Redirect:
    """The reply points elsewhere."""

    to: str
    code: int = 307


@dataclass(frozen=True, slots=True)
class GzipBomb:
    """A small body that becomes a large one once it is decompressed."""

    megabytes: int = 32


@dataclass(frozen=True, slots=True)
class NotHttp:
    """Bytes that are no HTTP."""

    sent: bytes = b"\x16\x03\x01 this is not the protocol you are looking for\r\n\r\n"


EMPTY = Says("", usage=Usage(input=900, cached=0, cache_written=0, output=0, reasoning=0))
"""A well-formed answer with nothing in it."""

LENGTH = Says("def half(", finish="length")
"""An answer that was cut by the limit of its output, and says so."""

Answer = (
    Says
    | Status
    | Reset
    | Dropped
    | Truncated
    | ErrorEvent
    | BadUtf8
    | BadJson
    | SplitEveryByte
    | OneWrite
    | Whole
    | Endless
    | SlowDrip
    | KeepAlives
    | Hangs
    | Refuses
    | Filtered
    | WrongKey
    | HtmlPage
    | Redirect
    | GzipBomb
    | NotHttp
)
