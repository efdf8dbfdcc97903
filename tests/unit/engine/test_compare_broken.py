"""Findings that come to light when a text parses again: which of them are the repair's fault?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from understudy.config.policy import Policy
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.compare import compare
from understudy.engine.evidence import CheckReport, CheckStatus
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View


def finding(text: str, word: str, code: str, severity: Severity) -> Diagnostic:
    start = text.rindex(word)
    message = f"`{word}`"
    return Diagnostic("ruff", code, message, Span(start, start + len(word)), severity)


def new_codes(before: str, after: str, found: Diagnostic) -> list[str]:
    broken = Diagnostic("ruff", "invalid-syntax", "invalid syntax", Span(0, 1), Severity.ERROR)
    comparison = compare(
        (CheckReport("ruff", CheckStatus.DONE, (broken,)),),
        (CheckReport("ruff", CheckStatus.DONE, (found,)),),
        View("untitled:a", before, Policy()),
        minimise(before, after),
        broken,
    )
    return [one.code for one in comparison.new]


def test_a_warning_beside_the_repair_was_there_before() -> None:
    before, after = "def f(x=[])\n    pass\n", "def f(x=[]):\n    pass\n"
    assert new_codes(before, after, finding(after, "[]", "B006", Severity.WARNING)) == []


def test_an_undefined_name_beside_an_added_colon_was_there_before() -> None:
    before, after = "if ready\n    pass\n", "if ready:\n    pass\n"
    assert new_codes(before, after, finding(after, "ready", "F821", Severity.ERROR)) == []


def test_an_undefined_name_that_the_repair_wrote_is_new() -> None:
    before, after = "retrun 1 +\n", "value 1\n"
    assert new_codes(before, after, finding(after, "value", "F821", Severity.ERROR)) == ["F821"]


def test_an_undefined_name_that_a_misplaced_quote_made_of_a_text_is_new() -> None:
    before, after = 'x = "hello world\n', 'x = "hello" + world\n'
    assert new_codes(before, after, finding(after, "world", "F821", Severity.ERROR)) == ["F821"]


@pytest.mark.parametrize(
    ("before", "after", "blamed"),
    [
        ("print(total\n", "print(total)\n", False),
        ("a = [n for n in rows\n", "a = [n] for n in rows\n", True),
    ],
)
def test_a_bracket_is_blamed_for_a_name_only_where_names_are_bound_inside_brackets(
    before: str, after: str, *, blamed: bool
) -> None:
    word = "total" if "total" in after else "rows"
    found = replace(finding(after, word, "F821", Severity.ERROR))
    assert new_codes(before, after, found) == (["F821"] if blamed else [])


def test_what_is_only_style_came_to_light_and_is_not_the_repairs_fault() -> None:
    before, after = "imoprt os\nimport abc\n", "import os\nimport abc\n"
    assert new_codes(before, after, finding(after, "import os", "I001", Severity.WARNING)) == []


def test_a_likely_mistake_that_the_repair_wrote_is_new() -> None:
    before, after = "value 1\n", "value == 1\n"
    assert new_codes(before, after, finding(after, "value == 1", "B015", Severity.WARNING)) == [
        "B015"
    ]


@pytest.mark.parametrize(
    ("after", "new"),
    [
        ("def f(low, value):\n    return value\n", ["ARG001"]),
        (
            "def f(low, value):\n    if value < 0:\n        return value\n    return value\n",
            ["ARG001"],
        ),
        ("def f(low, value):\n    if value < low:\n        pass\n    return value\n", []),
    ],
    ids=["its use deleted", "its use replaced", "its use kept"],
)
def test_a_name_that_nothing_uses_any_more_is_new_where_the_repair_took_its_use_away(
    after: str, new: list[str]
) -> None:
    before = "def f(low, value):\n    if value < low\n        return low\n    return value\n"
    if not new:
        before = before.replace("        return low\n", "        pass\n")
    found = finding(after, "low" if not new else "low, ", "ARG001", Severity.WARNING)
    unused = replace(found, message="unused variable: `low`")
    assert new_codes(before, after, unused) == new
