"""vLLM; older versions send the error without a cover."""

from __future__ import annotations

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="vllm",
    rules=(
        Rule(Kind.CONTEXT_OVERFLOW, r"This model's maximum context length is "),
        # What is left for the answer when the prompt is longer than the window.
        Rule(Kind.CONTEXT_OVERFLOW, r"max_tokens must be at least 1, got -[0-9]"),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"'max_tokens' or 'max_completion_tokens' is too large: .{0,80}?maximum context length",
        ),
        Rule(
            Kind.CAPABILITY,
            r"As of transformers v[0-9.]{1,9}, default (?P<parameter>chat template) is no longer allowed",
        ),
        Rule(Kind.CAPABILITY, r"\"auto\" tool choice requires --enable-auto-tool-choice"),
        Rule(Kind.SERVER, r"EngineCore encountered an issue"),
    ),
)
