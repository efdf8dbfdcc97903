"""The server of llama.cpp."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="llamacpp",
    words=MappingProxyType(
        {
            "exceed_context_size_error": Kind.CONTEXT_OVERFLOW,
            "not_supported_error": Kind.CAPABILITY,
        }
    ),
    broad=MappingProxyType({"unavailable_error": Kind.OVERLOADED}),
    rules=(
        Rule(Kind.LOADING, r"Loading model", word="unavailable_error"),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"request \([0-9]{1,12} tokens\) exceeds the available context size",
        ),
        Rule(Kind.CONTEXT_OVERFLOW, r"the request exceeds the available context size"),
        Rule(Kind.CAPABILITY, r"(?P<parameter>image|audio) input is not supported"),
        Rule(Kind.CAPABILITY, r"(?P<parameter>tools|tool_choice) param requires --jinja"),
    ),
)
