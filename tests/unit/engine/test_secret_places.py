"""Secrets that change places in an edit, or multiply: somebody has to look at that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.facts_factory import AUTO, DEFAULT, facts_of
from tests.unit.workspace.planted_secrets import KEY_BODY, TOKENS, armour
from understudy.engine.evidence import Band, Facts, Verdict
from understudy.engine.gate import judge
from understudy.engine.secret_places import secret_moved

ONE, OTHER = TOKENS[0][1], TOKENS[2][1]
PEM = armour("PRIVATE KEY", KEY_BODY)


def code(first: str, second: str, more: str = "", value: str = "reslt") -> str:
    return f'a = "{first}"\nb = "{second}"\n{more}\n\ndef f(result):\n    return {value}\n'


BEFORE = code(ONE, OTHER)
MENDED = BEFORE.replace("reslt", "result")


def facts(before: str, after: str) -> Facts:
    return replace(facts_of(before, after), rule="", who=("acme/one", "fix", "python"))


def judged(before: str, after: str) -> Verdict:
    return judge(facts(before, after), DEFAULT)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (code(OTHER, ONE, value="result"), "at another place"),
        (code(ONE, OTHER, f"# {ONE}\n", "result"), "more often"),
        (code(ONE, ONE, value="result").replace("reslt", "result"), "more often"),
        (code("", OTHER, f'print("{ONE}")\n', "result"), "at another place"),
        (MENDED.replace(f'a = "{ONE}"\n', "").replace("return", f'a = "{ONE}"\n    return'), "at"),
        (f'b = "{OTHER}"\na = "{ONE}"\n' + MENDED.partition("\n")[2].partition("\n")[2], "at"),
        (MENDED.replace("a =", "url ="), "at another place"),
    ],
    ids=["swapped", "in a comment", "instead of another", "printed", "moved", "order", "renamed"],
)
def test_a_secret_that_changes_its_place_comes_to_review_with_the_reason(
    after: str, words: str
) -> None:
    verdict = judged(BEFORE, after)
    assert verdict.band is Band.REVIEW
    (reason,) = (one for one in verdict.reasons if one.signal == "secret_moved")
    assert words in reason.evidence
    assert ONE not in reason.evidence
    assert OTHER not in reason.evidence


@pytest.mark.parametrize(
    "after",
    [
        MENDED,
        MENDED.replace('a = "', "a='").replace(f'{ONE}"', f"{ONE}'"),
        MENDED.replace(f'"{ONE}"\n', f'"{ONE}"  # the old one\n'),
        "import os\n" + MENDED,
        MENDED.replace('a = "', 'if True:\n    a = "'),
        MENDED.replace("def f", "def g"),
        MENDED.replace("\n", "\r\n"),
    ],
    ids=["elsewhere", "quotes", "comment", "above", "indented", "below", "line ends"],
)
def test_a_secret_that_stays_where_it_is_says_nothing(after: str) -> None:
    assert secret_moved(facts(BEFORE, after)) == ""


def test_the_lines_of_a_private_key_have_a_place_as_well() -> None:
    before = f'KEY = """{PEM}"""\nOLD = ""\nx = reslt\n'
    after = f'KEY = ""\nOLD = """{PEM}"""\nx = result\n'
    assert "private-key" in secret_moved(facts(before, after))
    assert secret_moved(facts(before, before.replace("reslt", "result"))) == ""


def test_nobody_applies_such_an_edit_unseen() -> None:
    after = code(OTHER, ONE, value="result")
    assert judge(facts(BEFORE, after), AUTO).band is Band.REVIEW


@given(st.text(max_size=60), st.text(max_size=60))
def test_text_without_secrets_never_has_any_that_move(before: str, after: str) -> None:
    assert secret_moved(facts(before, after)) == ""


@pytest.mark.timeout(20)
def test_many_secrets_on_one_line_are_compared_in_linear_time() -> None:
    # Anything worse than linear takes minutes for this length, so the time-out is the assertion.
    line = f"{ONE} {OTHER} " * 8_000
    assert secret_moved(facts(line + "reslt", line + "result")) == ""
