"""Ollama; its errors are strings."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import INSIDE, Errors, Rule

ERRORS = Errors(
    id="ollama",
    words=MappingProxyType({"signin_url": Kind.AUTH}),
    # It looks at a request before it begins to answer.
    inside=Kind.SERVER,
    rules=(
        Rule(Kind.MODEL_MISSING, r"model [\"'][^\"']{1,200}[\"'] not found"),
        # The key is good, but not for this model.
        Rule(Kind.AUTH, r"this model requires a subscription"),
        Rule(
            Kind.CAPABILITY,
            r"(?:this model|\"[^\"\s]{1,200}\"|[^\s\"\x27`]{1,200}) does not support (?P<parameter>tools|thinking|vision|insert|generate|chat|completion)\b",
        ),
        Rule(Kind.CONTEXT_OVERFLOW, r"the prompt is longer than the context length"),
        Rule(Kind.CONTEXT_OVERFLOW, r"the input length exceeds the context length"),
        Rule(Kind.OVERLOADED, r"server busy, please try again"),
        Rule(Kind.LOADING, r"unexpected server status: llm server loading model"),
        Rule(Kind.SERVER, r"model requires more system memory"),
        Rule(
            Kind.SERVER, r"llama runner process has terminated|timed out waiting for llama runner"
        ),
        Rule(Kind.SERVER, r"an error was encountered while running the model|POST predict: "),
        Rule(Kind.SERVER, r"model runner has unexpectedly stopped|error reading llm response"),
        Rule(Kind.SERVER, r"llama runner process no longer running|unable to load model"),
        # With another status it may be about the request.
        Rule(Kind.SERVER, r"unexpected EOF\s*$", statuses=frozenset({INSIDE})),
    ),
)
