"""LM Studio; its errors are strings."""

from __future__ import annotations

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="lmstudio",
    rules=(
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"Trying to keep the first [0-9]{1,12} tokens when context the overflows",
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"The number of tokens to keep from the initial prompt is greater",
        ),
        Rule(Kind.CONTEXT_OVERFLOW, r"Context size has been exceeded"),
        Rule(Kind.CAPABILITY, r"'(?P<parameter>response_format)\.type' must be"),
        Rule(Kind.MODEL_MISSING, r"No models loaded|Failed to load model "),
        Rule(Kind.SERVER, r"The model has crashed|Model (?:has )?unloaded\b"),
    ),
)
