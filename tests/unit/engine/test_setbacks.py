"""What is shown of a failed attempt, and what came of the next one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.core.failures import Evidence, Failure, Phase
from understudy.core.failures import FailureCategory as F
from understudy.core.text import Span
from understudy.engine.setback_results import result_of
from understudy.engine.setbacks import excerpt_of, names_meant
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

TEXT = "import os\n\n\ndef total(items):\n    return grand(items.all)\n\n\nprint(total)\n"


def finding(text: str, marked: str, message: str = "Undefined name `grand`") -> Diagnostic:
    start = text.index(marked)
    return Diagnostic("ruff", "F821", message, Span(start, start + len(marked)))


def failure(phase: Phase, category: F, fingerprint: str = "one") -> Failure:
    return Failure(category, phase, "model", "It failed.", fingerprint=fingerprint)


def test_an_excerpt_holds_the_marked_lines_and_one_on_either_side() -> None:
    shown = excerpt_of(View("a.py", TEXT, Policy()), finding(TEXT, "grand"))
    assert shown.text == "def total(items):\n    return grand(items.all)\n\n"
    assert (shown.line, shown.first, shown.last) == (5, 4, 6)
    assert (shown.source, shown.code, shown.message) == ("ruff", "F821", "Undefined name `grand`")


def test_of_many_marked_lines_the_first_few_are_shown() -> None:
    text = "".join(f"line_{number} = {number}\n" for number in range(200))
    shown = excerpt_of(
        View("a.py", text, Policy()), replace(finding(text, "line_20"), span=Span(0, len(text)))
    )
    assert shown.text.count("\n") <= 9
    assert shown.first == 1


def test_a_long_message_is_cut_at_a_line() -> None:
    message = "\n".join(f"cause number {number}" for number in range(500))
    shown = excerpt_of(View("a.py", TEXT, Policy()), finding(TEXT, "grand", message))
    assert len(shown.message) <= 1_200
    assert shown.message.endswith("\n")


def test_the_names_are_those_of_the_marked_line_and_of_the_message() -> None:
    names = names_meant(View("a.py", TEXT, Policy()), finding(TEXT, "grand"))
    assert {"grand", "items", "all", "Undefined"} <= names
    assert "print" not in names


@given(st.text(max_size=300), st.integers(0, 400), st.integers(0, 400), st.text(max_size=50))
def test_any_finding_in_any_text_has_an_excerpt_of_whole_lines(
    text: str, start: int, length: int, message: str
) -> None:
    view = View("a.py", text, Policy())
    found = Diagnostic("x", "", message, Span(start, start + length))
    shown = excerpt_of(view, found)
    assert shown.text in text
    assert 1 <= shown.first <= shown.last
    assert all(name.isidentifier() or name for name in names_meant(view, found))


@pytest.mark.parametrize(
    ("before", "after", "counts", "result"),
    [
        (("check", F.TYPE_ERROR, "one"), None, (1, 0), "cleared"),
        (("check", F.TYPE_ERROR, "one"), ("check", F.TYPE_ERROR, "one"), (1, 1), "same"),
        (("check", F.TYPE_ERROR, "one"), ("check", F.LINT_FAILURE, "two"), (1, 1), "changed"),
        (("check", F.TYPE_ERROR, "one"), ("check", F.LINT_FAILURE, "two"), (1, 3), "worse"),
        (("check", F.TYPE_ERROR, "one"), ("check", F.SYNTAX_ERROR, "two"), (1, 1), "worse"),
        (("check", F.SYNTAX_ERROR, "one"), ("check", F.TYPE_ERROR, "two"), (1, 1), "changed"),
        (("check", F.TYPE_ERROR, "one"), ("parse", F.PARSE_ERROR, "two"), (1, 0), "worse"),
        (("parse", F.PARSE_ERROR, "one"), ("check", F.TYPE_ERROR, "two"), (0, 4), "changed"),
        (("check", F.TYPE_ERROR, "one"), ("request", F.RATE_LIMIT, "two"), (1, 0), "unanswered"),
        (("check", F.TYPE_ERROR, "one"), ("stream", F.TIMEOUT, "two"), (1, 0), "unanswered"),
    ],
)
def test_what_came_of_a_question_is_told_by_the_failures(
    before: tuple[Phase, F, str],
    after: tuple[Phase, F, str] | None,
    counts: tuple[int, int],
    result: str,
) -> None:
    later = failure(*after) if after is not None else None
    assert result_of(failure(*before), later, *counts) == result


def test_evidence_plays_no_part_in_it() -> None:
    one = failure("check", F.TYPE_ERROR)
    assert result_of(one, replace(one, evidence=Evidence("ruff", "other words"))) == "same"
