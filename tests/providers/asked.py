"""What a scripted server was asked, and what became of it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Traits:
    """What a scripted model takes, where families and their servers differ.

    Attributes:
        reasoning: it refuses `max_tokens` and sampling parameters, and takes an effort.
        refuses: names of top-level parameters that this model does not take.
        dialect: whose chat completions these are: `openai`, `mistral` and `groq` know every field
            that they take; a `compatible` server overlooks those that it does not know.
        thinking_field: where a chat completion carries thinking.
        key: the key that is asked for; empty takes any, None asks for none.
    """

    reasoning: bool = False
    refuses: frozenset[str] = frozenset()
    dialect: str = "openai"
    thinking_field: str = "reasoning_content"
    key: str | None = ""


@dataclass(slots=True, eq=False)
class Asked:
    """One request, whole, and what became of the reply to it.

    Attributes:
        headers: by their names in lower case; the last of several.
        at: `time.monotonic()` when the request was read to its end.
        answer: what the script gave for it; None when the request itself was refused.
        refused: the status of that refusal.
        finished_at: when the last byte of the reply was handed over.
        hung_up_at: when the client went away before that.
    """

    method: str
    target: str
    headers: dict[str, str]
    raw: bytes
    at: float = field(default_factory=time.monotonic)
    family: str = ""
    model: str = ""
    answer: Any = None
    refused: int | None = None
    finished_at: float | None = None
    hung_up_at: float | None = None

    @property
    def path(self) -> str:
        """The target without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        """The target's query."""
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def body(self) -> Any:
        """The body as JSON; None for what is no JSON."""
        try:
            return json.loads(self.raw)
        except ValueError:
            return None
