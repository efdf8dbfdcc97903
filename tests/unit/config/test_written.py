from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.written import id_at

TEXT = """\
"π😀" = 1
cascade.chain = ["acme/one", 'acme/two']
[models."acme/large"]
context_window = 8000
[[parts]]
name = "acme/x"
"""


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("acme/one", "acme/one"),
        ("acme/two", "acme/two"),
        ("acme/large", "acme/large"),
        ("acme/x", "acme/x"),
        ("chain", ""),
        ("8000", ""),
        ("context_window", ""),
    ],
)
def test_strings_and_tables_of_models_are_told(part: str, found: str) -> None:
    assert id_at(TEXT, TEXT.index(part) + 1) == found


@given(st.text() | st.sampled_from([TEXT, TEXT[:60], "a = [1, [2]]"]), st.integers(-5, 200))
def test_any_text_is_read(text: str, offset: int) -> None:
    assert isinstance(id_at(text, offset), str)
