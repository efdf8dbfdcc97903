"""Google's generateContent.

Source: https://ai.google.dev/api/generate-content.

Quirks:
    bearer: the key goes into `authorization`, as gateways want it.
    no-effort: `thinkingConfig` is unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from understudy.wire import Usage
from understudy.wire.families import Family
from understudy.wire.reader import Reader, count, of_the_first, total
from understudy.wire.turns import bearer, conversation, join, system_apart, turns, wants

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from understudy.wire import Endpoint, Message, Request

_VERSIONED = re.compile(r"/v\d+\w*$")

_LEVELS = {"none": "MINIMAL", "minimal": "MINIMAL"}


class GenerateReader(Reader):
    """Reads partial responses. There is no last event: the body's end is the end."""

    ends_by_reason = True

    __slots__ = ()

    def read(self, event: Any) -> None:
        """Take one response, or a list of them, as servers send it that know no `alt=sse`."""
        if isinstance(event, list):
            for one in event:
                self.read(one)
            return
        if event.get("error"):
            self.fail(event)
            return
        candidates = event.get("candidates")
        if candidates:
            for candidate in of_the_first(candidates):
                self._candidate(candidate)
        elif (event.get("promptFeedback") or {}).get("blockReason"):
            self.fail(event)
        if not self.model:
            self.name(event.get("modelVersion"), event.get("responseId"))
        # The counts are cumulative.
        self.usage_said = event.get("usageMetadata") or self.usage_said

    def end(self) -> None:
        """Earlier versions told a reason with every piece, so only the end makes it count."""
        self.whole = bool(self.finish)

    def usage(self) -> Usage:
        """Candidates leave out thoughts; both are output, and both are paid."""
        said = self.usage_said
        thoughts = count(said.get("thoughtsTokenCount"))
        return Usage(
            input=count(said.get("promptTokenCount")),
            cached=count(said.get("cachedContentTokenCount")),
            output=total(count(said.get("candidatesTokenCount")), thoughts),
            reasoning=thoughts,
        )

    def _candidate(self, candidate: Any) -> None:
        for part in (candidate.get("content") or {}).get("parts") or ():
            if part.get("thought"):
                self.think(part.get("text"))
            else:
                self.say(part.get("text"))
        self.stop(candidate.get("finishReason"))


def _headers(endpoint: Endpoint) -> Mapping[str, str]:
    if "bearer" in endpoint.quirks:
        return bearer(endpoint)
    return {"x-goog-api-key": endpoint.key} if endpoint.key else {}


def _url(endpoint: Endpoint, model: str) -> str:
    base = endpoint.base_url.partition("?")[0].rstrip("/")
    version = "" if _VERSIONED.search(base) else "/v1beta"
    name = quote(model.removeprefix("models/"), safe="")
    return join(endpoint.base_url, f"{version}/models/{name}:streamGenerateContent?alt=sse")


def _body(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    system, rest = system_apart(conversation(request))
    body: dict[str, Any] = {
        "contents": [
            {
                "role": "model" if turn.role == "assistant" else "user",
                "parts": _parts(turn.messages),
            }
            for turn in turns(rest)
        ],
        "generationConfig": _generation(request, endpoint),
    }
    if system:
        body["systemInstruction"] = {"parts": _parts(system)}
    return body


def _generation(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    fields: dict[str, Any] = {"maxOutputTokens": request.max_output}
    if request.temperature is not None and wants(request, "temperature"):
        fields["temperature"] = request.temperature
    if request.schema is not None and wants(request, "schema"):
        fields["responseMimeType"] = "application/json"
        fields["responseJsonSchema"] = dict(request.schema)
    if request.effort and wants(request, "effort") and "no-effort" not in endpoint.quirks:
        level = _LEVELS.get(request.effort, request.effort.upper())
        fields["thinkingConfig"] = {"thinkingLevel": level, "includeThoughts": False}
    return fields


def _parts(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"text": message.text} for message in messages]


FAMILY = Family(
    id="gemini", stream="sse", url=_url, headers=_headers, body=_body, reader=GenerateReader
)
