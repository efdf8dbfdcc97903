from __future__ import annotations

import pytest

from understudy.context.repetition import repeats
from understudy.core.text import Span


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("x = <|y|>", "x", True),
        ("x = (<|y|>)", "x", True),
        ("x, z = a, <|y|>", "z", True),
        ("a = x = <|y|>", "x", True),
        ("a = x = <|y|>", "a", True),
        ("self.x = self.<|y|>", "x", True),
        ("if x == <|y|>: pass", "x", True),
        ("z = x or <|y|>", "x", True),
        ("x = <|y|> + 1", "x", False),
        ("x = f(<|y|>)", "x", False),
        ("x * <|y|>", "x", False),
        ("f(x=<|y|>)", "x", False),
        ("other.x = self.<|y|>", "x", False),
        ("x: <|y|> = 1", "x", False),
        ("x = = <|y|>", "z", False),
    ],
)
def test_what_says_the_same_on_both_sides(text: str, new: str, expected: bool) -> None:
    start, end = text.index("<|"), text.index("|>") - 2
    plain = text.replace("<|", "").replace("|>", "")
    assert repeats(plain, Span(start, end), new) is expected
