"""Whether what came back is an answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import CallError, FailureCategory
from understudy.failures.finish import finish_failure
from understudy.failures.network import network_failure
from understudy.failures.reply import classify_reply
from understudy.wire import Finish, Reply, Usage, failing
from understudy.wire.reader import MISSHAPEN
from understudy.wire.redacting import without_secrets
from understudy.wire.thinking import never_ends, split_thinking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Failure
    from understudy.wire import Endpoint, Request
    from understudy.wire.reader import Reader

_CHARACTERS_PER_TOKEN = 4
"""More than code has; an estimate by it is too low rather than too high."""

_TOOL_WORDS = frozenset({"tool_calls", "function_call", "tool_use"})

_REQUEST_IDS = ("request-id", "x-request-id", "apim-request-id", "x-goog-request-id")


@dataclass(frozen=True, slots=True)
class Heard:
    """All that came back.

    Attributes:
        window: how many tokens fit into the model, as far as that is known.
        first_token_s: from sending to the first token; `seconds` to the end.
        chunks_s: from each part of the answer to the next.
    """

    endpoint: Endpoint
    request: Request
    headers: Mapping[str, str]
    reader: Reader
    window: int | None
    first_token_s: float
    chunks_s: tuple[float, ...]
    seconds: float


def reply_of(heard: Heard) -> Reply:
    """The reply.

    Raises:
        CallError: it is none: an error, cut off, refused, filtered, empty or not text.
    """
    reader, provider = heard.reader, heard.endpoint.provider
    if reader.error is not None:
        said = without_secrets(json.dumps(reader.error), heard.endpoint)
        raise CallError(classify_reply(provider, 200, heard.headers, said, phase="stream"))
    if not reader.whole:
        raise CallError(failing.cut_off(provider))
    whole = _whole_characters("".join(reader.texts))
    if whole is None:
        raise CallError(network_failure(provider, "malformed", "half a character"))
    text, thinking = split_thinking(whole)
    usage = usage_of(reader)
    failure = _failure(heard, text, usage)
    if never_ends(whole) and (failure is None or failure.category is FailureCategory.EMPTY_OUTPUT):
        failure = finish_failure(provider, "incomplete", text=whole)
    if failure is not None:
        raise CallError(failure)
    return Reply(
        text=text,
        thinking="".join(reader.thoughts) or thinking,
        finish=Finish.TOOL if reader.finish in _TOOL_WORDS else Finish.STOP,
        usage=usage,
        model=reader.model or heard.request.model,
        first_token_s=max(0.0, heard.first_token_s - reader.loading_s),
        chunks_s=heard.chunks_s,
        seconds=heard.seconds,
        request_id=_request_id(heard),
    )


def _failure(heard: Heard, text: str, usage: Usage) -> Failure | None:
    """What the provider's word for the end says, or the lack of an answer."""
    reader, provider = heard.reader, heard.endpoint.provider
    if reader.refusals:
        return finish_failure(provider, "refusal", text="".join(reader.refusals))
    said = without_secrets(reader.finish, heard.endpoint)
    return finish_failure(
        provider,
        "length" if _is_full(heard.request, usage) else said or "stop",
        text=text,
        prompt_tokens=usage.input or _estimate(heard.request),
        window=heard.window,
    )


def _is_full(request: Request, usage: Usage) -> bool:
    """Whether the answer is as long as it may be. Some servers call every answer complete.

    One that is longer than that was not cut there: its server counts thinking apart, or has no
    limit.
    """
    if usage.output is None or request.without >= {"max_tokens", "max_completion_tokens"}:
        return False
    return request.max_output in {usage.output, usage.output - (usage.reasoning or 0)}


def _estimate(request: Request) -> int:
    return sum(len(message.text) for message in request.messages) // _CHARACTERS_PER_TOKEN


def usage_of(reader: Reader) -> Usage:
    """The tokens that were counted, as far as that can be read."""
    try:
        return reader.usage()
    except MISSHAPEN:
        return Usage()


def _request_id(heard: Heard) -> str:
    found = (heard.headers.get(name) for name in _REQUEST_IDS)
    return next((one for one in found if one), heard.reader.reply_id)


def _whole_characters(text: str) -> str | None:
    r"""The text with characters put together that were cut in two; None when a half is missing.

    Servers that count in UTF-16 send `\ud83d` with one piece and `\ude00` with the next.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            return None
    return text
