from __future__ import annotations

import pytest

from understudy.prompt.describing import described
from understudy.prompt.library import load_library


@pytest.mark.parametrize(
    ("when", "taken", "shown"),
    [
        ("model: tiny/*", ("tiny/one-1",), "tiny/one-1"),
        ("model: tiny/*", (), "tiny/*"),
        ("model: acme/*", ("acme/small",), "acme/large"),
    ],
)
@pytest.mark.usefixtures("home")
def test_the_preview_is_for_a_model_that_the_fragment_is_taken_for(
    when: str, taken: tuple[str, ...], shown: str
) -> None:
    text = f"---\nid: a\nslot: role\nwhen:\n  {when}\n---\nYou are {{{{default model 'x'}}}}."
    told = described(text, len(text), load_library(None), taken, "user")
    assert f"You are {shown}." in told
    assert told.startswith("`a`, version 1, user")
    assert ("Shown for: model" in told) == (shown != "acme/large")
