"""Only what can't change the meaning of correct code is called safe."""

from __future__ import annotations

import pytest

from tests.unit.fixers.problems import problem, proposals, syntax_problem
from understudy.fixers import Proposal, all_fixers


@pytest.mark.parametrize(
    ("fixer", "code", "marked"),
    [
        ("await_missing", "reportUnusedCoroutine", "async def f():\n    <|g()|>\n"),
        ("bare_except", "E722", "try:\n    f()\n<|except|>:\n    raise\n"),
        ("mutable_default", "B006", "def f(x=<|[]|>):\n    return x\n"),
        ("unused_variable", "F841", "def f():\n    <|x|> = 1\n    return 2\n"),
        ("unused_variable", "F841", "def f():\n    <|x|> = g()\n"),
        ("unused_variable", "F841", "try:\n    f()\nexcept E <|as x|>:\n    pass\n"),
        ("raise_not_implemented", "F901", "raise <|NotImplemented|>\n"),
    ],
)
def test_a_guess_at_what_was_meant_is_not_safe(fixer: str, code: str, marked: str) -> None:
    found = proposals(all_fixers()[fixer], problem(marked, code))
    assert found
    assert not any(proposal.safe for proposal in found)


@pytest.mark.parametrize(
    ("fixer", "code", "message", "marked"),
    [
        ("unused_import", "F401", "`os` imported but unused", "import <|os|>\nx = 1\n"),
        ("fstring_placeholder", "F541", "", 'x = <|f"a"|>\n'),
    ],
)
def test_what_does_nothing_is_taken_away_safely(
    fixer: str, code: str, message: str, marked: str
) -> None:
    found = proposals(all_fixers()[fixer], problem(marked, code, message=message))
    assert [proposal.safe for proposal in found] == [True]


@pytest.mark.parametrize(
    ("fixer", "text"),
    [
        ("missing_colon", "if x\n    y = 1\n"),
        ("missing_comma", "f(a b)\n"),
        ("unclosed_bracket", "x = f(a\n"),
        ("unterminated_string", 'x = "a\n'),
    ],
)
def test_adding_a_sign_that_was_missing_is_safe(fixer: str, text: str) -> None:
    found = proposals(all_fixers()[fixer], syntax_problem(text))
    assert found
    assert all(proposal.safe for proposal in found)


def test_nobody_promises_anything_without_saying_so() -> None:
    assert not Proposal((), "A guess.").safe
