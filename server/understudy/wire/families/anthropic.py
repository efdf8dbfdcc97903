"""Anthropic's messages.

Source: https://docs.claude.com/en/api/messages-streaming.

Quirks:
    bearer: the key goes into `authorization`, as gateways want it.
    no-effort: neither effort nor thinking can be set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.wire import Usage
from understudy.wire.families import Family
from understudy.wire.reader import Reader, count, inner, total
from understudy.wire.turns import bearer, conversation, join, system_apart, turns, wants

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from understudy.wire import Endpoint, Message, Request

API_VERSION = "2026-10-21"
"""The header of an endpoint may say another one, for gateways that know only older ones."""

_MOST_MARKS = 4
"""More cache marks than these are refused."""

_EFFORTS = {"minimal": "low"}


class MessagesReader(Reader):
    """Reads the events of a message, or a whole message."""

    __slots__ = ()

    def read(self, event: Any) -> None:
        """Take one event; its `type` says what it is."""
        kind = event.get("type")
        if kind == "content_block_delta":
            delta = event["delta"]
            self.say(delta.get("text"))
            self.think(delta.get("thinking"))
        elif kind == "content_block_start":
            self._block(event["content_block"])
        elif kind == "message_delta":
            self.stop(event["delta"].get("stop_reason"))
            self._add_usage(event)
        elif kind == "message_stop":
            self.whole = True
            self.over = True
        else:
            self._frame(event, kind)

    def usage(self) -> Usage:
        """`input_tokens` leave out what the cache gave and took; here they are added up."""
        said = self.usage_said
        cached = count(said.get("cache_read_input_tokens"))
        written = count(said.get("cache_creation_input_tokens"))
        return Usage(
            input=total(count(said.get("input_tokens")), cached, written),
            cached=cached,
            cache_written=written,
            output=count(said.get("output_tokens")),
            reasoning=count(inner(said, "output_tokens_details").get("thinking_tokens")),
        )

    def _frame(self, event: Any, kind: object) -> None:
        if kind == "message_start":
            message = event["message"]
            self.name(message.get("model"), message.get("id"))
            self._add_usage(message)
        elif kind == "message":
            self._message(event)
        elif event.get("error"):
            self.fail(event)

    def _message(self, message: Any) -> None:
        """Take a message that came whole, though a stream was asked for."""
        self.name(message.get("model"), message.get("id"))
        self._add_usage(message)
        for block in message["content"]:
            self._block(block)
        self.stop(message.get("stop_reason"))
        self.whole = self.over = bool(self.finish)

    def _block(self, block: Any) -> None:
        self.begun = True
        self.say(block.get("text"))
        self.think(block.get("thinking"))

    def _add_usage(self, event: Any) -> None:
        """Counts are cumulative; a later event need not repeat all of them."""
        said = event.get("usage") or {}
        self.usage_said.update({name: value for name, value in said.items() if value is not None})


def _headers(endpoint: Endpoint) -> Mapping[str, str]:
    version = {"anthropic-version": API_VERSION}
    if "bearer" in endpoint.quirks:
        return {**version, **bearer(endpoint)}
    return {**version, "x-api-key": endpoint.key} if endpoint.key else version


def _url(endpoint: Endpoint, _model: str) -> str:
    base = endpoint.base_url.partition("?")[0].rstrip("/")
    return join(endpoint.base_url, "/messages" if base.endswith("/v1") else "/v1/messages")


def _body(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    """No sampling parameters: most models refuse them by now."""
    messages = conversation(request)
    system, rest = system_apart(messages)
    stable = [message for message in messages if message.stable]
    marked = {id(message) for message in stable[-_MOST_MARKS:]}
    body: dict[str, Any] = {
        "model": request.model,
        "max_tokens": request.max_output,
        "messages": [
            {"role": turn.role, "content": _blocks(turn.messages, marked)} for turn in turns(rest)
        ],
        "stream": True,
    }
    if system:
        body["system"] = _blocks(system, marked)
    if "no-effort" not in endpoint.quirks:
        body.update(_thinking(request))
    output = _output(request, endpoint)
    if output:
        body["output_config"] = output
    return body


def _thinking(request: Request) -> dict[str, Any]:
    if not request.effort or not wants(request, "thinking"):
        return {}
    if request.effort == "none":
        return {"thinking": {"type": "disabled"}}
    return {"thinking": {"type": "adaptive", "display": "omitted"}}


def _output(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    output: dict[str, Any] = {}
    if (
        request.effort not in {"", "none"}
        and wants(request, "effort")
        and "no-effort" not in endpoint.quirks
    ):
        output["effort"] = _EFFORTS.get(request.effort, request.effort)
    if request.schema is not None and wants(request, "schema"):
        output["format"] = {"type": "json_schema", "schema": dict(request.schema)}
    return output


def _blocks(messages: Sequence[Message], marked: set[int]) -> list[dict[str, Any]]:
    return [
        {
            "type": "text",
            # An assistant's last words may not end in white space.
            "text": message.text.rstrip() if message.role == "assistant" else message.text,
            **({"cache_control": {"type": "ephemeral"}} if id(message) in marked else {}),
        }
        for message in messages
    ]


FAMILY = Family(
    id="anthropic", stream="sse", url=_url, headers=_headers, body=_body, reader=MessagesReader
)
