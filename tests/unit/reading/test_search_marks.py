from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from understudy.reading.search_marks import escaped, mark_of, unescaped

LINES = st.text(alphabet="\\ \t<>=|-+ABDEHRCPLS", max_size=16)


@given(LINES)
@example("\\ No newline at end of file")
@example(" \\\\=======")
def test_what_is_escaped_is_unescaped(line: str) -> None:
    assert unescaped(escaped(line)) == line
    assert mark_of(escaped(line)) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\\=======", "======="),
        ("    \\=======", "    ======="),
        ("\\<<<<<<< HEAD", "<<<<<<< HEAD"),
        ("\\>>>>>>> topic", ">>>>>>> topic"),
        ("\\||||||| base", "||||||| base"),
        ("\\d+", "\\d+"),
        ("\\ No newline at end of file", "\\ No newline at end of file"),
    ],
)
def test_only_lines_like_marks_lose_their_backslash(written: str, meant: str) -> None:
    assert unescaped(written) == meant
