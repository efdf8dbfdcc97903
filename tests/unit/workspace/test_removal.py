from __future__ import annotations

import pytest

from understudy.core.lines import LineIndex
from understudy.core.text import Span, apply
from understudy.workspace.removal import removal


@pytest.mark.parametrize(
    ("before", "gone", "after"),
    [
        ("a\nb\nc\n", "b", "a\nc\n"),
        ("a\r\n  b\t\r\nc", "b", "a\r\nc"),
        ("a b c\n", "b ", "a c\n"),
        ("a\n\nb\n\nc\n", "b", "a\n\nc\n"),
        ("b\n\nc\n", "b", "c\n"),
        ("a\nb\n\nc\n", "b", "a\n\nc\n"),
        ("a\n\nb\n\n", "b", "a\n\n"),
        ("b", "b", ""),
        ("b\n\n\nc\n", "b", "c\n"),
        ("\n\nb\n\n\nc\n", "b", "c\n"),
        ("b\n\n", "b", ""),
        ("a\n\n\nb\n\nc\n", "b", "a\n\n\nc\n"),
        ("a\n\nb\n\n\nc\n", "b", "a\n\n\nc\n"),
        ("a\nb1\nb2\nc", "b1\nb2", "a\nc"),
    ],
)
def test_no_empty_line_stays_behind(before: str, gone: str, after: str) -> None:
    start = before.index(gone)
    edit = removal(LineIndex(before), Span(start, start + len(gone)))
    assert apply(before, (edit,)) == after
