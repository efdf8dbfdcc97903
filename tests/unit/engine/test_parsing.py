from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.core.text import Edit, Span
from understudy.engine.compare import compare
from understudy.engine.evidence import CheckReport, CheckStatus
from understudy.engine.parsing import parses, without_guesses
from understudy.engine.problems import problems
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import View

TEXT = "package a\n\nvar x = 1\nvar y = 2\n"
ERROR = Diagnostic(
    "tree-sitter", "syntax-error", "This can't be read: `y`", Span(25, 26), Severity.ERROR
)
LATER = Diagnostic("gofmt", "syntax-error", "expected operand", Span(25, 26), Severity.ERROR)


def grammar(*found: Diagnostic) -> CheckReport:
    return CheckReport("syntax", CheckStatus.DONE, found)


def compiler(*found: Diagnostic, status: CheckStatus = CheckStatus.DONE) -> CheckReport:
    return CheckReport("gofmt", status, found)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], None),
        ([], [CheckReport("ruff", CheckStatus.DONE)], None),
        ([], [grammar()], True),
        ([], [grammar(ERROR)], None),
        ([grammar()], [grammar(ERROR)], False),
        ([grammar(ERROR)], [grammar(ERROR)], None),
        ([grammar(ERROR)], [grammar()], True),
        ([grammar()], [grammar(ERROR), compiler()], True),
        ([grammar()], [grammar(), compiler(LATER)], False),
        ([grammar()], [grammar(ERROR), compiler(status=CheckStatus.TIMEOUT)], False),
        ([compiler()], [grammar(ERROR), compiler(status=CheckStatus.TIMEOUT)], None),
    ],
)
def test_a_grammar_says_broken_only_of_what_it_could_read_before(
    before: list[CheckReport], after: list[CheckReport], expected: bool | None
) -> None:
    assert parses(after, before) is expected


def test_where_a_compiler_looked_nobody_listens_to_the_grammar() -> None:
    silent = without_guesses((grammar(ERROR), compiler()), (compiler(),))
    assert silent == (grammar(), compiler())
    assert problems((grammar(ERROR), compiler())) == ()
    assert problems((grammar(ERROR), compiler(status=CheckStatus.MISSING))) == (ERROR,)


def test_what_only_the_grammar_can_not_read_is_not_new_where_the_compiler_can() -> None:
    view = View("file:///a.go", TEXT, Policy(), language="go")
    edits = (Edit(Span(25, 26), "z"),)
    known = (grammar(), compiler())
    assert compare(known, (grammar(ERROR), compiler()), view, edits, None).new == ()
    alone = compare((grammar(),), (grammar(ERROR),), view, edits, None)
    assert alone.new == (ERROR,)


def test_what_a_grammar_could_not_read_is_not_fixed_by_a_compiler_that_looks_later() -> None:
    view = View("file:///a.go", TEXT, Policy(), language="go")
    edits = (Edit(Span(0, 0), "// a\n"),)
    compared = compare((grammar(ERROR),), (grammar(), compiler()), view, edits, ERROR)
    assert compared.fixed == ()
    assert compared.target_gone is None
