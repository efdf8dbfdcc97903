"""A conversation and its parameters, brought into the shape that an API can take."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from understudy.wire import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from understudy.wire import Endpoint, Request, Role


@dataclass(frozen=True, slots=True)
class Turn:
    """Messages of one role that follow each other."""

    role: Role
    messages: tuple[Message, ...]

    @property
    def text(self) -> str:
        """All of it, with an empty line between messages."""
        return "\n\n".join(message.text for message in self.messages)


def conversation(request: Request) -> list[Message]:
    """The messages that say something, without the parts that the model refuses.

    Without `prefill`, the conversation ends with what the user said; without `system`, the user
    says what the system would have said.
    """
    messages = [message for message in request.messages if message.text]
    if "prefill" in request.without:
        while messages and messages[-1].role == "assistant":
            messages.pop()
    if "stable" in request.without:
        messages = [Message(message.role, message.text) for message in messages]
    if "system" in request.without:
        messages = [
            Message("user", message.text, message.stable) if message.role == "system" else message
            for message in messages
        ]
        # A server that has no system role rarely takes two turns of one role either.
        messages = [
            Message(turn.role, turn.text, turn.messages[-1].stable) for turn in turns(messages)
        ]
    return messages


def turns(messages: Sequence[Message]) -> list[Turn]:
    """The messages, those of one role together: some APIs demand that roles take turns."""
    return [Turn(role, tuple(group)) for role, group in groupby(messages, lambda one: one.role)]


def system_apart(messages: Sequence[Message]) -> tuple[list[Message], list[Message]]:
    """What the system says, and the rest: for APIs that keep the two in different places."""
    system = [message for message in messages if message.role == "system"]
    return system, [message for message in messages if message.role != "system"]


def wants(request: Request, part: str) -> bool:
    """Whether an optional part of the request is to be sent."""
    return part not in request.without


def is_strict(schema: Any) -> bool:
    """Whether a JSON Schema keeps to what strict modes demand of every object in it.

    All properties are required, and no others allowed; a strict mode refuses any other schema.
    """
    if isinstance(schema, list):
        return all(is_strict(one) for one in schema)
    if not isinstance(schema, dict):
        return True
    properties = schema.get("properties")
    if isinstance(properties, dict):
        if schema.get("additionalProperties") is not False:
            return False
        if set(schema.get("required", ())) != set(properties):
            return False
    return all(is_strict(one) for one in schema.values())


def join(base: str, path: str) -> str:
    """The address of `path` below a base URL, whose own query stays where queries are."""
    address, mark, query = base.partition("?")
    address = address.rstrip("/") + path
    if not mark:
        return address
    return f"{address}{'&' if '?' in path else '?'}{query}"


def bearer(endpoint: Endpoint) -> Mapping[str, str]:
    """The usual header for a key; none for no key."""
    return {"authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
