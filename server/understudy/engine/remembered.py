"""What calls of models leave in the caches: replies, refused parameters, limits."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from understudy.models.learned import told_at
from understudy.wire import Reply

if TYPE_CHECKING:
    from understudy.caches.store import Caches
    from understudy.models.registry import Model
    from understudy.wire import Endpoint, Request


@dataclass
class Notes:
    """What is remembered about a model, read before a call and written after it.

    So the call itself touches no file.
    """

    caches: Caches
    model: Model
    known: frozenset[str]
    window: int | None
    _refused: list[str] = field(default_factory=list)
    _limits: list[int] = field(default_factory=list)

    def refused(self, provider: str, model: str) -> frozenset[str]:  # noqa: ARG002 - it is about one model
        """The parts of a request that the model is known to refuse."""
        return self.known

    def refuse(self, provider: str, model: str, part: str) -> None:  # noqa: ARG002 - it is about one model
        """Note that the model refuses a part of requests."""
        self._refused.append(part)

    def limit(self, provider: str, model: str) -> int | None:  # noqa: ARG002 - it is about one model
        """The window of the model, as its provider told it."""
        return self.window

    def learn_limit(self, provider: str, model: str, tokens: int) -> None:  # noqa: ARG002 - it is about one model
        """Note the window of the model."""
        self._limits.append(tokens)

    def write(self) -> None:
        """Put the notes into the cache."""
        for part in self._refused:
            self.caches.refuse(self.model.provider, self.model.name, part)
        for tokens in self._limits[-1:]:
            self.caches.learn_limit(self.model.provider, self.model.name, tokens)


def notes_of(caches: Caches, model: Model) -> Notes:
    """What is remembered about a model; reads the caches."""
    known = caches.refused(model.provider, model.name)
    return Notes(
        caches, model, known, caches.limit(model.provider, model.name, since=told_at(model))
    )


def reply_key(endpoint: Endpoint, request: Request) -> str:
    """The same for questions that are the same to their last character.

    Limits don't count: a reply that came to its end has come within them.
    """
    asked = replace(request, max_output=0, window=None, without=frozenset())
    content = json.dumps([endpoint.provider, endpoint.base_url, asdict(asked)], default=sorted)
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def write_reply(reply: Reply) -> str:
    """A reply for the cache; only what an edit is made of."""
    return json.dumps({"text": reply.text, "model": reply.model})


def read_reply(text: str | None) -> Reply | None:
    """A reply out of the cache."""
    try:
        found = json.loads(text) if text is not None else None
    except ValueError:
        return None
    match found:
        case {"text": str(words), "model": str(model)}:
            return Reply(words, model=model)
        case _:
            return None
