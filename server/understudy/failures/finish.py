"""What the word means with which a provider ends an answer."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as Category
from understudy.failures.build import Finding, build
from understudy.failures.kinds import MEANINGS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Advice, Failure

_DONE = frozenset(
    {
        *("stop", "completed", "complete", "end_turn", "stop_sequence", "eos", "eos_token"),
        *("finish_reason_stop", "word", "end"),
    }
)
_WITH_TOOLS = frozenset({"tool_calls", "tool_call", "function_call", "tool_use"})

_WORDS: Mapping[str, Kind] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("length", "max_tokens", "max_output_tokens", "max_messages", "steered"),
                *("model_length", "limit", "model_context_window_exceeded", "pause_turn"),
                *("continuation", "incomplete", "abort", "", "null"),
            ),
            Kind.INCOMPLETE,
        ),
        **dict.fromkeys(
            (
                *("content_filter", "content_filtered", "safety", "recitation", "blocklist"),
                *("prohibited_content", "spii", "language", "escalation", "model_armor"),
                *("image_safety", "guardrail_intervened", "sensitive"),
            ),
            Kind.CONTENT_FILTER,
        ),
        **dict.fromkeys(
            (
                *("malformed_function_call", "unexpected_tool_call", "too_many_tool_calls"),
                "malformed_response",
            ),
            Kind.MALFORMED,
        ),
        "refusal": Kind.REFUSAL,
        "missing_thought_signature": Kind.BAD_REQUEST,
        "pup_limited_disabled": Kind.AUTH,
        "other": Kind.SERVER,
        "error": Kind.SERVER,
        "network_error": Kind.SERVER,
        "insufficient_system_resource": Kind.OVERLOADED,
        "cancelled": Kind.CANCELLED,
        "canceled": Kind.CANCELLED,
        "load": Kind.EMPTY,
        "unload": Kind.EMPTY,
    }
)

_ADVICE: Mapping[str, Advice] = MappingProxyType(
    # The window was full, or the turn is only to be gone on with.
    {"model_context_window_exceeded": "reduce_context", "pause_turn": "same", "": "same"}
)

_NEAR = 0.95
"""From this share of its window on, a silent server is taken to have run out of it."""


def finish_failure(
    provider: str,
    word: str,
    *,
    text: str,
    prompt_tokens: int | None = None,
    window: int | None = None,
) -> Failure | None:
    """The failure that an answer's last word stands for; None for a success.

    Args:
        provider: its id, for the record.
        word: the finish or stop reason; empty when the stream ended without one. A word that is
            not known counts as an answer that is not complete, with little confidence.
        text: the answer so far. A success without text is a failure of its own.
        prompt_tokens: with `window`, tells apart a server that answers nothing because the prompt
            filled its window, as LM Studio does.
        window: the model's window in tokens.
    """
    plain = word.strip().casefold()
    if plain in _WITH_TOOLS:
        return None
    if plain not in _DONE:
        return _unfinished(provider, plain, text)
    if text.strip():
        return None
    if prompt_tokens and window and prompt_tokens >= _NEAR * window:
        finding = Finding(
            Category.CONTEXT_OVERFLOW,
            confidence=0.7,
            secondary=(Category.EMPTY_OUTPUT,),
            limit=window,
        )
    else:
        finding = Finding(Category.EMPTY_OUTPUT, code=plain)
    return build(finding, provider, f"finished with `{plain}` and no text", "stream")


def _unfinished(provider: str, word: str, text: str) -> Failure:
    known = word in _WORDS
    kind = _WORDS.get(word, Kind.INCOMPLETE)
    meaning = MEANINGS[kind]
    finding = Finding(
        meaning.category,
        code=meaning.code or word,
        confidence=1.0 if known else 0.4,
        advice=_ADVICE.get(word, meaning.advice),
        blame="model" if kind in (Kind.INCOMPLETE, Kind.REFUSAL) else meaning.blame,
    )
    said = f"finished with `{word}`" if word else "the stream ended without a reason"
    return build(finding, provider, f"{said} after {len(text)} characters", "stream")
