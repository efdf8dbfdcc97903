"""Ollama's own chat API.

Source: https://docs.ollama.com/api/chat.

Quirks:
    no-effort: `think` is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.wire import Usage
from understudy.wire.families import Family
from understudy.wire.reader import Reader, count, natural
from understudy.wire.turns import bearer, conversation, join, wants

if TYPE_CHECKING:
    from understudy.wire import Endpoint, Request

_THINK: dict[str, bool | str] = {"none": False, "minimal": "low"}


class OllamaReader(Reader):
    """Reads lines of a chat. The last one says `done`."""

    __slots__ = ()

    def read(self, event: Any) -> None:
        """Take one line."""
        if event.get("error"):
            self.fail(event)
            return
        message = event.get("message")
        if message:
            self.say(message.get("content"))
            self.think(message.get("thinking"))
        if not self.model:
            self.name(event.get("model"), "")
        if event.get("done"):
            # Servers before 0.1.38 tell no reason.
            self.stop(event.get("done_reason") or "stop")
            self.usage_said = event
            self.loading_s = (natural(event.get("load_duration")) or 0) / 1e9
            self.whole = True
            self.over = True

    def usage(self) -> Usage:
        """`eval_count` includes thinking, which is not counted apart."""
        said = self.usage_said
        return Usage(
            input=count(said.get("prompt_eval_count")), output=count(said.get("eval_count"))
        )


def _url(endpoint: Endpoint, _model: str) -> str:
    base = endpoint.base_url.partition("?")[0].rstrip("/")
    return join(endpoint.base_url, "/chat" if base.endswith("/api") else "/api/chat")


def _body(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    options: dict[str, Any] = {"num_predict": request.max_output}
    if request.window is not None:
        options["num_ctx"] = request.window
    if request.temperature is not None and wants(request, "temperature"):
        options["temperature"] = request.temperature
    body: dict[str, Any] = {
        "model": request.model,
        "messages": [
            {"role": message.role, "content": message.text} for message in conversation(request)
        ],
        "stream": True,
        "options": options,
    }
    # Otherwise what does not fit is left out of the prompt or of the answer, and nobody says so.
    if wants(request, "truncate"):
        body["truncate"] = False
        body["shift"] = False
    if request.effort and wants(request, "effort") and "no-effort" not in endpoint.quirks:
        body["think"] = _THINK.get(request.effort, request.effort)
    if request.schema is not None and wants(request, "schema"):
        body["format"] = dict(request.schema)
    return body


FAMILY = Family(
    id="ollama", stream="ndjson", url=_url, headers=bearer, body=_body, reader=OllamaReader
)
