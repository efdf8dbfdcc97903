"""One call of a model as a span, and as values of the metrics."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from understudy.core.addresses import origin_of
from understudy.core.clock import SECOND_US
from understudy.journal.vocabulary import clean
from understudy.telemetry import names
from understudy.telemetry.conventions import USAGE
from understudy.telemetry.span import Span, SpanEvent, Status, span_id
from understudy.workspace.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.journal.records import Call
    from understudy.journal.trace_records import Exchanged
    from understudy.telemetry.histograms import Histograms
    from understudy.telemetry.sharing import Sharing
    from understudy.telemetry.span import Attributes, Value
    from understudy.telemetry.story import Turn

_MOST_CONTENT = 200_000
"""Characters of one attribute. Collectors refuse messages of more than some megabytes."""


def provider_name(provider: str) -> str:
    """A provider by the name that the conventions have for it, else by our id."""
    return names.PROVIDERS.get(provider, clean("provider", provider))


def call_span(turn: Turn, trace: bytes, parent: bytes, sharing: Sharing) -> Span | None:
    """The span of a call; None where nothing was sent."""
    call = turn.call
    if call is None or call.remembered or not call.requests:
        return None
    about = _asked(call, turn.exchanged)
    return Span(
        shape=names.CALL,
        name=f"{about['gen_ai.operation.name']} {about['gen_ai.request.model']}",
        trace=trace,
        id=span_id("call", call.id),
        parent=parent,
        start_us=start_of(call),
        end_us=call.at_us,
        attributes={
            **about,
            **_request(turn.exchanged),
            **_response(call, turn.exchanged),
            **_usage(call),
            **_error(call),
            **sharing.cost(call.cost_usd),
            "understudy.edit_format": clean("word", call.edit_format),
            **_content(turn.exchanged, sharing),
            **sharing.kind("LLM"),
        },
        events=tuple(_events(call)),
        status=Status.UNSET if call.status == "answered" else Status.ERROR,
        said="" if call.status == "answered" else clean("word", call.category),
    )


def measure(turn: Turn, into: Histograms) -> None:
    """Count a call."""
    call = turn.call
    if call is None or call.remembered or not call.requests:
        return
    about = _asked(call, turn.exchanged)
    if turn.exchanged is not None and turn.exchanged.response_model:
        about["gen_ai.response.model"] = clean("model", turn.exchanged.response_model)
    into.add(names.DURATION, call.seconds, about | _error(call))
    if call.first_token_s is not None:
        into.add(names.FIRST_CHUNK, call.first_token_s, about)
    for seconds in turn.exchanged.chunks_s if turn.exchanged is not None else ():
        into.add(names.EACH_CHUNK, seconds, about)
    _measure_tokens(call, about, into)


def _measure_tokens(call: Call, about: Attributes, into: Histograms) -> None:
    """Under the names of both versions of the conventions, as settings may change in between."""
    for kind, count in (("input", call.input_tokens), ("output", call.output_tokens)):
        if count is not None:
            into.add(names.TOKENS, float(count), about | {"gen_ai.token.type": kind})
    prompt = (call.input_tokens, call.output_tokens, call.cached_tokens)
    used = (*prompt, call.cache_written_tokens, call.reasoning_tokens)
    for metric, number in zip(USAGE, used, strict=True):
        if number is not None:
            into.add(metric, float(number), about | {"gen_ai.token.modality": "text"})


def start_of(call: Call) -> int:
    """When a call began."""
    return call.at_us - int(call.seconds * SECOND_US)


def _asked(call: Call, sent: Exchanged | None) -> Attributes:
    generates = sent is not None and sent.family == "gemini"
    found: Attributes = {
        "gen_ai.operation.name": names.GENERATE_CONTENT if generates else names.CHAT,
        "gen_ai.provider.name": provider_name(call.provider),
        "gen_ai.request.model": clean("model", sent.model if sent else _name(call)),
    }
    if sent is not None and urlsplit(sent.url).hostname:
        _, host, port = origin_of(sent.url)
        found |= {"server.address": host, "server.port": port}
    return found


def _name(call: Call) -> str:
    return call.model.removeprefix(f"{call.provider}/")


def _request(sent: Exchanged | None) -> Attributes:
    if sent is None:
        return {}
    found: Attributes = {
        "gen_ai.request.max_tokens": sent.max_tokens,
        "gen_ai.request.stream": True,
        "gen_ai.output.type": "text",
    }
    if sent.temperature is not None:
        found["gen_ai.request.temperature"] = sent.temperature
    return found


def _response(call: Call, sent: Exchanged | None) -> Attributes:
    found: dict[str, Value | None] = {"gen_ai.response.time_to_first_chunk": call.first_token_s}
    if sent is not None:
        found |= {
            "gen_ai.response.id": clean("word", sent.response_id) or None,
            "gen_ai.response.model": clean("model", sent.response_model) or None,
            "gen_ai.response.finish_reasons": (clean("word", sent.finish),)
            if sent.finish
            else None,
        }
    return _there(found)


def _usage(call: Call) -> Attributes:
    return _there(
        {
            "gen_ai.usage.input_tokens": call.input_tokens,
            "gen_ai.usage.output_tokens": call.output_tokens,
            "gen_ai.usage.cache_read.input_tokens": call.cached_tokens,
            "gen_ai.usage.cache_creation.input_tokens": call.cache_written_tokens,
            "gen_ai.usage.reasoning.output_tokens": call.reasoning_tokens,
        }
    )


def _there(found: dict[str, Value | None]) -> Attributes:
    return {name: value for name, value in found.items() if value is not None}


def _error(call: Call) -> Attributes:
    return {} if call.status == "answered" else {"error.type": clean("word", call.category)}


def _events(call: Call) -> Iterable[SpanEvent]:
    if call.requests > 1:
        resent: Attributes = {"http.request.resend_count": call.requests - 1}
        yield SpanEvent(names.RESENT, start_of(call), resent)
    if call.status != "answered":
        said: Attributes = {"exception.type": clean("word", call.category)}
        if call.code:
            said["exception.message"] = clean("word", call.code)
        yield SpanEvent(names.EXCEPTION, call.at_us, said)


def _content(sent: Exchanged | None, sharing: Sharing) -> Attributes:
    """Prompt and answer as the conventions have them: JSON with roles and parts."""
    if sent is None or not sharing.may_show(may_leave=sent.may_leave):
        return {}
    system = [text for role, text in sent.messages if role == "system"]
    asked = [(role, text) for role, text in sent.messages if role != "system"]
    found: Attributes = {}
    if system:
        found["gen_ai.system_instructions"] = _json([_part(text) for text in system])
    if asked:
        turns = [{"role": role, "parts": [_part(text)]} for role, text in asked]
        found["gen_ai.input.messages"] = _json(turns)
    if sent.reply:
        reply = {"role": "assistant", "parts": [_part(sent.reply)], "finish_reason": sent.finish}
        found["gen_ai.output.messages"] = _json([reply])
    return found


def _part(text: str) -> dict[str, str]:
    """A text without secrets. They were masked before it was sent, and are looked for once more."""
    return {"type": "text", "content": mask(text).text[:_MOST_CONTENT]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
