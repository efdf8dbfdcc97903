"""OpenAI's responses.

Source: https://platform.openai.com/docs/api-reference/responses-streaming.

Quirks:
    no-stream-options: `stream_options` is unknown.
    no-truncation: `truncation` is unknown.
    api-key: the key goes into a header of that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.wire import Usage
from understudy.wire.families import Family
from understudy.wire.reader import Reader, count, inner
from understudy.wire.turns import (
    bearer,
    conversation,
    is_strict,
    join,
    system_apart,
    turns,
    wants,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.wire import Endpoint, Request
    from understudy.wire.turns import Turn


class ResponsesReader(Reader):
    """Reads the events of a response, or a whole response."""

    __slots__ = ()

    def read(self, event: Any) -> None:
        """Take one event; its `type` says what it is."""
        kind = event.get("type")
        if kind == "response.output_text.delta":
            self.say(event["delta"])
        elif kind in {"response.reasoning_text.delta", "response.reasoning_summary_text.delta"}:
            self.think(event["delta"])
        elif kind == "response.refusal.delta":
            self.decline(event["delta"])
        elif kind == "response.output_item.added":
            self.begun = self.begun or event["item"]["type"] == "reasoning"
        else:
            self._about_all(event, kind)

    def usage(self) -> Usage:
        """Input includes what came from the cache; output includes thinking."""
        said = self.usage_said
        details = inner(said, "input_tokens_details")
        return Usage(
            input=count(said.get("input_tokens")),
            cached=count(details.get("cached_tokens")),
            cache_written=count(details.get("cache_write_tokens")),
            output=count(said.get("output_tokens")),
            reasoning=count(inner(said, "output_tokens_details").get("reasoning_tokens")),
        )

    def _about_all(self, event: Any, kind: object) -> None:
        response = event.get("response") or event
        if kind in {"response.created", "response.in_progress"}:
            self.name(response.get("model"), response.get("id"))
        elif kind == "error":
            self.fail(event if isinstance(event.get("error"), dict) else {"error": event})
        elif response.get("object") == "response" or response.get("status"):
            self._state(response)
        elif event.get("error"):
            self.fail(event)

    def _state(self, response: Any) -> None:
        """Take the response as a whole; only its last states end it."""
        self.name(response.get("model"), response.get("id"))
        self.usage_said = inner(response, "usage") or self.usage_said
        status = response.get("status")
        if status in {"failed", "cancelled"}:
            self.fail({"error": response.get("error") or {"code": status, "message": status}})
        elif status in {"completed", "incomplete"}:
            if not self.texts:
                self._output(response.get("output") or ())
            reason = inner(response, "incomplete_details").get("reason")
            self.stop("stop" if status == "completed" else reason or "incomplete")
            self.whole = True
            self.over = True

    def _output(self, items: Any) -> None:
        """Take the items of a response; nothing of them came piece by piece."""
        for item in items:
            if item["type"] == "message":
                for part in item["content"]:
                    self.say(part.get("text"))
                    self.decline(part.get("refusal"))
            elif not self.thoughts:
                for part in (*(item.get("summary") or ()), *(item.get("content") or ())):
                    self.think(part.get("text"))


def _headers(endpoint: Endpoint) -> Mapping[str, str]:
    if "api-key" in endpoint.quirks:
        return {"api-key": endpoint.key} if endpoint.key else {}
    return bearer(endpoint)


def _body(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    system, rest = system_apart(conversation(request))
    body: dict[str, Any] = {
        "model": request.model,
        "input": [_item(turn) for turn in turns(rest)],
        "max_output_tokens": request.max_output,
        "store": False,
        "stream": True,
    }
    if system:
        body["instructions"] = "\n\n".join(message.text for message in system)
    # Without it, some models cut the middle out of a prompt that is too long, and say nothing.
    if wants(request, "truncation") and "no-truncation" not in endpoint.quirks:
        body["truncation"] = "disabled"
    if wants(request, "stream_options") and "no-stream-options" not in endpoint.quirks:
        body["stream_options"] = {"include_obfuscation": False}
    body.update(_sampling(request))
    return body


def _sampling(request: Request) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if request.temperature is not None and wants(request, "temperature"):
        fields["temperature"] = request.temperature
    if request.effort and wants(request, "effort"):
        fields["reasoning"] = {"effort": request.effort}
    if request.schema is not None and wants(request, "schema"):
        schema = dict(request.schema)
        named = {"name": "answer", "strict": is_strict(schema), "schema": schema}
        fields["text"] = {"format": {"type": "json_schema", **named}}
    if request.cache_key and wants(request, "cache_key"):
        fields["prompt_cache_key"] = request.cache_key
    return fields


def _item(turn: Turn) -> dict[str, Any]:
    kind = "output_text" if turn.role == "assistant" else "input_text"
    parts = [{"type": kind, "text": message.text} for message in turn.messages]
    return {"role": turn.role, "content": parts}


FAMILY = Family(
    id="openai-responses",
    stream="sse",
    url=lambda endpoint, _model: join(endpoint.base_url, "/responses"),
    headers=_headers,
    body=_body,
    reader=ResponsesReader,
)
