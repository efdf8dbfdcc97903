"""OpenAI's chat completions, and every server that is compatible with them.

Source: https://platform.openai.com/docs/api-reference/chat.

Quirks, the words for what compatible servers do differently from OpenAI:
    system-role: the role `developer` is unknown.
    max_tokens: `max_completion_tokens` is unknown.
    no-temperature: sampling can't be set.
    no-effort: `reasoning_effort` is unknown.
    no-stream-usage: `stream_options` is unknown.
    no-cache-key: `prompt_cache_key` is unknown.
    no-schema: `response_format` is unknown.
    json-object: `response_format` knows JSON, but no schema.
    cache-marks: parts of messages may carry `cache_control`, as with Anthropic.
    obfuscates: events are padded unless that is declined.
    api-key: the key goes into a header of that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.wire import Usage
from understudy.wire.families import Family
from understudy.wire.reader import Reader, count, inner, of_the_first
from understudy.wire.turns import bearer, conversation, is_strict, join, wants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.wire import Endpoint, Request


class ChatReader(Reader):
    """Reads chunks of a chat completion, or a whole one.

    Some servers tell a reason with every chunk, so none proves that the answer is complete.
    """

    ends_by_reason = True

    __slots__ = ("_ends",)

    def __init__(self) -> None:
        """Begin without a reason."""
        super().__init__()
        self._ends = False

    def read(self, event: Any) -> None:
        """Take one chunk. The one that tells the usage has no choices."""
        for choice in of_the_first(event.get("choices") or ()):
            self._choice(choice)
        if event.get("error") or event.get("object") == "error" or _is_bare_error(event):
            self.fail(event)
        if not self.model:
            self.name(event.get("model"), event.get("id"))
        # Groq tells the usage under a name of its own, too.
        said = event.get("usage") or inner(event, "x_groq").get("usage")
        if isinstance(said, dict):
            self.usage_said = said

    def done(self) -> None:
        """The answer is complete with `[DONE]`, whether or not a reason was told."""
        self.whole = True
        self.over = True

    def end(self) -> None:
        """A reason is enough where the body ended in good order and nothing was said after it."""
        self.whole = self.whole or self._ends

    def usage(self) -> Usage:
        """`prompt_tokens` include those from the cache, `completion_tokens` those of thinking.

        xAI alone counts thinking beside `completion_tokens`; its total tells.
        """
        said = self.usage_said
        prompt, output = count(said.get("prompt_tokens")), count(said.get("completion_tokens"))
        details = inner(said, "prompt_tokens_details")
        cached = count(details.get("cached_tokens"))
        if cached is None:
            cached = count(said.get("prompt_cache_hit_tokens"))
        reasoning = count(inner(said, "completion_tokens_details").get("reasoning_tokens"))
        all_tokens = count(said.get("total_tokens"))
        if prompt is not None and output is not None and reasoning:
            output += reasoning if all_tokens == prompt + output + reasoning else 0
        return Usage(prompt, cached, count(details.get("cache_write_tokens")), output, reasoning)

    def _choice(self, choice: Any) -> None:
        said = self.pieces
        delta = choice.get("delta") or choice.get("message")
        if delta:
            self._delta(delta)
        if choice.get("finish_reason"):
            self.stop(choice["finish_reason"])
            self._ends = True
        elif self.pieces > said:
            self._ends = False

    def _delta(self, delta: Any) -> None:
        content = delta.get("content")
        if isinstance(content, list):
            self._parts(content)
        elif content:
            self.say(content)
        # vLLM, Ollama and OpenRouter say `reasoning`; DeepSeek, llama.cpp, LM Studio the other.
        # Some send both, with the same text.
        thought = delta.get("reasoning_content") or delta.get("reasoning")
        if thought:
            self.think(thought)
        if delta.get("refusal"):
            self.decline(delta["refusal"])

    def _parts(self, parts: list[Any]) -> None:
        """Mistral's reasoning models send a list of parts, of which some are thinking."""
        for part in parts:
            if part.get("type") == "thinking":
                for thought in part.get("thinking") or ():
                    self.think(thought.get("text"))
            else:
                self.say(part.get("text"))


def _is_bare_error(event: Any) -> bool:
    """Whether an event is an error without a cover, as older servers and gateways send it."""
    if "choices" in event:
        return False
    told = event.get("message") and ("code" in event or "type" in event or "status" in event)
    return bool(told or event.get("detail"))


def _headers(endpoint: Endpoint) -> Mapping[str, str]:
    if "api-key" in endpoint.quirks:
        return {"api-key": endpoint.key} if endpoint.key else {}
    return bearer(endpoint)


def _body(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    quirks = endpoint.quirks
    body: dict[str, Any] = {
        "model": request.model,
        "messages": _messages(request, quirks),
        "stream": True,
    }
    names = ("max_completion_tokens", "max_tokens")
    for name in reversed(names) if "max_tokens" in quirks else names:
        if wants(request, name):
            body[name] = request.max_output
            break
    body.update(_sampling(request, quirks))
    if wants(request, "stream_options") and "no-stream-usage" not in quirks:
        body["stream_options"] = {"include_usage": True}
        if "obfuscates" in quirks:
            body["stream_options"]["include_obfuscation"] = False
    if request.cache_key and wants(request, "cache_key") and "no-cache-key" not in quirks:
        body["prompt_cache_key"] = request.cache_key
    return body


def _sampling(request: Request, quirks: frozenset[str]) -> dict[str, Any]:
    """What shapes the answer itself."""
    fields: dict[str, Any] = {}
    if (
        request.temperature is not None
        and wants(request, "temperature")
        and "no-temperature" not in quirks
    ):
        fields["temperature"] = request.temperature
    if request.effort and wants(request, "effort") and "no-effort" not in quirks:
        fields["reasoning_effort"] = request.effort
    if request.schema is not None and wants(request, "schema") and "no-schema" not in quirks:
        fields["response_format"] = _format(request.schema, quirks)
    return fields


def _format(schema: Mapping[str, Any], quirks: frozenset[str]) -> dict[str, Any]:
    if "json-object" in quirks:
        return {"type": "json_object"}
    named = {"name": "answer", "strict": is_strict(schema), "schema": dict(schema)}
    return {"type": "json_schema", "json_schema": named}


def _messages(request: Request, quirks: frozenset[str]) -> list[dict[str, Any]]:
    plain = "system-role" in quirks or not wants(request, "developer")
    roles = {} if plain else {"system": "developer"}
    return [
        {
            "role": roles.get(message.role, message.role),
            "content": _marked(message.text)
            if message.stable and "cache-marks" in quirks
            else message.text,
        }
        for message in conversation(request)
    ]


def _marked(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}]


FAMILY = Family(
    id="openai",
    stream="sse",
    url=lambda endpoint, _model: join(endpoint.base_url, "/chat/completions"),
    headers=_headers,
    body=_body,
    reader=ChatReader,
)
