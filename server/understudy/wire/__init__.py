"""What is asked of a model over HTTP and what comes back, the same for every API family."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol

from understudy.core.usage import Usage as Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the conversation.

    Attributes:
        stable: whether everything up to here is likely to be the same in the next request, so that
            a provider which charges less for what it knows already should keep it.
    """

    role: Role
    text: str
    stable: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a model, in no provider's spelling.

    Attributes:
        model: the model's name as its provider spells it, without the provider's id.
        max_output: tokens of the answer, thinking included.
        temperature: None leaves it to the provider.
        effort: how much a reasoning model should think: `none`, `minimal`, `low`, `medium`, `high`;
            empty leaves it to the provider.
        schema: a JSON Schema for the answer; None for text.
        window: tokens of context that a local server is to make room for.
        cache_key: equal for requests that share their beginning.
        without: optional parts of a request that this model is known to refuse, by the names of
            this class's fields and of `understudy.wire.negotiate`.
    """

    model: str
    messages: tuple[Message, ...]
    max_output: int
    temperature: float | None = None
    effort: str = ""
    schema: Mapping[str, Any] | None = None
    window: int | None = None
    cache_key: str = ""
    without: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a request goes.

    Attributes:
        provider: the provider's id, for messages and the journal.
        family: the id of the API family, a file of `understudy.wire.families`.
        base_url: without a slash at its end.
        key: the secret itself, resolved and cleared for exactly this origin; empty for none.
        headers: sent in addition; they may be secret too.
        quirks: words that the families know for what compatible servers do differently.
        proxy: the proxy's URL; empty for what the environment says.
    """

    provider: str
    family: str
    base_url: str
    key: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    quirks: frozenset[str] = field(default=frozenset())
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a call may take, and how much may come back.

    Attributes:
        deadline: `time.monotonic()` at which the call ends, whatever happens.
        connect_s: until the connection stands.
        first_token_s: from sending the request to the first token of answer or thinking.
        idle_s: between two pieces of the stream.
        max_reply_bytes: of the whole body, after decompression.
    """

    deadline: float
    connect_s: float = 5.0
    first_token_s: float = 30.0
    idle_s: float = 20.0
    max_reply_bytes: int = 16 * 1024 * 1024


class Finish(StrEnum):
    """Why a reply ended, where that is no failure."""

    STOP = "stop"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that was read to its end.

    Attributes:
        text: the answer alone.
        thinking: what the provider marked as thinking.
        model: the name of the model that answered, as the provider tells it.
        first_token_s: from sending to the first token; loading a local model is not counted where
            the server tells how long it took.
        chunks_s: from each part of the answer or the thinking to the next that came later.
        seconds: from sending to the end.
        request_id: the provider's own id for the call; empty when it gives none.
        dropped: parts of the request that the model refused and that were left out for it.
        requests: how many were sent for it: 2 or 3 where one or two were refused for such a part.
    """

    text: str
    thinking: str = ""
    finish: Finish = Finish.STOP
    usage: Usage = field(default_factory=Usage)
    model: str = ""
    first_token_s: float = 0.0
    chunks_s: tuple[float, ...] = ()
    seconds: float = 0.0
    request_id: str = ""
    dropped: frozenset[str] = field(default=frozenset())
    requests: int = 1


class Listener(Protocol):
    """Hears a reply while it is on its way. What it hears must never be used as an answer."""

    def __call__(self, kind: Literal["text", "thinking"], piece: str) -> None:
        """Take a piece of the reply."""
