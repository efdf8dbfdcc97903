from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understudy.index.broken import broken

RIGHT = {
    "go": "package a\n\nfunc F() {\n}\n",
    "json": '{"a": [1]}\n',
    "php": "<?php\nfunction f() {\n}\n",
    "python": "def f():\n    return 1\n",
    "ruby": "def f\nend\n",
    "rust": "fn f() {\n}\n",
    "toml": 'a = [\n  "b",\n]\n',
    "typescript": "function f() {\n}\n",
}


@pytest.mark.parametrize("language", sorted(RIGHT))
def test_a_text_without_its_end_is_broken(language: str) -> None:
    right = RIGHT[language]
    lines = right.splitlines(keepends=True)
    cut = right.replace("]", "") if language == "json" else "".join(lines[:-1])
    assert [one.risk for one in broken(right, cut, language)] == ["high"]
    assert not broken(right, right, language)
    assert not broken(cut, cut + "\n\n", language), "It was broken before."


@pytest.mark.parametrize("language", ["c", "css", "markdown", "nothing"])
def test_nothing_is_said_of_texts_that_nobody_can_judge(language: str) -> None:
    assert not broken("int f() {\n}\n", "int f() {\n", language)


@settings(max_examples=40)
@given(st.text(max_size=60), st.sampled_from(sorted(RIGHT)))
def test_any_text_is_right_or_broken(text: str, language: str) -> None:
    found = broken(RIGHT[language], text, language)
    assert len(found) <= 1
    assert broken(RIGHT[language], text, language) == found
