"""An event of any family and any shape is read, ends the answer or is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wire.speaking import chunk, read
from understudy.wire.families import all_families
from understudy.wire.reader import MISSHAPEN

words = st.sampled_from(
    [
        "choices",
        "delta",
        "message",
        "content",
        "error",
        "object",
        "usage",
        "type",
        "response",
        "item",
        "status",
        "output",
        "text",
        "incomplete_details",
        "content_block",
        "candidates",
        "parts",
        "finishReason",
        "promptFeedback",
        "done",
        "usageMetadata",
        "thinking",
        "x_groq",
        "completed",
        "message_start",
        "message_delta",
        "content_block_delta",
        "response.completed",
        "response.output_text.delta",
        "response.output_item.added",
    ]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=5),
    max_leaves=25,
)


@pytest.mark.parametrize(
    ("family", "event"),
    [
        ("openai", {"error": {"message": "no", "code": 500}}),
        ("openai", {"error": {"message": "no"}, **chunk("error", content="")}),
        ("openai", {"object": "error", "message": "no", "code": 400}),
        ("openai", {"code": 500, "message": "no", "type": "exceed_context_size_error"}),
        ("openai", {"detail": "Rate limit exceeded"}),
        ("openai-responses", {"type": "error", "code": "server_error", "message": "no"}),
        ("openai-responses", {"error": {"message": "no"}}),
        (
            "openai-responses",
            {"type": "response.failed", "response": {"status": "failed", "error": {"code": "x"}}},
        ),
        ("anthropic", {"type": "error", "error": {"type": "overloaded_error", "message": "no"}}),
        ("gemini", {"error": {"code": 503, "status": "UNAVAILABLE"}}),
        ("gemini", [{"error": {"code": 503}}]),
        ("gemini", {"promptFeedback": {"blockReason": "SAFETY"}}),
        ("ollama", {"error": "no"}),
    ],
)
def test_an_error_inside_a_stream_ends_it(family: str, event: Any) -> None:
    reader = read(family, event)
    assert reader.error is not None
    assert reader.over


@pytest.mark.parametrize("family", sorted(all_families()))
@given(events=st.lists(json_values, max_size=4))
def test_an_event_of_any_shape_is_read_or_refused(family: str, events: list[Any]) -> None:
    reader = all_families()[family].reader()
    try:
        for event in events:
            reader.read(event)
        reader.usage()
    except MISSHAPEN:
        pass
    assert all(type(piece) is str for piece in reader.texts + reader.thoughts + reader.refusals)
    assert type(reader.finish) is str
    assert type(reader.model) is str
    assert type(reader.reply_id) is str
